#include "service/state/rebuild.h"

#include <vector>

#include "service/api/macros.h"
#include "service/state/group_listeners.h"
#include "service/state/replayer.h"

namespace attain::engine {
namespace {

constexpr size_t kGroup = 200;

}  // namespace

absl::Status Rebuild(const storage::Store& source, storage::Store* target,
                     const std::function<void(storage::Revision, storage::Revision)>& progress) {
  if (target->head().revision != 0) return absl::FailedPreconditionError("the target store is not empty");
  const storage::Head head = source.head();
  GroupListeners nobody((std::vector<GroupListener*>()));
  Replayer replayer(target, &nobody);
  std::vector<storage::JournalRecord> group;
  absl::Status status;
  RETURN_IF_ERROR(source.ReadJournal(1, [&](const storage::JournalRecord& record) {
    group.push_back(record);
    if (group.size() == kGroup) {
      status = replayer.Feed(group);
      group.clear();
      if (status.ok() && progress != nullptr) progress(record.revision, head.revision);
    }
    return status.ok() && record.revision < head.revision;
  }));
  RETURN_IF_ERROR(status);
  RETURN_IF_ERROR(replayer.Feed(group));
  if (target->head().hash != head.hash)
    return absl::DataLossError("the rebuilt journal has another head hash");
  return absl::OkStatus();
}

}  // namespace attain::engine
