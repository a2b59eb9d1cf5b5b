// The journal as a transparency log: the Merkle tree over the leaves of its entries, kept as tiles.
//
// Follows from the journal alone, so it is never on the way of a commit: a thread of its own hashes leaves
// behind the durable head and writes tiles that are full (docs/proofs.md). A few revisions behind the head,
// a tenth of a second at most while it keeps up; whoever needs a certain size waits for it.
#ifndef ATTAIN_SERVICE_HISTORY_TREE_LOG_H_
#define ATTAIN_SERVICE_HISTORY_TREE_LOG_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "proofs/tiles.h"
#include "service/state/group_listener.h"
#include "storage/mutex.h"
#include "storage/store.h"

namespace attain::engine {

// Thread-safe. Index = revision − 1, size = revisions.
class TreeLog final : public GroupListener, public proofs::TileStore {
 public:
  // `failed` hears once, on the thread of the log, why it can go no further (the journal is damaged, the disk
  // fails); unset: nobody hears. The store is not owned.
  TreeLog(storage::Store* store, std::function<void(const absl::Status&)> failed);
  ~TreeLog();
  TreeLog(const TreeLog&) = delete;
  TreeLog& operator=(const TreeLog&) = delete;

  // Revisions in the tree so far.
  uint64_t size() const { return size_; }
  // OK when the tree has at least so many. DEADLINE_EXCEEDED after `limit`, why it stopped when it did.
  absl::Status Await(uint64_t size, absl::Duration limit) const ATTAIN_EXCLUDES(mutex_);

  // Of any size up to size(). INVALID_ARGUMENT above it, and as in proofs/tiles.h; errors of the store.
  absl::StatusOr<proofs::Hash> Root(uint64_t size) const;
  absl::StatusOr<proofs::Path> Inclusion(uint64_t index, uint64_t size) const;
  absl::StatusOr<proofs::Path> Consistency(uint64_t old_size, uint64_t new_size) const;

  // A tile, full or partial. NOT_FOUND.
  absl::StatusOr<std::string> Read(const proofs::Tile& tile) const override ATTAIN_EXCLUDES(mutex_);

  // Ends the thread. Idempotent.
  void Shutdown() ATTAIN_EXCLUDES(mutex_);

  bool BeginGroup() override { return false; }
  void EndGroup(uint64_t, std::optional<std::vector<MovedTable>>) override {}
  // The first one behind a pause wakes the thread, which then takes several groups at a time.
  void GroupAnswered() override ATTAIN_EXCLUDES(mutex_);

 private:
  void Follow() ATTAIN_EXCLUDES(mutex_);
  // Takes up the tiles that are there.
  absl::Status Resume() ATTAIN_EXCLUDES(mutex_);
  // False when the thread is to end.
  bool WaitForWork() ATTAIN_EXCLUDES(mutex_);
  absl::Status CatchUp() ATTAIN_EXCLUDES(mutex_);
  absl::Status Append(const std::vector<proofs::Hash>& leaves) ATTAIN_EXCLUDES(mutex_);
  void Fail(const absl::Status& status) ATTAIN_EXCLUDES(mutex_);
  absl::Status CheckSize(uint64_t size) const;

  storage::Store* const store_;
  const std::function<void(const absl::Status&)> failed_;
  const proofs::TileTree tree_;
  std::atomic<uint64_t> size_{0};
  std::atomic<bool> told_{true};  // something may have been written since the thread looked

  mutable storage::Mutex mutex_;
  mutable storage::CondVar wake_, grown_;
  proofs::TileWriter writer_ ATTAIN_GUARDED_BY(mutex_);
  mutable uint64_t wanted_ ATTAIN_GUARDED_BY(mutex_) = 0;  // size that somebody waits for
  absl::Status status_ ATTAIN_GUARDED_BY(mutex_);
  bool stopping_ ATTAIN_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_HISTORY_TREE_LOG_H_
