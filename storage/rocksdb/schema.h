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
// store id. A new store gets `known_id`, or one of its own when that is empty. FAILED_PRECONDITION: the data
// is newer than options.schema_version, or a step is missing. DATA_LOSS: not our data.
absl::StatusOr<std::string> OpenSchema(rocksdb::DB* db,
                                       const std::vector<rocksdb::ColumnFamilyHandle*>& families,
                                       const RocksStoreOptions& options, const std::string& known_id);

// DATA_LOSS when the record is malformed.
absl::StatusOr<Epochs> ReadEpochs(rocksdb::DB* db, const std::vector<rocksdb::ColumnFamilyHandle*>& families);
// Synced; with it all tiles of the tree go.
absl::Status WriteEpochs(rocksdb::DB* db, const std::vector<rocksdb::ColumnFamilyHandle*>& families,
                         const Epochs& epochs);

// Whether head marks were ever made for this store.
absl::StatusOr<bool> ReadMarked(rocksdb::DB* db, const std::vector<rocksdb::ColumnFamilyHandle*>& families);
// Synced.
absl::Status WriteMarked(rocksdb::DB* db, const std::vector<rocksdb::ColumnFamilyHandle*>& families);

// The store's id. NOT_FOUND when there is none.
absl::StatusOr<std::string> ReadStoreId(rocksdb::DB* db,
                                        const std::vector<rocksdb::ColumnFamilyHandle*>& families);

// The head as the last commit left it. DATA_LOSS when it is gone or malformed.
absl::StatusOr<Head> ReadHead(rocksdb::DB* db, const std::vector<rocksdb::ColumnFamilyHandle*>& families);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_SCHEMA_H_
