// From a WatchRequest to how its stream begins.
#ifndef ATTAIN_SERVICE_CHANGES_WATCH_OPENING_H_
#define ATTAIN_SERVICE_CHANGES_WATCH_OPENING_H_

#include "absl/status/statusor.h"
#include "attain/v1/watch_service.pb.h"
#include "service/state/query_context.h"
#include "service/watch/hub.h"

namespace attain::engine {

// Errors as in WatchService.Watch.
absl::StatusOr<watch::Opening> OpenWatch(const v1::WatchRequest& request, const QueryContext& context,
                                         const watch::Source& source, watch::Hub* hub);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_CHANGES_WATCH_OPENING_H_
