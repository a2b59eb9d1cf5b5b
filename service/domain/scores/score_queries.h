// Scores: now, then and listed.
// Answered at one snapshot.
#ifndef ATTAIN_SERVICE_DOMAIN_SCORES_SCORE_QUERIES_H_
#define ATTAIN_SERVICE_DOMAIN_SCORES_SCORE_QUERIES_H_

#include "absl/status/status.h"
#include "attain/v1/scoring_service.pb.h"
#include "service/domain/scores/rank_index.h"
#include "service/state/query_context.h"

namespace attain::engine {

absl::Status GetScore(const v1::GetScoreRequest& request, const QueryContext& context,
                      v1::GetScoreResponse* response);
absl::Status BatchGetScores(const v1::BatchGetScoresRequest& request, const QueryContext& context,
                            v1::BatchGetScoresResponse* response);
// Lists of the newest revision by score come from `ranks`, which is made when it is needed and not there.
absl::Status ListScores(const v1::ListScoresRequest& request, const QueryContext& context, RankIndex& ranks,
                        v1::ListScoresResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_SCORES_SCORE_QUERIES_H_
