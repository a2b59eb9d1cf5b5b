#include "service/domain/evaluations/evaluation_queries.h"

#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/api/rows.h"
#include "service/domain/evaluations/drift.h"
#include "service/domain/evaluations/evaluation_rules.h"
#include "service/domain/evaluations/signatures.h"
#include "service/domain/scores/score_rows.h"
#include "service/domain/scores/score_view.h"
#include "service/model/mirror.h"

namespace attain::engine {
namespace {

// The table as it was signed: same day and targets asked for as now.
absl::StatusOr<TableView> ViewAt(uint64_t revision, const ResourceName& name, const v1::AsOf& as_of,
                                 const QueryContext& context) {
  v1::ReadOptions then;
  then.set_read_revision(static_cast<int64_t>(revision));
  ASSIGN_OR_RETURN(const auto snapshot, OpenSnapshot(context, then, as_of));
  return snapshot->GetBoard(name);
}

}  // namespace

absl::Status GetEvaluation(const v1::GetEvaluationRequest& request, const QueryContext& context,
                           v1::GetEvaluationResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseEvaluationName("name", request.name()));
  ASSIGN_OR_RETURN(const auto snapshot, OpenSnapshot(context, request.read(), request.as_of()));
  ASSIGN_OR_RETURN(const TableView view, snapshot->GetBoard(name));
  ASSIGN_OR_RETURN(const Found<disk::EvaluationState> found, snapshot->reads().Evaluation(name));
  *response->mutable_evaluation() =
      ToPublic(found.state, name.Table(), EvaluationEtag(*view.model, *view.board, found.revision));
  RETURN_IF_ERROR(FillSignatures(*snapshot, *view.model, context, response->mutable_evaluation()));
  for (const MissingItem& item : MissingOf(*view.model, *view.board)) {
    *response->add_missing() = ToPublic(item, *view.model, context.caller.locale);
  }
  if (const uint64_t since = SignedRevision(found.state); since > 0) {
    ASSIGN_OR_RETURN(const TableView then, ViewAt(since, name, request.as_of(), context));
    response->mutable_drift()->set_since_revision(static_cast<int64_t>(since));
    RETURN_IF_ERROR(FillDrift(then, view, *snapshot, response->mutable_drift()));
  }
  FillTable(*view.model, *view.board, response->mutable_score());
  FillBasis(*snapshot, response->mutable_score());
  RETURN_IF_ERROR(snapshot->FillReadInfo(response->mutable_read()));
  return absl::OkStatus();
}

}  // namespace attain::engine
