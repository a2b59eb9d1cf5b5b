// The one place where a rocksdb::Status becomes an absl::Status.
#ifndef ATTAIN_STORAGE_ROCKSDB_FILES_STATUS_H_
#define ATTAIN_STORAGE_ROCKSDB_FILES_STATUS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "rocksdb/status.h"

namespace attain::storage {

// `doing` says what was tried: "commit". The result:
//   UNAVAILABLE         the disk failed, or is full (the message then says "no space left")
//   DATA_LOSS           a checksum does not fit or a file is malformed
//   PERMISSION_DENIED   the file system refuses access
//   NOT_FOUND, FAILED_PRECONDITION   what was asked for does not exist or cannot be done now
absl::Status FromRocks(absl::string_view doing, const rocksdb::Status& status);

// FAILED_PRECONDITION: another one has the directory open.
absl::Status InUse(const std::string& directory);

// What DB::Open said about `directory`, in words an operator can act on.
absl::Status FromFailedOpen(const std::string& directory, const rocksdb::Status& status);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_FILES_STATUS_H_
