// The queries: each answers at one snapshot.
#ifndef ATTAIN_SERVICE_ENGINE_QUERIES_H_
#define ATTAIN_SERVICE_ENGINE_QUERIES_H_

#include "absl/status/status.h"
#include "attain/v1/admin_service.pb.h"
#include "attain/v1/profile_service.pb.h"
#include "attain/v1/reporting_service.pb.h"
#include "attain/v1/scoring_service.pb.h"
#include "attain/v1/target_service.pb.h"
#include "service/engine/caller.h"
#include "service/engine/clock.h"
#include "service/engine/rank_index.h"
#include "service/engine/snapshot.h"

namespace attain::engine {

// What queries need.
struct QueryContext {
  const storage::Store& store;
  ModelCache* cache;
  const Caller& caller;
  RankIndex* ranks;
  const Clock* clock = SystemClock();
};

absl::Status GetUnit(const v1::GetUnitRequest& request, const QueryContext& context, v1::GetUnitResponse* response);
absl::Status ListUnits(const v1::ListUnitsRequest& request, const QueryContext& context,
                       v1::ListUnitsResponse* response);
absl::Status GetTable(const v1::GetTableRequest& request, const QueryContext& context, v1::GetTableResponse* response);
absl::Status ListTables(const v1::ListTablesRequest& request, const QueryContext& context,
                        v1::ListTablesResponse* response);
absl::Status LintTable(const v1::LintTableRequest& request, const QueryContext& context,
                       v1::LintTableResponse* response);
absl::Status ListActuals(const v1::ListActualsRequest& request, const QueryContext& context,
                         v1::ListActualsResponse* response);
absl::Status ListAmendments(const v1::ListAmendmentsRequest& request, const QueryContext& context,
                            v1::ListAmendmentsResponse* response);
absl::Status GetEvaluation(const v1::GetEvaluationRequest& request, const QueryContext& context,
                           v1::GetEvaluationResponse* response);
absl::Status GetProfile(const v1::GetProfileRequest& request, const QueryContext& context,
                        v1::GetProfileResponse* response);
absl::Status ListProfiles(const v1::ListProfilesRequest& request, const QueryContext& context,
                          v1::ListProfilesResponse* response);

absl::Status ReplayProfile(const v1::ReplayProfileRequest& request, const QueryContext& context,
                           v1::ReplayProfileResponse* response);

absl::Status GetScore(const v1::GetScoreRequest& request, const QueryContext& context, v1::GetScoreResponse* response);
absl::Status BatchGetScores(const v1::BatchGetScoresRequest& request, const QueryContext& context,
                            v1::BatchGetScoresResponse* response);
absl::Status ListScores(const v1::ListScoresRequest& request, const QueryContext& context,
                        v1::ListScoresResponse* response);
absl::Status ListScoreHistory(const v1::ListScoreHistoryRequest& request, const QueryContext& context,
                              v1::ListScoreHistoryResponse* response);
absl::Status ExplainScore(const v1::ExplainScoreRequest& request, const QueryContext& context,
                          v1::ExplainScoreResponse* response);
absl::Status DiffScores(const v1::DiffScoresRequest& request, const QueryContext& context,
                        v1::DiffScoresResponse* response);
absl::Status SimulateScore(const v1::SimulateScoreRequest& request, const QueryContext& context,
                           v1::SimulateScoreResponse* response);
absl::Status SolveForScore(const v1::SolveForScoreRequest& request, const QueryContext& context,
                           v1::SolveForScoreResponse* response);
absl::Status GetMonitoring(const v1::GetMonitoringRequest& request, const QueryContext& context,
                           v1::GetMonitoringResponse* response);
absl::Status ListDue(const v1::ListDueRequest& request, const QueryContext& context, v1::ListDueResponse* response);
absl::Status GetForm(const v1::GetFormRequest& request, const QueryContext& context, v1::GetFormResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_ENGINE_QUERIES_H_
