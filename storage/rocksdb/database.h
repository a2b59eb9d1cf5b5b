// An open RocksDB database with its column families.
#ifndef ATTAIN_STORAGE_ROCKSDB_DATABASE_H_
#define ATTAIN_STORAGE_ROCKSDB_DATABASE_H_

#include <memory>
#include <utility>
#include <vector>

#include "rocksdb/db.h"
#include "storage/rocksdb/families.h"

namespace attain::storage {

// Owns the database; closes it when destroyed. Thread-safe.
class Database {
 public:
  // A family that an older store does not have, and that is opened for reading alone, is null.
  Database(std::unique_ptr<rocksdb::DB> db, std::vector<rocksdb::ColumnFamilyHandle*> families)
      : db_(std::move(db)), families_(std::move(families)) {}
  ~Database() {
    for (rocksdb::ColumnFamilyHandle* handle : families_) {
      if (handle == nullptr) continue;
      db_->DestroyColumnFamilyHandle(handle).PermitUncheckedError();  // nothing can be done about it here
    }
    db_->Close().PermitUncheckedError();  // every commit was synced: closing writes nothing that matters
  }

  rocksdb::DB* db() const { return db_.get(); }
  const std::vector<rocksdb::ColumnFamilyHandle*>& families() const { return families_; }
  rocksdb::ColumnFamilyHandle* family(Family family) const { return families_[family]; }

 private:
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
};

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_DATABASE_H_
