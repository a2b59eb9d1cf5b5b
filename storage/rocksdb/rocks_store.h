// The store on RocksDB: head, health, journal.
#ifndef ATTAIN_STORAGE_ROCKSDB_ROCKS_STORE_H_
#define ATTAIN_STORAGE_ROCKSDB_ROCKS_STORE_H_

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "storage/mutex.h"
#include "storage/rocksdb/database.h"
#include "storage/rocksdb/newest_revisions.h"
#include "storage/store.h"

namespace attain::storage {

class RocksStore : public Store {
 public:
  // Takes what OpenRocksStore made. `failed` may also be set by the database's listener.
  RocksStore(std::unique_ptr<Database> database, FailedFlag failed, std::string store_id, Head head);

  Head head() const override ATTAIN_EXCLUDES(mutex_);
  bool healthy() const override { return !*failed_; }
  std::string store_id() const override { return store_id_; }
  absl::StatusOr<std::unique_ptr<Group>> Begin() override;
  absl::StatusOr<std::unique_ptr<Reader>> ReadAt(Revision revision) const override;
  absl::StatusOr<Revision> RevisionAt(absl::Time time) const override;
  absl::StatusOr<std::optional<std::string>> GetOnce(absl::string_view key) const override;
  absl::Status ReadJournal(Revision from, const JournalVisitor& visitor) const override;
  absl::Status VerifyJournal(const std::function<void(Revision, Revision)>& progress) const override;
  absl::Status Checkpoint(absl::string_view directory) override;
  absl::StatusOr<std::string> ContentDigest() const override;

  // For the group.
  const Database& database() const { return *database_; }
  NewestRevisions& newest_revisions() { return newest_revisions_; }
  void Published(const Head& head) ATTAIN_EXCLUDES(mutex_);
  void Failed() { *failed_ = true; }
  void GroupEnded() { group_alive_ = false; }

 private:
  const std::unique_ptr<Database> database_;
  const FailedFlag failed_;
  const std::string store_id_;
  std::atomic<bool> group_alive_{false};
  mutable NewestRevisions newest_revisions_;
  std::atomic<Revision> newest_;  // head_.revision, for readers that need no more
  mutable Mutex mutex_;
  Head head_ ATTAIN_GUARDED_BY(mutex_);
};

std::unique_ptr<Group> MakeGroup(RocksStore* store);

std::string JournalKey(Revision revision);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_ROCKS_STORE_H_
