// Why did a score change? (proto/attain/v1/scoring_service.proto, DiffScores)
// Answered at one snapshot.
#ifndef ATTAIN_SERVICE_DOMAIN_QUESTIONS_DIFF_QUERIES_H_
#define ATTAIN_SERVICE_DOMAIN_QUESTIONS_DIFF_QUERIES_H_

#include "absl/status/status.h"
#include "attain/v1/scoring_service.pb.h"
#include "service/state/query_context.h"

namespace attain::engine {

absl::Status DiffScores(const v1::DiffScoresRequest& request, const QueryContext& context,
                        v1::DiffScoresResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_QUESTIONS_DIFF_QUERIES_H_
