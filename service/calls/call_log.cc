#include "service/calls/call_log.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "service/api/cause.h"
#include "service/api/errors.h"

namespace attain::calls {
namespace {

bool IsFailure(absl::StatusCode code) {
  return code == absl::StatusCode::kInternal || code == absl::StatusCode::kDataLoss ||
         code == absl::StatusCode::kUnavailable;
}

}  // namespace

void CallLog::Answered(absl::string_view method, const absl::Status& status) const {
  if (status.ok() || log_ == nullptr || absl::IsCancelled(status)) return;
  const v1::ErrorReason reason = engine::ReasonOf(status);
  // An error without a reason is none that the server knows: clients are told INTERNAL.
  const bool known = reason != v1::ERROR_REASON_UNSPECIFIED;
  const absl::StatusCode code = known ? status.code() : absl::StatusCode::kInternal;
  const bool stopping = reason == v1::ERROR_REASON_SHUTTING_DOWN;
  const bool failed = !stopping && IsFailure(code);
  const Level level = failed ? Level::kError : stopping ? Level::kInfo : Level::kDebug;
  if (!log_->Writes(level)) return;
  const std::string code_name = absl::StatusCodeToString(code);
  const std::string reason_name(
      absl::StripPrefix(v1::ErrorReason_Name(known ? reason : v1::ERROR_REASON_INTERNAL), "ERROR_REASON_"));
  Entry entry;
  entry.level = level;
  entry.message = failed ? "call failed" : "call refused";
  entry.fields = {{"method", std::string(method)}, {"code", code_name}, {"reason", reason_name}};
  entry.fields.emplace_back("revision", revision_());
  if (failed) {
    std::string cause = engine::CauseOf(status);
    if (cause.empty() && !known) cause = status.ToString(absl::StatusToStringMode::kWithNoExtraData);
    if (!cause.empty()) entry.fields.emplace_back("cause", std::move(cause));
  }
  entry.kind = absl::StrCat(method, " ", code_name, " ", reason_name);
  log_->Write(std::move(entry));
}

void CallLog::CommitFailed(const absl::Status& status) const {
  if (log_ == nullptr) return;
  Entry entry;
  entry.level = Level::kError;
  entry.message =
      "commit failed: the server takes no more writes until it is restarted; what was acknowledged is on "
      "disk";
  entry.fields = {{"code", absl::StatusCodeToString(status.code())}};
  entry.fields.emplace_back("revision", revision_());
  entry.fields.emplace_back("cause", std::string(status.message()));
  log_->Write(std::move(entry));
}

}  // namespace attain::calls
