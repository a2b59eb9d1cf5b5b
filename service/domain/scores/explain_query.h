// From the score back to what was reported: every step, as a tree.
// Answered at one snapshot.
#ifndef ATTAIN_SERVICE_DOMAIN_SCORES_EXPLAIN_QUERY_H_
#define ATTAIN_SERVICE_DOMAIN_SCORES_EXPLAIN_QUERY_H_

#include "absl/status/status.h"
#include "attain/v1/scoring_service.pb.h"
#include "service/state/query_context.h"

namespace attain::engine {

absl::Status ExplainScore(const v1::ExplainScoreRequest& request, const QueryContext& context,
                          v1::ExplainScoreResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_SCORES_EXPLAIN_QUERY_H_
