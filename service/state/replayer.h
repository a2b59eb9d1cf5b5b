// From the journal of another store to the same contents here, group by group: the way of a rebuild, and of a
// server that follows another.
#ifndef ATTAIN_SERVICE_STATE_REPLAYER_H_
#define ATTAIN_SERVICE_STATE_REPLAYER_H_

#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "service/state/group_listener.h"
#include "service/state/workspace.h"
#include "storage/store.h"

namespace attain::engine {

// Thread-compatible; the only writer of its store while it feeds.
class Replayer {
 public:
  // Neither is owned. `listener` hears of each group what it would hear from the committer.
  Replayer(storage::Store* target, GroupListener* listener);

  // Entries that follow the target's head, in order and without gaps; they become durable as one group. None
  // is no group. Errors: DATA_LOSS when an entry does not parse, does not follow what is there or gives
  // another hash than it had, and the store's. Of a group that fails nothing is kept, except when only the
  // hash at its end is another: then the store holds what is not in the journal, and must be made again.
  absl::Status Feed(const std::vector<storage::JournalRecord>& group);

 private:
  // The chain from the target's head through all of them.
  absl::Status CheckChain(const std::vector<storage::JournalRecord>& records) const;
  absl::Status Write(const std::vector<storage::JournalRecord>& records,
                     std::optional<std::vector<MovedTable>>* moved);
  absl::Status ReplayOne(const storage::JournalRecord& record, storage::Group* group,
                         std::optional<std::vector<MovedTable>>* moved);

  storage::Store* const target_;
  GroupListener* const listener_;
  Workspace workspace_;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_STATE_REPLAYER_H_
