// What queries need.
#ifndef ATTAIN_SERVICE_STATE_QUERY_CONTEXT_H_
#define ATTAIN_SERVICE_STATE_QUERY_CONTEXT_H_

#include <memory>

#include "absl/status/statusor.h"
#include "attain/v1/common.pb.h"
#include "service/api/caller.h"
#include "service/api/clock.h"
#include "service/state/snapshot.h"
#include "storage/store.h"

namespace attain::engine {

// Of one call; owns nothing.
struct QueryContext {
  const storage::Store& store;
  ModelCache* cache;
  const Caller& caller;
  const Clock* clock = SystemClock();
};

// The snapshot that `read` and `as_of` ask for; errors of Snapshot::Open.
inline absl::StatusOr<std::unique_ptr<Snapshot>> OpenSnapshot(const QueryContext& context,
                                                              const v1::ReadOptions& read,
                                                              const v1::AsOf& as_of = {}) {
  return Snapshot::Open(context.store, context.cache, read, as_of, context.clock);
}

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_STATE_QUERY_CONTEXT_H_
