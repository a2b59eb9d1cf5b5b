#include "service/api/errors.h"

#include <algorithm>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "google/rpc/error_details.pb.h"
#include "service/api/cause.h"
#include "service/api/same_bytes.h"

namespace attain::engine {
namespace {

constexpr absl::string_view kPayload = "attain/error";
constexpr absl::string_view kRetryUrl = "type.googleapis.com/google.rpc.RetryInfo";
constexpr absl::string_view kFindingsZh = "attain/findings-zh", kFindingsEn = "attain/findings-en";
constexpr int kMaxViolations = 20;
constexpr size_t kMaxText = 600;

// The payload is a google.rpc.Status whose details hold ErrorInfo and, per language, BadRequest and
// LocalizedMessage: [ErrorInfo, LocalizedMessage zh, LocalizedMessage en, BadRequest zh, BadRequest en].
google::rpc::Status Unpack(const absl::Status& status) {
  google::rpc::Status rpc;
  if (absl::optional<absl::Cord> payload = status.GetPayload(kPayload); payload.has_value()) {
    rpc.ParseFromString(std::string(*payload));
  }
  return rpc;
}

// The same detail is the same bytes: metadata is a map, which has no order of its own.
void PackDetail(const google::protobuf::Message& message, google::protobuf::Any* detail) {
  detail->set_type_url(absl::StrCat("type.googleapis.com/", message.GetDescriptor()->full_name()));
  detail->set_value(SameBytes(message));
}

void Pack(const google::rpc::Status& rpc, absl::Status* status) {
  status->SetPayload(kPayload, absl::Cord(rpc.SerializeAsString()));
}

// Cuts on a UTF-8 border and drops what is not printable.
std::string Cut(absl::string_view text, size_t limit = kMaxText) {
  if (text.size() > limit) {
    size_t end = limit;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return absl::StrCat(text.substr(0, end), "…");
  }
  return std::string(text);
}

google::rpc::BadRequest ToBadRequest(const std::vector<Violation>& violations, bool zh) {
  google::rpc::BadRequest bad;
  for (const Violation& violation : violations) {
    if (bad.field_violations_size() == kMaxViolations) break;
    google::rpc::BadRequest::FieldViolation* field = bad.add_field_violations();
    field->set_field(Cut(violation.field, 120));
    field->set_description(Cut(zh ? violation.text.zh : violation.text.en, 200));
  }
  return bad;
}

std::string ReasonName(v1::ErrorReason reason) {
  return std::string(absl::StripPrefix(v1::ErrorReason_Name(reason), "ERROR_REASON_"));
}

}  // namespace

absl::Status Refuse(absl::StatusCode code, v1::ErrorReason reason, const Text& text, const Facts& facts,
                    const std::vector<Violation>& violations) {
  google::rpc::ErrorInfo info;
  info.set_reason(ReasonName(reason));
  info.set_domain("attain");
  for (const auto& [key, value] : facts) (*info.mutable_metadata())[key] = Cut(value, 200);
  if (!violations.empty()) (*info.mutable_metadata())["violations"] = absl::StrCat(violations.size());
  google::rpc::Status rpc;
  PackDetail(info, rpc.add_details());
  for (const bool zh : {true, false}) {
    google::rpc::LocalizedMessage message;
    message.set_locale(zh ? "zh-CN" : "en");
    message.set_message(Cut(zh ? text.zh : text.en));
    rpc.add_details()->PackFrom(message);
  }
  if (!violations.empty()) {
    for (const bool zh : {true, false}) rpc.add_details()->PackFrom(ToBadRequest(violations, zh));
  }
  absl::Status status(code, absl::StrCat(ReasonName(reason), ": ", Cut(text.en)));
  Pack(rpc, &status);
  return status;
}

absl::Status BadField(absl::string_view field, v1::ErrorReason reason, const Text& text, const Facts& facts) {
  Facts all = facts;
  all.emplace_back("field", std::string(field));
  return Refuse(absl::StatusCode::kInvalidArgument, reason, text, all, {{std::string(field), text}});
}

absl::Status BadFields(v1::ErrorReason reason, const std::vector<Violation>& violations) {
  if (violations.size() == 1) return BadField(violations[0].field, reason, violations[0].text);
  const Violation& first = violations.front();
  return Refuse(
      absl::StatusCode::kInvalidArgument, reason,
      {absl::StrCat("有 ", violations.size(), " 处不对；第一处 ", first.field, "：", first.text.zh),
       absl::StrCat(violations.size(), " fields are wrong; the first, ", first.field, ": ", first.text.en)},
      {}, violations);
}

absl::Status NotFound(absl::string_view type, absl::string_view name) {
  return NotFound(
      type, name,
      {absl::StrCat("找不到 ", name, "。请核对名称，可用列表命令查看现有的名称。"),
       absl::StrCat("There is no ", name, ". Check the name; the list commands show what there is.")});
}

absl::Status NotFound(absl::string_view type, absl::string_view name, const Text& text, const Facts& facts,
                      const std::vector<Violation>& violations) {
  Facts all = {{"type", std::string(type)}, {"name", std::string(name)}};
  all.insert(all.end(), facts.begin(), facts.end());
  return Refuse(absl::StatusCode::kNotFound, v1::ERROR_REASON_RESOURCE_NOT_FOUND, text, all, violations);
}

absl::Status AlreadyExists(absl::string_view name) {
  return Refuse(absl::StatusCode::kAlreadyExists, v1::ERROR_REASON_ALREADY_EXISTS,
                {absl::StrCat(name, " 已经存在。请换一个编号，或修改已有的那一个。"),
                 absl::StrCat(name, " exists already. Choose another id, or change the existing one.")},
                {{"name", std::string(name)}});
}

absl::Status StaleEtag(absl::string_view name, absl::string_view expected, absl::string_view actual) {
  if (expected.empty()) {
    return BadField("etag", v1::ERROR_REASON_INVALID_FIELD,
                    {"必须带上 etag：先读取，再把读到的 etag 一起发回。",
                     "The etag is compulsory: read the resource first and send its etag back."});
  }
  return Refuse(absl::StatusCode::kAborted, v1::ERROR_REASON_STALE_ETAG,
                {absl::StrCat(name, " 在您读取之后已被改动（您的 etag 为 ", expected, "，现为 ", actual,
                              "）。请重新读取，核对后再试。"),
                 absl::StrCat(name, " has changed since you read it (your etag ", expected, ", now ", actual,
                              "). Read it again, look at the change and redo yours.")},
                {{"name", std::string(name)}, {"etag", std::string(actual)}});
}

absl::Status ShuttingDown() {
  return Refuse(absl::StatusCode::kUnavailable, v1::ERROR_REASON_SHUTTING_DOWN,
                {"服务器正在停止，请稍后用同一个 request_id 重试。",
                 "The server is stopping; retry in a moment with the same request_id."});
}

absl::Status Overloaded() {
  return Refuse(absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_OVERLOADED,
                {"等待处理的请求太多，请稍后用同一个 request_id 重试。",
                 "Too many requests are waiting; retry in a moment with the same request_id."});
}

absl::Status TooManyWatches(absl::string_view limit) {
  return Refuse(
      absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_TOO_MANY_WATCHES,
      {absl::StrCat("打开的关注太多（上限 ", limit, "）。请关闭不再需要的，或用一个关注跟踪多个名称。"),
       absl::StrCat("Too many watches are open (limit ", limit,
                    "). Close those no longer needed, or follow several names with one.")},
      {{"limit", std::string(limit)}});
}

absl::Status StoreUnavailable() {
  return Refuse(absl::StatusCode::kUnavailable, v1::ERROR_REASON_STORE_UNAVAILABLE,
                {"磁盘写入出错，服务器已停止接受写入；已确认的数据都在。请管理员检查磁盘空间后重启 "
                 "attaind，再用同一个 request_id 重试。",
                 "Writing to disk failed and the server accepts no more writes; everything acknowledged is "
                 "safe. Ask the operator to check "
                 "the disk and restart attaind, then retry with the same request_id."});
}

absl::Status FromStore(const absl::Status& status) {
  if (status.ok() || ReasonOf(status) != v1::ERROR_REASON_UNSPECIFIED) return status;
  switch (status.code()) {
    case absl::StatusCode::kOutOfRange:
      return Refuse(status.code(), v1::ERROR_REASON_REVISION_OUT_OF_RANGE,
                    {"所问的记录号不在日志之内。", "The journal does not have that revision."});
    case absl::StatusCode::kDataLoss:
      return WithCause(Refuse(status.code(), v1::ERROR_REASON_CORRUPTION,
                              {"磁盘上的数据损坏，请管理员核验数据目录。",
                               "Stored data is damaged; ask the operator to verify the data directory."}),
                       status.message());
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kResourceExhausted:
      return WithCause(StoreUnavailable(), status.message());
    default:
      return status;
  }
}

absl::Status Prefixed(const absl::Status& status, absl::string_view prefix) {
  return Repathed(status, "", prefix);
}

absl::Status Repathed(const absl::Status& status, absl::string_view from, absl::string_view to) {
  google::rpc::Status rpc = Unpack(status);
  const auto repath = [&](std::string* field) {
    absl::string_view rest = *field;
    if (absl::ConsumePrefix(&rest, from)) *field = absl::StrCat(to, rest);
  };
  for (google::protobuf::Any& detail : *rpc.mutable_details()) {
    google::rpc::BadRequest bad;
    google::rpc::ErrorInfo info;
    if (detail.UnpackTo(&bad)) {
      for (auto& violation : *bad.mutable_field_violations()) repath(violation.mutable_field());
      detail.PackFrom(bad);
    } else if (detail.UnpackTo(&info) && info.metadata().contains("field")) {
      repath(&(*info.mutable_metadata())["field"]);
      PackDetail(info, &detail);
    }
  }
  absl::Status result(status.code(), status.message());
  Pack(rpc, &result);
  return WithCause(std::move(result), CauseOf(status));
}

absl::Status WithRetryDelay(absl::Status status, absl::Duration delay) {
  google::rpc::RetryInfo info;
  info.mutable_retry_delay()->set_seconds(absl::ToInt64Seconds(delay));
  info.mutable_retry_delay()->set_nanos(
      static_cast<int32_t>(absl::ToInt64Nanoseconds(delay % absl::Seconds(1))));
  status.SetPayload(kRetryUrl, absl::Cord(info.SerializeAsString()));
  return status;
}

absl::Status WithFindingLists(absl::Status status, const v1::FindingList& zh, const v1::FindingList& en) {
  status.SetPayload(kFindingsZh, absl::Cord(zh.SerializeAsString()));
  status.SetPayload(kFindingsEn, absl::Cord(en.SerializeAsString()));
  return status;
}

v1::ErrorReason ReasonOf(const absl::Status& status) {
  const google::rpc::Status rpc = Unpack(status);
  google::rpc::ErrorInfo info;
  v1::ErrorReason reason = v1::ERROR_REASON_UNSPECIFIED;
  if (rpc.details_size() > 0 && rpc.details(0).UnpackTo(&info)) {
    v1::ErrorReason_Parse(absl::StrCat("ERROR_REASON_", info.reason()), &reason);
  }
  return reason;
}

std::string MessageOf(const absl::Status& status, absl::string_view locale) {
  const google::rpc::Status rpc = ToRpcStatus(status, locale);
  google::rpc::LocalizedMessage message;
  for (const google::protobuf::Any& detail : rpc.details()) {
    if (detail.UnpackTo(&message)) return message.message();
  }
  return rpc.message();
}

google::rpc::Status ToRpcStatus(const absl::Status& status, absl::string_view locale) {
  if (!status.ok() && ReasonOf(status) == v1::ERROR_REASON_UNSPECIFIED) {
    return ToRpcStatus(Refuse(absl::StatusCode::kInternal, v1::ERROR_REASON_INTERNAL,
                              {"服务器内部出错，请把发生的时间告诉管理员。",
                               "The server met an internal error; tell the operator when it happened."}),
                       locale);
  }
  const bool zh = locale == "zh-CN";
  const google::rpc::Status packed = Unpack(status);
  google::rpc::Status rpc;
  rpc.set_code(static_cast<int>(status.code()));
  rpc.set_message(std::string(status.message()));
  // Positions as documented at Unpack: the language's message and, when present, its field violations.
  if (packed.details_size() >= 3) {
    *rpc.add_details() = packed.details(0);
    if (packed.details_size() >= 5) *rpc.add_details() = packed.details(zh ? 3 : 4);
    *rpc.add_details() = packed.details(zh ? 1 : 2);
  }
  google::rpc::RetryInfo retry;
  if (const auto payload = status.GetPayload(kRetryUrl);
      payload.has_value() && retry.ParseFromString(std::string(*payload))) {
    rpc.add_details()->PackFrom(retry);
  }
  v1::FindingList findings;
  const auto found = status.GetPayload(zh ? kFindingsZh : kFindingsEn);
  if (found.has_value() && findings.ParseFromString(std::string(*found)))
    rpc.add_details()->PackFrom(findings);
  return rpc;
}

}  // namespace attain::engine
