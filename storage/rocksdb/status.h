// The one place where a rocksdb::Status becomes an absl::Status.
#ifndef ATTAIN_STORAGE_ROCKSDB_STATUS_H_
#define ATTAIN_STORAGE_ROCKSDB_STATUS_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "rocksdb/status.h"

namespace attain::storage {

// `doing` says what was tried: "commit".
absl::Status FromRocks(absl::string_view doing, const rocksdb::Status& status);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_STATUS_H_
