// Column families and the settings of the database.
#ifndef ATTAIN_STORAGE_ROCKSDB_FAMILIES_H_
#define ATTAIN_STORAGE_ROCKSDB_FAMILIES_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "rocksdb/db.h"
#include "rocksdb/options.h"
#include "storage/rocksdb/failure.h"
#include "storage/rocksdb/files/slices.h"
#include "storage/rocksdb/rocks_options.h"

namespace attain::storage {

// Numbers are positions in the list of handles; the names are on disk. storage/README.md says what each
// holds.
enum Family { kDefault = 0, kJournal, kState, kOnce, kMeta, kTree, kFamilies };
inline constexpr const char* kFamilyNames[kFamilies] = {"default", "journal", "state",
                                                        "once",    "meta",    "tree"};

// Keys of the family "meta".
inline constexpr char kSchemaKey[] = "schema_version", kStoreIdKey[] = "store_id", kHeadKey[] = "head",
                      kEpochKey[] = "epoch", kMarkedKey[] = "head_mark";

// First byte of a stored value.
inline constexpr char kLive = 1, kErased = 0;

rocksdb::DBOptions DatabaseOptions(const RocksStoreOptions& options, std::shared_ptr<Failure> failure);
std::vector<rocksdb::ColumnFamilyDescriptor> FamilyOptions(const RocksStoreOptions& options);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_FAMILIES_H_
