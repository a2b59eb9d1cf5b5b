// Stores on RocksDB for tests: on disk in a scratch directory, or in memory.
#ifndef ATTAIN_TESTS_CONTRACT_ROCKSDB_HARNESS_H_
#define ATTAIN_TESTS_CONTRACT_ROCKSDB_HARNESS_H_

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "rocksdb/env.h"
#include "tests/contract/rocksdb_raw.h"
#include "tests/contract/store_contract_groups.h"
#include "tests/contract/store_contract_history.h"
#include "tests/contract/store_contract_sealed.h"

namespace attain::storage {

// `env` null: on disk.
class RocksHarness : public StoreHarness {
 public:
  explicit RocksHarness(std::unique_ptr<rocksdb::Env> env) : env_(std::move(env)) {}

  std::string NewDirectory() override {
    const std::string name = absl::StrCat("store-", ++directories_);
    return env_ == nullptr ? (scratch_.path() / name).string() : absl::StrCat("/", name);
  }
  absl::StatusOr<std::unique_ptr<Store>> Open(const std::string& directory) override {
    return OpenRocksStore(Options(directory));
  }
  absl::Status Compact(const std::string& directory) override {
    const absl::StatusOr<std::unique_ptr<Database>> database = OpenRaw(Options(directory));
    if (!database.ok()) return database.status();
    rocksdb::CompactRangeOptions all;
    all.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
    for (rocksdb::ColumnFamilyHandle* family : (*database)->families()) {
      const rocksdb::Status status = (*database)->db()->CompactRange(all, family, nullptr, nullptr);
      if (!status.ok()) return FromRocks("compact", status);
    }
    return absl::OkStatus();
  }

  RocksStoreOptions Options(const std::string& directory) const {
    RocksStoreOptions options;
    options.directory = directory;
    options.env = env_.get();
    options.write_buffer_bytes = 64 << 10;  // small, so that files and levels come into being
    return options;
  }

 private:
  const ScratchDirectory scratch_;
  const std::unique_ptr<rocksdb::Env> env_;
  int directories_ = 0;
};

}  // namespace attain::storage

#endif  // ATTAIN_TESTS_CONTRACT_ROCKSDB_HARNESS_H_
