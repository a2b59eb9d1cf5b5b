// The store on RocksDB: families of columns, head, health.
#ifndef ATTAIN_STORAGE_ROCKSDB_ROCKS_STORE_H_
#define ATTAIN_STORAGE_ROCKSDB_ROCKS_STORE_H_

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "rocksdb/db.h"
#include "storage/mutex.h"
#include "storage/rocksdb/open.h"
#include "storage/store.h"

namespace attain::storage {

// Numbers are positions in the list of column families; names are on disk.
enum Family { kDefault = 0, kJournal, kState, kOnce, kMeta, kFamilies };
inline constexpr const char* kFamilyNames[kFamilies] = {"default", "journal", "state", "once", "meta"};

// First byte of a stored value.
inline constexpr char kLive = 1, kErased = 0;

class RocksStore : public Store {
 public:
  // Takes what OpenRocksStore made. `background_error` is set by the database's listener.
  RocksStore(std::unique_ptr<rocksdb::DB> db, std::vector<rocksdb::ColumnFamilyHandle*> families,
             std::shared_ptr<std::atomic<bool>> background_error, std::string store_id, Head head);
  ~RocksStore() override;

  Head head() const override ATTAIN_EXCLUDES(mutex_);
  bool healthy() const override;
  std::string store_id() const override { return store_id_; }
  absl::StatusOr<std::unique_ptr<Group>> Begin() override;
  absl::StatusOr<std::unique_ptr<Reader>> ReadAt(Revision revision) const override;
  absl::StatusOr<Revision> RevisionAt(absl::Time time) const override;
  absl::StatusOr<std::optional<std::string>> GetOnce(absl::string_view key) const override;
  absl::Status ReadJournal(Revision from, const JournalVisitor& visitor) const override;
  absl::Status VerifyJournal(const std::function<void(Revision, Revision)>& progress) const override;
  absl::Status Checkpoint(absl::string_view directory) override;
  absl::StatusOr<std::string> ContentDigest() const override;

  rocksdb::DB* db() const { return db_.get(); }
  rocksdb::ColumnFamilyHandle* family(Family family) const { return families_[family]; }

  // For the group: a commit ended.
  void Published(const Head& head) ATTAIN_EXCLUDES(mutex_);
  void Failed() { failed_ = true; }
  void GroupEnded() { group_alive_ = false; }

 private:
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
  std::shared_ptr<std::atomic<bool>> background_error_;
  const std::string store_id_;
  std::atomic<bool> failed_{false};
  std::atomic<bool> group_alive_{false};
  mutable Mutex mutex_;
  Head head_ ATTAIN_GUARDED_BY(mutex_);
};

// Reads of versioned keys, shared by readers and the group.
absl::StatusOr<std::optional<Versioned>> GetVersion(const RocksStore& store, absl::string_view key, Revision at);
// Newest live value ≤ `at` of every key in [begin, end); an empty `end` means no upper bound.
absl::Status ScanVersions(const RocksStore& store, absl::string_view begin, absl::string_view end, Revision at,
                          const ScanVisitor& visitor);
absl::Status ScanHistory(const RocksStore& store, absl::string_view key, Revision at, const ScanVisitor& visitor);

std::unique_ptr<Group> MakeGroup(RocksStore* store);
std::unique_ptr<Reader> MakeReader(const RocksStore* store, Revision revision);

std::string JournalKey(Revision revision);

inline rocksdb::Slice ToSlice(absl::string_view text) { return {text.data(), text.size()}; }
inline absl::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_ROCKS_STORE_H_
