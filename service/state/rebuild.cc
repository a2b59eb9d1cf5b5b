#include "service/state/rebuild.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/api/macros.h"
#include "service/state/group_listeners.h"
#include "service/state/replayer.h"

namespace attain::engine {
namespace {

constexpr size_t kGroup = 200;

}  // namespace

absl::Status Rebuild(const storage::Store& source, storage::Store* target,
                     const std::function<void(storage::Revision, storage::Revision)>& progress) {
  return RebuildUpTo(source.head().revision, source, target, progress);
}

absl::Status RebuildUpTo(storage::Revision last, const storage::Store& source, storage::Store* target,
                         const std::function<void(storage::Revision, storage::Revision)>& progress) {
  if (target->head().revision != 0) return absl::FailedPreconditionError("the target store is not empty");
  if (const storage::Revision head = source.head().revision; last > head) {
    return absl::OutOfRangeError(absl::StrCat("revision ", last, " is above the head ", head));
  }
  GroupListeners nobody((std::vector<GroupListener*>()));
  Replayer replayer(target, &nobody);
  std::vector<storage::JournalRecord> group;
  std::string hash = target->head().hash;
  absl::Status status;
  RETURN_IF_ERROR(source.ReadJournal(1, [&](const storage::JournalRecord& record) {
    if (record.revision > last) return false;
    group.push_back(record);
    hash = record.hash;
    if (group.size() == kGroup) {
      status = replayer.Feed(group);
      group.clear();
      if (status.ok() && progress != nullptr) progress(record.revision, last);
    }
    return status.ok() && record.revision < last;
  }));
  RETURN_IF_ERROR(status);
  RETURN_IF_ERROR(replayer.Feed(group));
  if (target->head().revision != last || target->head().hash != hash)
    return absl::DataLossError("the rebuilt journal has another head hash");
  return absl::OkStatus();
}

}  // namespace attain::engine
