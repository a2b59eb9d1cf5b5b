// How a store on RocksDB is opened, and how one of an older version is brought up.
#ifndef ATTAIN_STORAGE_ROCKSDB_ROCKS_OPTIONS_H_
#define ATTAIN_STORAGE_ROCKSDB_ROCKS_OPTIONS_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "storage/store.h"

namespace rocksdb {
class ColumnFamilyHandle;
class DB;
class Env;
}  // namespace rocksdb

namespace attain::storage {

// The schema version this program writes.
inline constexpr uint64_t kSchemaVersion = 3;

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
  // Of a store that is made: 32 hex digits, for one that is written again from the journal of the one with
  // this id. Default: a new one.
  std::string store_id;
  // The store goes on in this epoch when its own is an earlier one: a restored store may give out revisions
  // anew that were lost. Default: it stays in its own.
  uint32_t least_epoch = kFirstEpoch;
  // The copy of the head mark beside the directory (mark_keeper.h), which tells when an older copy of the
  // directory was put in its place. Choose a place that is not restored together with the directory. Default:
  // the directory's path and ".head-mark".
  std::string head_mark;
  // True: opens although acknowledged revisions are missing, begins a new epoch behind the last one that is
  // there, and says in OpenReport what was lost. Without a loss it changes nothing. Default: false.
  bool accept_loss = false;
  // Takes one sentence when something that protects the data stops working while the store is open: the head
  // mark cannot be written. Called by a thread of the store; null: nobody is told.
  std::function<void(const std::string&)> warn;
  // Cache of uncompressed blocks, filled by use. Raise it when reads of old data miss it. Default: 32 MiB.
  size_t block_cache_bytes = size_t{32} << 20;
  // One write buffer, filled by use. Buffers together and the log to replay at start are bounded by twice as
  // much. Default: 32 MiB.
  size_t write_buffer_bytes = size_t{32} << 20;
  // Where files live; not owned, must outlive the store; null = the real file system. For tests that make
  // disks fail: such a directory is not locked, and its files' rights stay as they are.
  rocksdb::Env* env = nullptr;
  // For tests of the upgrade path.
  uint64_t schema_version = kSchemaVersion;
  std::vector<UpgradeStep> upgrades = UpgradeSteps();
};

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_ROCKS_OPTIONS_H_
