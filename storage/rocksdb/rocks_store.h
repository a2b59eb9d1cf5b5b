// The store on RocksDB: head, health, journal.
#ifndef ATTAIN_STORAGE_ROCKSDB_ROCKS_STORE_H_
#define ATTAIN_STORAGE_ROCKSDB_ROCKS_STORE_H_

#include <atomic>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "storage/inspection.h"
#include "storage/mutex.h"
#include "storage/rocksdb/data_directory.h"
#include "storage/rocksdb/database.h"
#include "storage/rocksdb/failure.h"
#include "storage/rocksdb/files/mark_keeper.h"
#include "storage/rocksdb/group_writes.h"
#include "storage/rocksdb/newest_revisions.h"
#include "storage/store.h"

namespace attain::storage {

// What OpenRocksStore makes.
struct OpenedStore {
  std::unique_ptr<DirectoryLock> lock;  // null: the directory cannot be locked
  std::unique_ptr<Database> database;
  std::shared_ptr<Failure> failure;  // may also be set by the database's listener
  std::string store_id;
  Epochs epochs;
  Head head;
  std::unique_ptr<MarkKeeper> marks;
};

class RocksStore : public Store {
 public:
  explicit RocksStore(OpenedStore opened);

  Head head() const override ATTAIN_EXCLUDES(mutex_);
  bool healthy() const override { return !failure_->happened(); }
  std::string store_id() const override { return store_id_; }
  const Epochs& epochs() const override { return epochs_; }
  bool AwaitEntriesUpTo(absl::Time time, absl::Duration limit) const override ATTAIN_EXCLUDES(mutex_);
  absl::StatusOr<std::unique_ptr<Group>> Begin() override ATTAIN_EXCLUDES(mutex_);
  absl::StatusOr<std::unique_ptr<Reader>> ReadAt(Revision revision) const override;
  absl::StatusOr<Revision> RevisionAt(absl::Time time) const override;
  absl::StatusOr<std::optional<std::string>> GetOnce(absl::string_view key) const override;
  absl::Status ReadJournal(Revision from, const JournalVisitor& visitor) const override;
  absl::Status VerifyJournal(const std::function<void(Revision, Revision)>& progress) const override;
  absl::Status PutTiles(const std::vector<proofs::TileContent>& tiles) override;
  absl::StatusOr<std::optional<std::string>> GetTile(int level, uint64_t number) const override;
  absl::StatusOr<uint64_t> CountTiles() const override;
  absl::StatusOr<std::unique_ptr<Inspection>> Inspect() const override;
  absl::Status Checkpoint(absl::string_view directory) override;
  absl::StatusOr<std::string> ContentDigest() const override;

  // For the group.
  const Database& database() const { return *database_; }
  NewestRevisions& newest_revisions() { return newest_revisions_; }
  // The open group takes no more writes; `sealed` is what it wrote, null when nothing of it is to be
  // committed.
  void GroupClosed(std::shared_ptr<const GroupWrites> sealed) ATTAIN_EXCLUDES(mutex_);
  // Whether it is the turn of `writes`; null means only that the store is healthy.
  absl::Status MayCommit(const GroupWrites* writes) const ATTAIN_EXCLUDES(mutex_);
  // The group whose turn it was is on disk; `head` is its end.
  void Published(const Head& head) ATTAIN_EXCLUDES(mutex_);
  // No more writes are taken; `words` say why.
  void Failed(absl::string_view words) ATTAIN_EXCLUDES(mutex_);

 private:
  absl::Status Unhealthy() const;

  const std::unique_ptr<DirectoryLock> lock_;  // until everything else has ended
  const std::unique_ptr<Database> database_;
  const std::shared_ptr<Failure> failure_;
  const std::string store_id_;
  const Epochs epochs_;
  const std::unique_ptr<MarkKeeper> marks_;
  mutable NewestRevisions newest_revisions_;
  std::atomic<Revision> newest_;  // head_.revision, for readers that need no more
  mutable Mutex mutex_;
  mutable CondVar group_ended_;
  Head head_ ATTAIN_GUARDED_BY(mutex_);
  bool group_open_ ATTAIN_GUARDED_BY(mutex_) = false;
  // Sealed and not committed, in the order of their commits.
  std::deque<std::shared_ptr<const GroupWrites>> sealed_ ATTAIN_GUARDED_BY(mutex_);
  std::atomic<int> tiles_in_memory_{0};
};

// A group on top of the committed head and, unless null, of what the group before it will have written.
std::unique_ptr<Group> MakeGroup(RocksStore* store, const Head& committed,
                                 std::shared_ptr<const GroupWrites> before);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_ROCKS_STORE_H_
