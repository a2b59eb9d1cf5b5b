#include "service/domain/questions/simulate_queries.h"

#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/domain/questions/assumptions.h"
#include "service/domain/scores/score_rows.h"
#include "service/domain/scores/score_view.h"
#include "service/state/require.h"

namespace attain::engine {
namespace {

// The unit's figure with the table as it is and as it would be.
absl::Status FillUnits(const Snapshot& snapshot, const TableView& view, const Board& assumed,
                       v1::SimulateScoreResponse* response) {
  const TableModel& model = *view.model;
  ASSIGN_OR_RETURN(const Found<disk::UnitState> unit, RequireUnit(snapshot.reads(), model.unit));
  ASSIGN_OR_RETURN(const Snapshot::UnitView now,
                   snapshot.GetUnitBoard(model.unit, model.state.fiscal_year()));
  scoring::RollupSums sums = now.sums;
  FillUnit(unit.state, now.fiscal_year, now.header, sums, scoring::ScoreUnit(*now.profile, sums),
           now.revision, response->mutable_unit_score_now());
  sums -= SumsOf(now.profile->rollup, *view.board);
  sums += SumsOf(now.profile->rollup, assumed);
  FillUnit(unit.state, now.fiscal_year, now.header, sums, scoring::ScoreUnit(*now.profile, sums),
           now.revision, response->mutable_unit_score());
  return absl::OkStatus();
}

}  // namespace

absl::Status SimulateScore(const v1::SimulateScoreRequest& request, const QueryContext& context,
                           v1::SimulateScoreResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseTableName("table", request.table()));
  ASSIGN_OR_RETURN(const auto snapshot, OpenSnapshot(context, request.read(), request.as_of()));
  ASSIGN_OR_RETURN(const TableView view, snapshot->GetBoard(name));
  ASSIGN_OR_RETURN(const Board assumed, Assume(view, request));
  FillTable(*view.model, assumed, response->mutable_score());
  FillTotals(*view.model, *view.board, response->mutable_score_now());
  FillBasis(*snapshot, response->mutable_score());
  FillBasis(*snapshot, response->mutable_score_now());
  RETURN_IF_ERROR(snapshot->FillReadInfo(response->mutable_read()));
  return TakesPart(*view.model) ? FillUnits(*snapshot, view, assumed, response) : absl::OkStatus();
}

}  // namespace attain::engine
