// How a score moved, revision by revision.
// Answered at one snapshot.
#ifndef ATTAIN_SERVICE_DOMAIN_SCORES_HISTORY_QUERY_H_
#define ATTAIN_SERVICE_DOMAIN_SCORES_HISTORY_QUERY_H_

#include "absl/status/status.h"
#include "attain/v1/scoring_service.pb.h"
#include "service/state/query_context.h"

namespace attain::engine {

absl::Status ListScoreHistory(const v1::ListScoreHistoryRequest& request, const QueryContext& context,
                              v1::ListScoreHistoryResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_SCORES_HISTORY_QUERY_H_
