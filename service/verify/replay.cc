#include "service/verify/replay.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "service/api/macros.h"
#include "service/state/applier.h"
#include "service/state/entry.h"
#include "service/verify/key_words.h"
#include "storage/entry_codec.h"
#include "storage/key_codec.h"

namespace attain::engine {
namespace {

constexpr size_t kWorkspaceBytes = size_t{64} << 20;
constexpr uint64_t kEntriesPerTrim = 256, kEntriesPerProgress = 4096;
// What doubted keys may take in memory: their newest values, and which versions there should be.
constexpr size_t kMostKeptBytes = size_t{256} << 20, kMostVersions = 2'000'000;

}  // namespace

scoring::Text DifferenceText(absl::string_view key, absl::string_view stored, absl::string_view expected) {
  const std::vector<FieldDifference> differences = CompareValues(key, stored, expected);
  if (differences.empty()) {
    return {"字节与由日志推算的不同", "has other bytes than those that follow from the journal"};
  }
  scoring::Text text{"与由日志推算的不同：", "differs from what follows from the journal: "};
  absl::string_view zh_comma = "", en_comma = "";
  for (const FieldDifference& one : differences) {
    absl::StrAppend(&text.zh, zh_comma, one.field, " 存为 ", one.stored, "，应为 ", one.expected);
    absl::StrAppend(&text.en, en_comma, one.field, " is ", one.stored, " instead of ", one.expected);
    zh_comma = "；";
    en_comma = "; ";
  }
  return text;
}

CheckedReplay::CheckedReplay(const storage::Inspection& store, storage::Revision end, const Doubts& doubts,
                             const std::string& salt, VerifyReport* report)
    : store_(store),
      end_(end),
      doubts_(doubts),
      report_(report),
      reads_(store.NewPastReads()),
      sums_(salt),
      workspace_(kWorkspaceBytes),
      group_(reads_.get(), &doubts_, this) {}

absl::Status CheckedReplay::Run() {
  const absl::Status read = store_.ForEachEntry(
      1, [&](storage::Revision revision, absl::string_view bytes) { return Take(revision, bytes); },
      [](const storage::Flaw&) {});  // the chain tells them
  RETURN_IF_ERROR(status_);
  RETURN_IF_ERROR(read);
  report_->Advance(VerifyPart::kState, end_, end_);
  return absl::OkStatus();
}

bool CheckedReplay::Take(storage::Revision revision, absl::string_view bytes) {
  if (revision > end_) return false;
  storage::EntryView entry;
  storage::JournalRecord record;
  if (storage::DecodeEntry(bytes, &entry)) {
    record.revision = revision;
    record.time = entry.time;
    record.form = entry.form;
    record.payload = std::string(entry.payload);
    stopped_ = Apply(record);
  } else {
    stopped_ = storage::EntryMalformed(revision);
  }
  if (!stopped_.ok()) return false;
  applied_ = revision;
  if (revision % kEntriesPerTrim == 0) workspace_.Trim();
  if (revision % kEntriesPerProgress == 0) report_->Advance(VerifyPart::kState, revision, end_);
  if (report_->cancelled()) status_ = absl::CancelledError("the verification was cancelled");
  if (group_.kept_bytes() > kMostKeptBytes || versions_.size() > kMostVersions) {
    status_ = absl::ResourceExhaustedError("too many values differ to say which");
  }
  return status_.ok();
}

absl::Status CheckedReplay::Apply(const storage::JournalRecord& record) {
  ASSIGN_OR_RETURN(const disk::EntryPayload payload, ReadEntry(record));
  group_.SkipTo(record.revision);
  current_ = group_.StartEntry();
  Applier applier(&group_, &workspace_, current_);
  if (absl::Status applied = applier.Replay(payload, record.form); !applied.ok()) {
    group_.CancelEntry();
    return applied;
  }
  if (absl::Status steps = CheckSteps(record, applier.steps()); !steps.ok()) {
    held_.Add({VerifyPart::kJournal,
               record.revision,
               "entry",
               {"未如实列出所涉及的指标表及其前一次记录",
                "does not name the tables that it touches, and what touched them before"}});
  }
  group_.FinishEntry(record.payload, record.time, record.form);
  return absl::OkStatus();
}

void CheckedReplay::Hold(storage::Revision revision, absl::string_view key, scoring::Text message) {
  held_.Add({VerifyPart::kState, revision, DescribeKey(key), std::move(message)});
}

void CheckedReplay::Wrote(const storage::StoredVersion& version) {
  sums_.versions.AddVersion(version);
  if (!doubts_.Has(version.key)) return;
  versions_.insert(storage::VersionedKey(version.key, version.revision));
  Compare(version);
}

void CheckedReplay::Compare(const storage::StoredVersion& expected) {
  std::string bytes;
  const auto stored = store_.GetVersion(expected.key, expected.revision, &bytes);
  if (!stored.ok()) {
    const std::string why(stored.status().message());
    return Hold(expected.revision, expected.key,
                {absl::StrCat("无法读取：", why), absl::StrCat("cannot be read: ", why)});
  }
  if (!stored->has_value()) {
    return Hold(expected.revision, expected.key,
                {"缺失：日志中有产生它的记录", "is missing: an entry of the journal made it"});
  }
  if ((*stored)->live != expected.live) {
    return expected.live ? Hold(expected.revision, expected.key,
                                {"存为已删除，日志中并未删除", "is stored as erased, which no entry did"})
                         : Hold(expected.revision, expected.key,
                                {"应已删除，却存有值", "is stored with a value, and an entry erased it"});
  }
  if ((*stored)->value == expected.value) return;
  Hold(expected.revision, expected.key, DifferenceText(expected.key, (*stored)->value, expected.value));
}

void CheckedReplay::WroteOnce(absl::string_view key, absl::string_view value) {
  sums_.once.AddOnce(key, value);
  if (!doubts_.Has(key)) return;
  once_.insert(std::string(key));
  const absl::StatusOr<std::optional<std::string>> stored = store_.GetOnce(key);
  if (!stored.ok()) {
    const std::string why(stored.status().message());
    return Hold(current_, key, {absl::StrCat("无法读取：", why), absl::StrCat("cannot be read: ", why)});
  }
  if (!stored->has_value()) {
    return Hold(current_, key, {"缺失：日志中有产生它的记录", "is missing: an entry of the journal made it"});
  }
  if (**stored != value) Hold(current_, key, DifferenceText(key, **stored, value));
}

bool CheckedReplay::Explains(const storage::StoredVersion& version) const {
  return versions_.contains(storage::VersionedKey(version.key, version.revision));
}

}  // namespace attain::engine
