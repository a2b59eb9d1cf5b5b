#include "service/domain/scores/methods.h"

#include "service/domain/scores/explain_query.h"
#include "service/domain/scores/history_query.h"
#include "service/domain/scores/score_queries.h"

namespace attain::engine {

void AddScoreMethods(QueryMethods* queries, RankIndex* ranks) {
  queries->Add(&GetScore);
  queries->Add(&BatchGetScores);
  queries->Add(&ListScoreHistory);
  queries->Add(&ExplainScore);
  queries->Add<v1::ListScoresRequest, v1::ListScoresResponse>(
      [ranks](const v1::ListScoresRequest& request, const QueryContext& context,
              v1::ListScoresResponse* response) { return ListScores(request, context, *ranks, response); });
}

}  // namespace attain::engine
