// Opens the store that keeps its data in RocksDB. The only door of this folder.
#ifndef ATTAIN_STORAGE_ROCKSDB_OPEN_H_
#define ATTAIN_STORAGE_ROCKSDB_OPEN_H_

#include <memory>

#include "absl/status/statusor.h"
#include "storage/rocksdb/rocks_options.h"
#include "storage/store.h"

namespace attain::storage {

// INVALID_ARGUMENT: no directory is given.
// FAILED_PRECONDITION: the directory is in use by another process, was written by a newer version, is no
// directory, or holds other files. NOT_FOUND: there is no store and create_if_missing is false. DATA_LOSS:
// what is there is no store or is damaged. UNAVAILABLE: the disk is full or fails. PERMISSION_DENIED: the
// file system refuses access.
absl::StatusOr<std::unique_ptr<Store>> OpenRocksStore(const RocksStoreOptions& options);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_OPEN_H_
