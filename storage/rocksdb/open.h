// Opens the store that keeps its data in RocksDB. The only door of this folder.
#ifndef ATTAIN_STORAGE_ROCKSDB_OPEN_H_
#define ATTAIN_STORAGE_ROCKSDB_OPEN_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/store.h"

namespace rocksdb {
class ColumnFamilyHandle;
class DB;
class Env;
}  // namespace rocksdb

namespace attain::storage {

// The schema version this program writes.
inline constexpr uint64_t kSchemaVersion = 2;

// One step of an upgrade: brings a store of version `from` to `from` + 1. The new version is recorded after
// it, so it must be safe to run again over its own half-done work.
struct UpgradeStep {
  uint64_t from = 0;
  // Families are numbered as in storage/rocksdb/families.h.
  std::function<absl::Status(rocksdb::DB* db, const std::vector<rocksdb::ColumnFamilyHandle*>& families)> run;
};

// The steps this program knows, in order.
std::vector<UpgradeStep> UpgradeSteps();

struct RocksStoreOptions {
  // Made when it does not exist; its parent must. Refused when it holds files that are not a store's.
  std::string directory;
  // False: the directory must hold a store. Default: true.
  bool create_if_missing = true;
  // Cache of uncompressed blocks, filled by use. Raise it when reads of old data miss it. Default: 32 MiB.
  size_t block_cache_bytes = size_t{32} << 20;
  // One write buffer, filled by use. Buffers together and the log to replay at start are bounded by twice as
  // much. Default: 32 MiB.
  size_t write_buffer_bytes = size_t{32} << 20;
  // Where files live; not owned, must outlive the store; null = the real file system. For tests that make
  // disks fail.
  rocksdb::Env* env = nullptr;
  // For tests of the upgrade path.
  uint64_t schema_version = kSchemaVersion;
  std::vector<UpgradeStep> upgrades = UpgradeSteps();
};

// INVALID_ARGUMENT: no directory is given.
// FAILED_PRECONDITION: the directory is in use by another process, was written by a newer version, is no
// directory, or holds other files. NOT_FOUND: there is no store and create_if_missing is false. DATA_LOSS:
// what is there is no store or is damaged. UNAVAILABLE: the disk is full or fails. PERMISSION_DENIED: the
// file system refuses access.
absl::StatusOr<std::unique_ptr<Store>> OpenRocksStore(const RocksStoreOptions& options);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_OPEN_H_
