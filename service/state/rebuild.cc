#include "service/state/rebuild.h"

#include "absl/strings/str_cat.h"
#include "service/api/macros.h"
#include "service/state/applier.h"

namespace attain::engine {
namespace {

constexpr size_t kWorkspaceBytes = size_t{64} << 20;
constexpr size_t kGroup = 200;

absl::Status ReplayOne(const storage::JournalRecord& record, storage::Group* group, Workspace* workspace) {
  disk::EntryPayload payload;
  if (!payload.ParseFromString(record.payload)) {
    return absl::DataLossError(absl::StrCat("journal: revision ", record.revision, " does not parse"));
  }
  const storage::Revision revision = group->StartEntry();
  RETURN_IF_ERROR(Applier(group, workspace, revision).Replay(payload));
  group->FinishEntry(record.payload, record.time);
  return absl::OkStatus();
}

}  // namespace

absl::Status Rebuild(const storage::Store& source, storage::Store* target,
                     const std::function<void(storage::Revision, storage::Revision)>& progress) {
  if (target->head().revision != 0) return absl::FailedPreconditionError("the target store is not empty");
  const storage::Head head = source.head();
  Workspace workspace(kWorkspaceBytes);
  std::unique_ptr<storage::Group> group;
  absl::Status status;
  RETURN_IF_ERROR(source.ReadJournal(1, [&](const storage::JournalRecord& record) {
    if (group == nullptr) {
      absl::StatusOr<std::unique_ptr<storage::Group>> begun = target->Begin();
      status = begun.status();
      if (!status.ok()) return false;
      group = *std::move(begun);
    }
    status = ReplayOne(record, group.get(), &workspace);
    if (status.ok() && group->size() == kGroup) {
      status = group->Commit();
      group.reset();
      workspace.Trim();
      if (progress != nullptr) progress(record.revision, head.revision);
    }
    return status.ok() && record.revision < head.revision;
  }));
  if (status.ok() && group != nullptr) status = group->Commit();
  group.reset();
  RETURN_IF_ERROR(status);
  if (target->head().hash != head.hash)
    return absl::DataLossError("the rebuilt journal has another head hash");
  return absl::OkStatus();
}

}  // namespace attain::engine
