// Ways around the store for tests: its database opened raw, and a scratch directory.
#ifndef ATTAIN_TESTS_CONTRACT_ROCKSDB_RAW_H_
#define ATTAIN_TESTS_CONTRACT_ROCKSDB_RAW_H_

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/rocksdb/database.h"
#include "storage/rocksdb/families.h"
#include "storage/rocksdb/files/status.h"
#include "storage/rocksdb/open.h"

namespace attain::storage {

// The database of a closed store, for tests that look or write behind the store's back.
inline absl::StatusOr<std::unique_ptr<Database>> OpenRaw(const RocksStoreOptions& options) {
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(DatabaseOptions(options, std::make_shared<Failure>()),
                                                   options.directory, FamilyOptions(options), &handles, &db);
  if (!status.ok()) return FromRocks("open", status);
  return std::make_unique<Database>(std::unique_ptr<rocksdb::DB>(db), std::move(handles));
}

// A fresh directory on the real disk, removed at the end.
class ScratchDirectory {
 public:
  ScratchDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "attain-store-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~ScratchDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace attain::storage

#endif  // ATTAIN_TESTS_CONTRACT_ROCKSDB_RAW_H_
