// Commands carried out on a snapshot: what a validate_only one would do, without a place in the order of
// commands, so that nobody waits for it; and what one that was sent again did when it was new.
#ifndef ATTAIN_SERVICE_COMMIT_REHEARSAL_H_
#define ATTAIN_SERVICE_COMMIT_REHEARSAL_H_

#include "absl/status/status.h"
#include "service/api/clock.h"
#include "service/commit/command.h"
#include "storage/store.h"

namespace attain::engine {

// Runs the command once more as that of an earlier revision, which it is, and fills its answer as it was
// then. Where the rules have become stricter since and it would be refused now, the answer has its commit
// alone: what is recorded is not told as refused. Nothing is kept. Thread-safe. `cache_bytes` as below.
absl::Status Repeat(Command& command, const storage::Store& store, storage::Revision revision,
                    size_t cache_bytes);

// Runs the command as the next one behind the store's head and fills its answer as the committer would;
// nothing is kept. Thread-safe; the command belongs to the caller. `cache_bytes` bounds what it keeps decoded
// between its own steps.
absl::Status Rehearse(Command& command, const storage::Store& store, const Clock& clock, size_t cache_bytes);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_COMMIT_REHEARSAL_H_
