#include "storage/rocksdb/newest_revisions.h"

#include "absl/hash/hash.h"

namespace attain::storage {
namespace {

uint64_t HashOf(absl::string_view key) {
  return absl::Hash<absl::string_view>()(key);
}

}  // namespace

Revision NewestRevisions::Find(absl::string_view key) const {
  const uint64_t hash = HashOf(key);
  const Shard& shard = ShardOf(hash);
  MutexLock lock(&shard.mutex);
  const Slot& slot = shard.slots[SlotOf(hash)];
  return slot.hash == hash ? slot.revision : 0;
}

void NewestRevisions::Learn(absl::string_view key, Revision revision, Revision seen_at) {
  const uint64_t hash = HashOf(key);
  Shard& shard = ShardOf(hash);
  MutexLock lock(&shard.mutex);
  // Under the lock: if the group that is on its way has told of this key already, its announcement is seen
  // here.
  if (announced_ == seen_at) shard.slots[SlotOf(hash)] = {hash, revision};
}

void NewestRevisions::Wrote(absl::string_view key, Revision revision) {
  const uint64_t hash = HashOf(key);
  Shard& shard = ShardOf(hash);
  MutexLock lock(&shard.mutex);
  shard.slots[SlotOf(hash)] = {hash, revision};
}

}  // namespace attain::storage
