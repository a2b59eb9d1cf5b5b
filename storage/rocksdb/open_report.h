// What the opening of a store has to say besides whether it worked.
#ifndef ATTAIN_STORAGE_ROCKSDB_OPEN_REPORT_H_
#define ATTAIN_STORAGE_ROCKSDB_OPEN_REPORT_H_

#include <optional>
#include <string>
#include <vector>

#include "storage/store.h"

namespace attain::storage {

// What was given up by RocksStoreOptions.accept_loss.
struct Loss {
  // The revisions that were acknowledged and are gone, both included. `last` is 0 when it cannot be known;
  // `first` too, when another history stands in their place.
  Revision first = 0, last = 0;
  uint32_t epoch = kFirstEpoch;  // theirs; the store goes on in a later one, Store::epoch
  std::string words;             // one sentence for people
};

struct OpenReport {
  std::vector<std::string> warnings;  // sentences: what protects the data less than it should
  std::optional<Loss> loss;
};

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ROCKSDB_OPEN_REPORT_H_
