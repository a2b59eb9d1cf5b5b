// The directory of a store before its database is opened: whose it is, who may read it.
#ifndef ATTAIN_STORAGE_ROCKSDB_DATA_DIRECTORY_H_
#define ATTAIN_STORAGE_ROCKSDB_DATA_DIRECTORY_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/rocksdb/rocks_options.h"

namespace attain::storage {

// FAILED_PRECONDITION when there is something at the directory's path that is neither a store nor empty;
// PERMISSION_DENIED when it may not be used; OK when it is a store or can become one, also when it is not
// there. RocksDB would happily make a database among somebody's documents.
absl::Status CheckDirectory(const RocksStoreOptions& options);

// A lock on the directory itself, held until this ends. RocksDB's own is on the file LOCK, and gone with it.
class DirectoryLock {
 public:
  ~DirectoryLock();
  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;

  // Makes the directory, for its owner only, when it is not there and `make` is true. FAILED_PRECONDITION
  // when another one holds it, in this process or another. Null, with a warning, when there is no directory
  // or its file system knows no such locks.
  static absl::StatusOr<std::unique_ptr<DirectoryLock>> Take(const std::string& directory, bool make,
                                                             std::vector<std::string>* warnings);

 private:
  explicit DirectoryLock(int fd) : fd_(fd) {}
  const int fd_;
};

// Takes the rights of group and others away from the directory (0700) and the files in it (0600). A file that
// is not ours to change is told in `warnings`, one sentence for all.
void CloseToOthers(const std::string& directory, std::vector<std::string>* warnings);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_DATA_DIRECTORY_H_
