// Looks into a store without writing a byte.
#ifndef ATTAIN_STORAGE_ROCKSDB_OPEN_READ_ONLY_H_
#define ATTAIN_STORAGE_ROCKSDB_OPEN_READ_ONLY_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "storage/store.h"

namespace attain::storage {

// The store in `directory`, with everything committed, also what is only in its log. Commits of it fail.
// Nobody may write the store meanwhile. NOT_FOUND: there is no store. FAILED_PRECONDITION: it is of another
// version than this program writes. DATA_LOSS: what is there is no store or is damaged.
absl::StatusOr<std::unique_ptr<Store>> OpenRocksStoreReadOnly(const std::string& directory);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_OPEN_READ_ONLY_H_
