// The cheapest way to a grade (proto/attain/v1/scoring_service.proto, SolveForScore).
// Answered at one snapshot.
#ifndef ATTAIN_SERVICE_DOMAIN_QUESTIONS_SOLVE_QUERIES_H_
#define ATTAIN_SERVICE_DOMAIN_QUESTIONS_SOLVE_QUERIES_H_

#include "absl/status/status.h"
#include "attain/v1/scoring_service.pb.h"
#include "service/state/query_context.h"

namespace attain::engine {

absl::Status SolveForScore(const v1::SolveForScoreRequest& request, const QueryContext& context,
                           v1::SolveForScoreResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_QUESTIONS_SOLVE_QUERIES_H_
