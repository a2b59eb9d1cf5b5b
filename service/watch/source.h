// Where the hub's changes and snapshots come from; the engine is one.
#ifndef ATTAIN_SERVICE_WATCH_SOURCE_H_
#define ATTAIN_SERVICE_WATCH_SOURCE_H_

#include <cstddef>
#include <memory>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/watch/entry.h"
#include "service/watch/selection.h"

namespace attain::watch {

// Entries in order of revisions, built one after another: cheap when each call goes on where the last ended.
// Thread-compatible.
class EntryReader {
 public:
  virtual ~EntryReader() = default;
  // Entries from `from` up to `to` (both inclusive), as many as the portion allows. DATA_LOSS when the
  // journal is damaged.
  virtual absl::Status Read(Revision from, Revision to, const Portion& portion,
                            std::vector<EntryPtr>* entries) = 0;
};

// The rows of a selection at one revision, piece by piece. Thread-compatible.
class SnapshotWalk {
 public:
  virtual ~SnapshotWalk() = default;
  // Adds rows to an empty `piece` until it has about `bytes`; false when that was the last of them.
  virtual absl::StatusOr<bool> Next(size_t bytes, v1::WatchSnapshot* piece) = 0;
};

// Thread-safe. Outlives the hub and what it makes.
class Source {
 public:
  virtual ~Source() = default;
  virtual storage::Head head() const = 0;
  virtual std::unique_ptr<EntryReader> MakeReader() const = 0;
  virtual absl::StatusOr<std::unique_ptr<SnapshotWalk>> OpenSnapshot(SelectionPtr selection,
                                                                     Revision revision) const = 0;
};

}  // namespace attain::watch

#endif  // ATTAIN_SERVICE_WATCH_SOURCE_H_
