// Makes a store again from a journal alone (architecture, invariant 2).
#ifndef ATTAIN_SERVICE_STATE_REBUILD_H_
#define ATTAIN_SERVICE_STATE_REBUILD_H_

#include <functional>

#include "absl/status/status.h"
#include "storage/store.h"

namespace attain::engine {

// Replays every entry of `source` into `target`, which must be empty. Afterwards both have the same
// ContentDigest. FAILED_PRECONDITION when the target is not empty; DATA_LOSS when the journal does not parse
// or gives other hashes.
absl::Status Rebuild(
    const storage::Store& source, storage::Store* target,
    const std::function<void(storage::Revision done, storage::Revision total)>& progress = nullptr);

// The same up to revision `last` of the source: afterwards the target is the store that the source was then.
// OUT_OF_RANGE when that is above the source's head.
absl::Status RebuildUpTo(
    storage::Revision last, const storage::Store& source, storage::Store* target,
    const std::function<void(storage::Revision done, storage::Revision total)>& progress = nullptr);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_STATE_REBUILD_H_
