// A validate_only command carried out on a snapshot: what it would do, without a place in the order of
// commands, so that nobody waits for it.
#ifndef ATTAIN_SERVICE_COMMIT_REHEARSAL_H_
#define ATTAIN_SERVICE_COMMIT_REHEARSAL_H_

#include "absl/status/status.h"
#include "service/api/clock.h"
#include "service/commit/command.h"
#include "storage/store.h"

namespace attain::engine {

// Runs the command as the next one behind the store's head and fills its answer as the committer would;
// nothing is kept. Thread-safe; the command belongs to the caller. `cache_bytes` bounds what it keeps decoded
// between its own steps.
absl::Status Rehearse(Command& command, const storage::Store& store, const Clock& clock, size_t cache_bytes);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_COMMIT_REHEARSAL_H_
