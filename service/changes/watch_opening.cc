#include "service/changes/watch_opening.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "service/api/errors.h"
#include "service/api/filter.h"
#include "service/api/macros.h"
#include "service/state/grades.h"
#include "service/state/require.h"
#include "service/watch/token.h"
#include "service/watch/wire.h"

namespace attain::engine {
namespace {

constexpr int kMostNames = 100;
constexpr int kLeastIntervalMs = 50, kMostIntervalMs = 3'600'000, kIntervalMs = 1'000;

absl::Status Exists(const watch::NamePattern& pattern, absl::string_view field, const Snapshot& snapshot) {
  if (pattern.resource().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const ResourceName name, ParseName(field, pattern.resource()));
  if (name.kind == ResourceName::kUnit) return RequireUnit(snapshot.reads(), name.unit).status();
  ASSIGN_OR_RETURN(const auto model, snapshot.GetTable(name));
  if (name.kind == ResourceName::kIndicator && !model->row_by_id.contains(name.indicator)) {
    return NotFound("indicator", name.Indicator());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<watch::NamePattern>> Patterns(const v1::WatchRequest& request,
                                                         const Snapshot& snapshot) {
  if (request.names().empty()) {
    return BadField("names", v1::ERROR_REASON_INVALID_FIELD,
                    {"请写明要关注什么，例如 units/x/** 或 units/x/tables/p1。",
                     "Say what to follow, e.g. units/x/** or units/x/tables/p1."});
  }
  if (request.names_size() > kMostNames) {
    return BadField("names", v1::ERROR_REASON_REQUEST_TOO_LARGE,
                    {"一次最多关注 100 个名称；可用 units/x/** 包括其下的一切。",
                     "At most 100 names at once; units/x/** takes everything below a unit."});
  }
  std::vector<watch::NamePattern> patterns;
  for (int i = 0; i < request.names_size(); ++i) {
    const std::string field = absl::StrCat("names[", i, "]");
    absl::StatusOr<watch::NamePattern> pattern = watch::NamePattern::Parse(request.names(i));
    if (!pattern.ok()) {
      return BadField(
          field, v1::ERROR_REASON_INVALID_NAME,
          {"应为单位、表或指标的名称，编号可写 “-” 表示任意，末尾可加 “/**” 包括其下的一切，例如 "
           "units/x/tables/p1、units/x/tables/-、units/x/**。",
           "Write the name of a unit, table or indicator, with \"-\" for any id and \"/**\" at the end "
           "for everything below, e.g. units/x/tables/p1, units/x/tables/-, units/x/**."});
    }
    RETURN_IF_ERROR(Exists(*pattern, field, snapshot));
    patterns.push_back(*std::move(pattern));
  }
  return patterns;
}

const google::protobuf::Descriptor* RowOf(v1::WatchKind kind) {
  switch (kind) {
    case v1::WATCH_KIND_ACTUALS:
      return v1::Actual::descriptor();
    case v1::WATCH_KIND_SCORES:
      return v1::Score::descriptor();
    case v1::WATCH_KIND_TABLES:
      return v1::Table::descriptor();
    default:
      return nullptr;
  }
}

absl::StatusOr<watch::Kinds> KindsOf(const v1::WatchRequest& request, const GradeOrder& grades) {
  std::set<v1::WatchKind> wanted;
  for (const int kind : request.kinds()) wanted.insert(static_cast<v1::WatchKind>(kind));
  if (wanted.empty()) wanted = {v1::WATCH_KIND_SCORES};
  watch::Kinds kinds;
  for (const v1::WatchKind kind : wanted) {
    const google::protobuf::Descriptor* const row = RowOf(kind);
    if (row == nullptr) {
      return BadField("kinds", v1::ERROR_REASON_INVALID_FIELD,
                      {"应为 ACTUALS、SCORES 或 TABLES。", "Write ACTUALS, SCORES or TABLES."});
    }
    ASSIGN_OR_RETURN(Filter filter, Filter::Parse(request.filter(), *row, grades));
    kinds[kind] =
        absl::StripAsciiWhitespace(request.filter()).empty()
            ? watch::RowFilter()
            : [filter](const google::protobuf::Message& message) { return filter.Matches(message); };
  }
  return kinds;
}

absl::StatusOr<watch::SelectionPtr> Select(const v1::WatchRequest& request, const QueryContext& context,
                                           watch::Hub* hub) {
  ASSIGN_OR_RETURN(const auto snapshot, OpenSnapshot(context, v1::ReadOptions()));
  ASSIGN_OR_RETURN(std::vector<watch::NamePattern> patterns, Patterns(request, *snapshot));
  ASSIGN_OR_RETURN(const GradeOrder grades, GradesFor(request.filter(), "", snapshot->reads()));
  ASSIGN_OR_RETURN(watch::Kinds kinds, KindsOf(request, grades));
  const std::set<std::string> names(request.names().begin(), request.names().end());
  std::string text = absl::StrCat(absl::StrJoin(names, "\n"), "\n\n", request.filter(), "\n");
  for (const auto& [kind, filter] : kinds) absl::StrAppend(&text, kind, " ");
  return hub->Intern(std::make_shared<const watch::Selection>(std::move(text), context.store.store_id(),
                                                              context.store.epoch(), std::move(patterns),
                                                              std::move(kinds)));
}

absl::StatusOr<absl::Duration> IntervalOf(const v1::WatchRequest& request) {
  switch (request.mode()) {
    case v1::WATCH_MODE_UNSPECIFIED:
    case v1::WATCH_MODE_EVERY_CHANGE:
      if (request.interval_ms() == 0) return absl::ZeroDuration();
      return BadField("interval_ms", v1::ERROR_REASON_INVALID_FIELD,
                      {"间隔只用于 LATEST_STATE。", "An interval goes with LATEST_STATE only."});
    case v1::WATCH_MODE_LATEST_STATE:
      break;
    default:
      return BadField("mode", v1::ERROR_REASON_INVALID_FIELD,
                      {"应为 EVERY_CHANGE 或 LATEST_STATE。", "Write EVERY_CHANGE or LATEST_STATE."});
  }
  const int ms = request.interval_ms() == 0 ? kIntervalMs : request.interval_ms();
  if (ms < kLeastIntervalMs || ms > kMostIntervalMs) {
    return BadField("interval_ms", v1::ERROR_REASON_INVALID_FIELD,
                    {"间隔须在 50 至 3600000 毫秒之间。", "The interval runs from 50 to 3,600,000 ms."});
  }
  return absl::Milliseconds(ms);
}

absl::StatusOr<watch::Token> ReadToken(const v1::WatchRequest& request, const QueryContext& context,
                                       const watch::Selection& selection) {
  const auto bad = [](const Text& text) {
    return BadField("resume_token", v1::ERROR_REASON_INVALID_RESUME_TOKEN, text);
  };
  absl::StatusOr<watch::Token> token = watch::DecodeToken(request.resume_token());
  if (!token.ok()) {
    return bad({"续传标记已损坏。请不带标记、以 snapshot 重新开始。",
                "The resume token is damaged. Start again without it, with a snapshot."});
  }
  if (token->store_id != context.store.store_id()) {
    return bad({"续传标记属于另一个数据目录。请核对服务器地址，或不带标记、以 snapshot 重新开始。",
                "The resume token is of another store. Check the server's address, or start again without "
                "it, with a "
                "snapshot."});
  }
  if (token->watch != selection.fingerprint()) {
    return bad({"续传标记属于名称、过滤条件或种类不同的关注。请用原来的条件，或不带标记重新开始。",
                "The resume token is of a watch with other names, filter or kinds. Use the same, or start "
                "again without it."});
  }
  return token;
}

// The hash of a revision as tokens have it; empty for revision 0 and for one that is not there.
absl::StatusOr<std::string> HashAt(uint64_t revision, const storage::Store& store) {
  std::string hash;
  if (revision == 0) return hash;
  RETURN_IF_ERROR(store.ReadJournal(revision, [&](const storage::JournalRecord& record) {
    hash = record.hash.substr(0, watch::kTokenHashBytes);
    return false;
  }));
  return hash;
}

absl::Status StandAfter(int64_t revision, const storage::Store& store, watch::Opening* opening) {
  const uint64_t head = opening->revision;
  if (revision < 0 || static_cast<uint64_t>(revision) > head) {
    return Refuse(absl::StatusCode::kOutOfRange, v1::ERROR_REASON_REVISION_OUT_OF_RANGE,
                  {absl::StrCat("记录号须在 0 至 ", head, " 之间，所问为 ", revision, "。"),
                   absl::StrCat("Revisions run from 0 to ", head, "; you asked for ", revision, ".")},
                  {{"head", absl::StrCat(head)}});
  }
  if (static_cast<uint64_t>(revision) == head) return absl::OkStatus();
  opening->revision = static_cast<uint64_t>(revision);
  ASSIGN_OR_RETURN(opening->hash, HashAt(opening->revision, store));
  return absl::OkStatus();
}

// Why a stream cannot go on at its token; UNSPECIFIED when it can.
absl::StatusOr<v1::ResetReason> CannotGoOn(const watch::Token& token, const storage::Store& store) {
  if (token.in_snapshot) return v1::RESET_REASON_SNAPSHOT_INCOMPLETE;
  if (token.revision > store.head().revision) return v1::RESET_REASON_HISTORY_CHANGED;
  ASSIGN_OR_RETURN(const std::string hash, HashAt(token.revision, store));
  return hash == token.hash ? v1::RESET_REASON_UNSPECIFIED : v1::RESET_REASON_HISTORY_CHANGED;
}

}  // namespace

absl::StatusOr<watch::Opening> OpenWatch(const v1::WatchRequest& request, const QueryContext& context,
                                         const watch::Source& source, watch::Hub* hub) {
  watch::Opening opening;
  ASSIGN_OR_RETURN(opening.interval, IntervalOf(request));
  ASSIGN_OR_RETURN(opening.selection, Select(request, context, hub));
  const storage::Head head = source.head();
  opening.revision = head.revision;
  opening.hash = head.hash;
  bool snapshot = request.snapshot();
  v1::ResetReason reset = v1::RESET_REASON_UNSPECIFIED;
  if (request.has_after_revision())
    RETURN_IF_ERROR(StandAfter(request.after_revision(), context.store, &opening));
  if (!request.resume_token().empty()) {
    ASSIGN_OR_RETURN(const watch::Token token, ReadToken(request, context, *opening.selection));
    ASSIGN_OR_RETURN(reset, CannotGoOn(token, context.store));
    if (reset == v1::RESET_REASON_UNSPECIFIED) {
      opening.revision = token.revision;
      opening.hash = token.hash;
    } else {
      snapshot = true;
    }
  }
  v1::WatchResponse response;
  response.set_resume_token(opening.selection->TokenAt(opening.revision, opening.hash, snapshot));
  response.mutable_created()->set_revision(static_cast<int64_t>(opening.revision));
  opening.first.push_back(watch::Respond(response));
  if (reset != v1::RESET_REASON_UNSPECIFIED) {
    response.mutable_reset()->set_reason(reset);
    response.mutable_reset()->set_oldest_revision(1);
    opening.first.push_back(watch::Respond(response));
  }
  if (snapshot) {
    ASSIGN_OR_RETURN(opening.snapshot, source.OpenSnapshot(opening.selection, opening.revision));
  }
  return opening;
}

}  // namespace attain::engine
