#include "service/state/replayer.h"

#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/api/macros.h"
#include "service/state/applier.h"
#include "service/state/entry.h"

namespace attain::engine {
namespace {

constexpr size_t kWorkspaceBytes = size_t{64} << 20;

}  // namespace

Replayer::Replayer(storage::Store* target, GroupListener* listener)
    : target_(target), listener_(listener), workspace_(kWorkspaceBytes) {}

absl::Status Replayer::Feed(const std::vector<storage::JournalRecord>& group) {
  if (group.empty()) return absl::OkStatus();
  RETURN_IF_ERROR(CheckChain(group));
  std::optional<std::vector<MovedTable>> moved;
  if (listener_->BeginGroup()) moved.emplace();
  const absl::Status written = Write(group, &moved);
  if (written.ok()) {
    workspace_.Trim();
  } else {
    workspace_.Clear();  // it may hold what is not in the store
  }
  listener_->EndGroup(written.ok() ? group.back().revision : 0, std::move(moved));
  RETURN_IF_ERROR(written);
  listener_->GroupAnswered();
  if (target_->head().hash == group.back().hash) return absl::OkStatus();
  return absl::DataLossError(
      absl::StrCat("the rebuilt journal has another hash at revision ", group.back().revision));
}

absl::Status Replayer::CheckChain(const std::vector<storage::JournalRecord>& records) const {
  const storage::Head head = target_->head();
  storage::Revision next = head.revision + 1;
  const std::string* hash = &head.hash;
  for (const storage::JournalRecord& record : records) {
    if (record.revision != next || record.previous_hash != *hash) {
      return absl::DataLossError(absl::StrCat("journal: revision ", record.revision,
                                              " does not follow what is there up to revision ", next - 1));
    }
    hash = &record.hash;
    ++next;
  }
  return absl::OkStatus();
}

absl::Status Replayer::Write(const std::vector<storage::JournalRecord>& records,
                             std::optional<std::vector<MovedTable>>* moved) {
  ASSIGN_OR_RETURN(const std::unique_ptr<storage::Group> group, target_->Begin());
  for (const storage::JournalRecord& record : records) RETURN_IF_ERROR(ReplayOne(record, group.get(), moved));
  return group->Commit();
}

absl::Status Replayer::ReplayOne(const storage::JournalRecord& record, storage::Group* group,
                                 std::optional<std::vector<MovedTable>>* moved) {
  ASSIGN_OR_RETURN(const disk::EntryPayload payload, ReadEntry(record));
  Applier applier(group, &workspace_, group->StartEntry());
  RETURN_IF_ERROR(applier.Replay(payload, record.form));
  RETURN_IF_ERROR(CheckSteps(record, applier.steps()));
  group->FinishEntry(record.payload, record.time, record.form);
  if (moved->has_value()) applier.AppendMoved(&**moved);
  return absl::OkStatus();
}

}  // namespace attain::engine
