// The schema version, the store's identity and its head: what is read before anything else.
#ifndef ATTAIN_STORAGE_ROCKSDB_SCHEMA_H_
#define ATTAIN_STORAGE_ROCKSDB_SCHEMA_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "rocksdb/db.h"
#include "storage/rocksdb/rocks_options.h"
#include "storage/store.h"

namespace attain::storage {

// Makes the records of a new store, or checks those of an old one and upgrades it step by step; gives the
// store id. FAILED_PRECONDITION: the data is newer than options.schema_version, or a step is missing.
// DATA_LOSS: not our data.
absl::StatusOr<std::string> OpenSchema(rocksdb::DB* db,
                                       const std::vector<rocksdb::ColumnFamilyHandle*>& families,
                                       const RocksStoreOptions& options);

// The head as the last commit left it. DATA_LOSS when it is gone or malformed.
absl::StatusOr<Head> ReadHead(rocksdb::DB* db, const std::vector<rocksdb::ColumnFamilyHandle*>& families);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_SCHEMA_H_
