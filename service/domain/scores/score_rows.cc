#include "service/domain/scores/score_rows.h"

#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/domain/scores/score_view.h"
#include "service/state/require.h"

namespace attain::engine {

void FillIndicatorScore(const TableView& view, int row, v1::Score* out) {
  v1::IndicatorScore* score = out->add_indicators();
  FillRow(*view.model, *view.board, row, score);
  out->set_name(score->name());
  out->set_display_name(score->display_name());
  out->set_status(score->status());
  out->set_score(score->score());
  out->set_sure(score->sure());
  out->set_possible(score->possible());
  out->set_completion(score->completion());
  out->set_indicator_count(1);
  out->set_reported_count(view.board->cells[row].reported.reported ? 1 : 0);
  out->set_profile(view.model->state.profile());
  out->set_profile_version(view.model->profile->version);
  out->set_revision(score->revision());
  out->set_fiscal_year(view.model->state.fiscal_year());
  *out->mutable_flags() = score->flags();
  out->set_final_score(score->final_score());
  out->set_review_count(CountingReview(*view.board, static_cast<size_t>(row)) != nullptr ? 1 : 0);
}

absl::Status FillTableTotals(const Snapshot& snapshot, const ResourceName& table, v1::Score* out) {
  ASSIGN_OR_RETURN(const TableView view, snapshot.GetBoard(table));
  FillTotals(*view.model, *view.board, out);
  return absl::OkStatus();
}

void FillBasis(const Snapshot& snapshot, v1::Score* out) {
  if (snapshot.basis() != v1::TARGET_BASIS_LATEST) out->set_target_basis(snapshot.basis());
}

absl::StatusOr<int> RowOf(const TableModel& model, const ResourceName& name) {
  const auto row = model.row_by_id.find(name.indicator);
  if (row == model.row_by_id.end()) return NotFound("indicator", name.Indicator());
  return row->second;
}

absl::Status FillUnitScore(const Snapshot& snapshot, absl::string_view unit, int32_t fiscal_year,
                           v1::Score* out, scoring::Explanation* explanation) {
  ASSIGN_OR_RETURN(const Found<disk::UnitState> found, RequireUnit(snapshot.reads(), unit));
  ASSIGN_OR_RETURN(const Snapshot::UnitView view, snapshot.GetUnitBoard(unit, fiscal_year));
  FillUnitScore(found.state, view, out, explanation);
  return absl::OkStatus();
}

absl::StatusOr<bool> FindUnitScore(const Snapshot& snapshot, absl::string_view unit, int32_t fiscal_year,
                                   v1::Score* out) {
  ASSIGN_OR_RETURN(const std::optional<Found<disk::UnitState>> found, snapshot.reads().Unit(unit));
  if (!found.has_value()) return false;
  ASSIGN_OR_RETURN(const std::optional<Snapshot::UnitView> view, snapshot.FindUnitBoard(unit, fiscal_year));
  if (!view.has_value()) return false;
  FillUnitScore(found->state, *view, out);
  return true;
}

void FillUnitScore(const disk::UnitState& unit, const Snapshot::UnitView& view, v1::Score* out,
                   scoring::Explanation* explanation) {
  const scoring::UnitScore score = scoring::ScoreUnit(*view.profile, view.sums, explanation);
  FillUnit(unit, view.fiscal_year, view.header, view.sums, score, view.revision, out);
}

}  // namespace attain::engine
