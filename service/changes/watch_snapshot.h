// The rows of a watch's snapshot, piece by piece: units in order, of each its scores, then its tables with
// their rows and reports.
#ifndef ATTAIN_SERVICE_CHANGES_WATCH_SNAPSHOT_H_
#define ATTAIN_SERVICE_CHANGES_WATCH_SNAPSHOT_H_

#include <memory>
#include <string>

#include "service/state/snapshot.h"
#include "service/watch/source.h"

namespace attain::engine {

// Thread-compatible. Between two pieces it holds nothing but its place.
class WatchSnapshot : public watch::SnapshotWalk {
 public:
  // `store` and `cache` are not owned.
  WatchSnapshot(const storage::Store* store, ModelCache* cache, watch::SelectionPtr selection,
                watch::Revision revision)
      : store_(store), cache_(cache), selection_(std::move(selection)), revision_(revision) {}

  absl::StatusOr<bool> Next(size_t bytes, v1::WatchSnapshot* piece) override;

 private:
  // Adds rows of one kind and moves the place on; each gives false when there is nothing more of its kind.
  absl::StatusOr<bool> NextUnit(const Snapshot& snapshot);
  absl::StatusOr<bool> NextTable(const Snapshot& snapshot);
  absl::Status AddUnit(const Snapshot& snapshot);
  absl::Status AddTable(const Snapshot& snapshot);
  absl::StatusOr<bool> AddActuals(const Snapshot& snapshot, size_t bytes);

  template <typename Row, typename Rows>
  void Offer(v1::WatchKind kind, Row row, Rows* rows);

  const storage::Store* const store_;
  ModelCache* const cache_;
  const watch::SelectionPtr selection_;
  const watch::Revision revision_;
  v1::WatchSnapshot* piece_ = nullptr;
  size_t size_ = 0;  // of the piece
  // The place.
  std::string unit_, table_;  // ids; empty: before the first
  bool in_actuals_ = false;
  std::string actual_key_;  // read last
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_CHANGES_WATCH_SNAPSHOT_H_
