// Evaluation: self-evaluation, review, confirmation, return (RULES 4). Each signature pins its
// revision. Commands as transaction.h has them.
#ifndef ATTAIN_SERVICE_DOMAIN_EVALUATIONS_EVALUATION_COMMANDS_H_
#define ATTAIN_SERVICE_DOMAIN_EVALUATIONS_EVALUATION_COMMANDS_H_

#include "absl/status/status.h"
#include "attain/v1/scoring_service.pb.h"
#include "service/commit/transaction.h"

namespace attain::engine {

absl::Status SubmitEvaluation(const v1::SubmitEvaluationRequest& request, Transaction& txn,
                              v1::SubmitEvaluationResponse* response);
absl::Status ReviewIndicator(const v1::ReviewIndicatorRequest& request, Transaction& txn,
                             v1::ReviewIndicatorResponse* response);
absl::Status ConfirmEvaluation(const v1::ConfirmEvaluationRequest& request, Transaction& txn,
                               v1::ConfirmEvaluationResponse* response);
absl::Status ReturnEvaluation(const v1::ReturnEvaluationRequest& request, Transaction& txn,
                              v1::ReturnEvaluationResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_EVALUATIONS_EVALUATION_COMMANDS_H_
