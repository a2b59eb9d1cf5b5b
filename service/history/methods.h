// What this room adds to the API.
#ifndef ATTAIN_SERVICE_HISTORY_METHODS_H_
#define ATTAIN_SERVICE_HISTORY_METHODS_H_

#include "service/history/history_queries.h"
#include "service/state/query_methods.h"

namespace attain::engine {

// HistoryService. What `parts` names must outlive the queries.
void AddHistoryMethods(const HistoryParts& parts, QueryMethods* queries);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_HISTORY_METHODS_H_
