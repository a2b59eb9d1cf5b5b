// The contract, kept by RocksDB on its in-memory file system.
#include "tests/contract/rocksdb_harness.h"

namespace attain::storage {
namespace {

std::unique_ptr<StoreHarness> InMemory() {
  return std::make_unique<RocksHarness>(
      std::unique_ptr<rocksdb::Env>(rocksdb::NewMemEnv(rocksdb::Env::Default())));
}

INSTANTIATE_TEST_SUITE_P(RocksdbInMemory, StoreContract, ::testing::Values(&InMemory));

}  // namespace
}  // namespace attain::storage
