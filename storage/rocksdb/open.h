// Opens the store that keeps its data in RocksDB. The only door of this folder.
#ifndef ATTAIN_STORAGE_ROCKSDB_OPEN_H_
#define ATTAIN_STORAGE_ROCKSDB_OPEN_H_

#include <memory>

#include "absl/status/statusor.h"
#include "storage/inspection.h"
#include "storage/rocksdb/open_report.h"
#include "storage/rocksdb/rocks_options.h"
#include "storage/store.h"

namespace attain::storage {

// INVALID_ARGUMENT: no directory is given.
// FAILED_PRECONDITION: the directory is in use by another process, was written by a newer version, is no
// directory, or holds other files, or the head mark beside it is of another store. NOT_FOUND: there is no
// store and create_if_missing is false. DATA_LOSS: what is there is no store or is damaged, or revisions that
// were acknowledged are missing (the message names them and the ways out); nothing is changed then.
// UNAVAILABLE: the disk is full or fails. PERMISSION_DENIED: the file system refuses access. `report` may be
// null; it is filled as far as the opening came.
absl::StatusOr<std::unique_ptr<Store>> OpenRocksStore(const RocksStoreOptions& options,
                                                      OpenReport* report = nullptr);

// The store in `options.directory` for reading alone: the directory is not changed, also not to upgrade the
// store or to carry over its log, and no attaind can open it meanwhile. Errors as above; create_if_missing
// and accept_loss are ignored.
absl::StatusOr<std::unique_ptr<Inspection>> OpenInspection(const RocksStoreOptions& options);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_OPEN_H_
