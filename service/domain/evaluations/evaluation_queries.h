// Evaluations: what is there, who signed what, what changed since.
// Answered at one snapshot.
#ifndef ATTAIN_SERVICE_DOMAIN_EVALUATIONS_EVALUATION_QUERIES_H_
#define ATTAIN_SERVICE_DOMAIN_EVALUATIONS_EVALUATION_QUERIES_H_

#include "absl/status/status.h"
#include "attain/v1/scoring_service.pb.h"
#include "service/state/query_context.h"

namespace attain::engine {

absl::Status GetEvaluation(const v1::GetEvaluationRequest& request, const QueryContext& context,
                           v1::GetEvaluationResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_EVALUATIONS_EVALUATION_QUERIES_H_
