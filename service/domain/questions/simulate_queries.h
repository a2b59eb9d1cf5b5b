// What if? (proto/attain/v1/scoring_service.proto, SimulateScore)
// Answered at one snapshot.
#ifndef ATTAIN_SERVICE_DOMAIN_QUESTIONS_SIMULATE_QUERIES_H_
#define ATTAIN_SERVICE_DOMAIN_QUESTIONS_SIMULATE_QUERIES_H_

#include "absl/status/status.h"
#include "attain/v1/scoring_service.pb.h"
#include "service/state/query_context.h"

namespace attain::engine {

absl::Status SimulateScore(const v1::SimulateScoreRequest& request, const QueryContext& context,
                           v1::SimulateScoreResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_QUESTIONS_SIMULATE_QUERIES_H_
