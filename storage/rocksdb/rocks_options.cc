#include "storage/rocksdb/rocks_options.h"

namespace attain::storage {

std::vector<UpgradeStep> UpgradeSteps() {
  // 2 brought journal entries and values that a program of version 1 would not understand; what was there
  // stays as it is.
  return {
      {1, [](rocksdb::DB*, const std::vector<rocksdb::ColumnFamilyHandle*>&) { return absl::OkStatus(); }}};
}

}  // namespace attain::storage
