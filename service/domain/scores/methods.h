// What this room adds to the API.
#ifndef ATTAIN_SERVICE_DOMAIN_SCORES_METHODS_H_
#define ATTAIN_SERVICE_DOMAIN_SCORES_METHODS_H_

#include "service/domain/scores/rank_index.h"
#include "service/state/query_methods.h"

namespace attain::engine {

// Queries about scores; `ranks` keeps ranked lists, is not owned and must outlive them.
void AddScoreMethods(QueryMethods* queries, RankIndex* ranks);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_SCORES_METHODS_H_
