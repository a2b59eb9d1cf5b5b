// The contract, kept by RocksDB on the real file system.
#include "tests/contract/rocksdb_harness.h"

namespace attain::storage {
namespace {

std::unique_ptr<StoreHarness> OnDisk() {
  return std::make_unique<RocksHarness>(nullptr);
}

INSTANTIATE_TEST_SUITE_P(RocksdbOnDisk, StoreContract, ::testing::Values(&OnDisk));

}  // namespace
}  // namespace attain::storage
