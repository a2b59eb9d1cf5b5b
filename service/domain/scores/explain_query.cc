#include "service/domain/scores/explain_query.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/domain/scores/score_rows.h"
#include "service/domain/scores/score_view.h"
#include "service/state/require.h"

namespace attain::engine {
namespace {

// Says which targets were used, for tables that were amended.
void ExplainBasis(const TableView& view, const Snapshot& snapshot, scoring::Explanation* out) {
  const disk::TableState& state = view.model->state;
  if (snapshot.basis() == v1::TARGET_BASIS_LATEST && state.amendment_count() == 0) return;
  scoring::Explanation step;
  step.kind = scoring::ExplanationKind::kBranch;
  step.source = "RULES 4";
  if (state.amendment_count() == 0) {
    step.title = {"指标值：最初批准的", "targets: as first approved"};
  } else {
    step.title = {absl::StrCat("指标值：含 ", state.amendment_count(), " 次调整，最近一次自 ",
                               state.amend_date(), " 起生效"),
                  absl::StrCat("targets: with ", state.amendment_count(),
                               " amendments, the newest in force from ", state.amend_date())};
    scoring::ExplanationInput input;
    input.symbol = "amendments";
    input.meaning = {"已生效的调整次数", "amendments in force"};
    input.value = absl::StrCat(state.amendment_count());
    input.revision = static_cast<uint64_t>(state.amend_revision());
    input.date = state.amend_date();
    step.inputs.push_back(std::move(input));
  }
  out->steps.insert(out->steps.begin(), std::move(step));
}

scoring::Explanation ExplainRow(const TableView& view, size_t row) {
  scoring::Explanation out;
  const Cell& cell = view.board->cells[row];
  scoring::ScoreIndicator(*view.model->profile, view.model->rows[row], cell.reported, &out);
  if (!cell.review.has_value()) return out;
  scoring::Explanation& step = out.steps.emplace_back();
  step.kind = scoring::ExplanationKind::kReview;
  step.title = {absl::StrCat("复核得分，由 ", cell.review->reviewer, " 评定：", cell.review->reason),
                absl::StrCat("review score by ", cell.review->reviewer, ": ", cell.review->reason)};
  step.source = "RULES 4";
  if (CountingReview(*view.board, row) == nullptr) {
    absl::StrAppend(&step.title.zh, "。该指标没有上报或不适用，复核得分不计");
    absl::StrAppend(&step.title.en, "; it does not count: the row has no report or does not apply");
    return out;
  }
  step.formula = "R";
  step.worked = absl::StrCat(cell.review->score.ToString(), " = ", cell.review->score.ToString());
  step.result = cell.review->score.ToAtLeast(2);
  step.inputs.push_back(
      {"R", {"复核得分", "review score"}, cell.review->score.ToString(), "", cell.review->revision, ""});
  return out;
}

scoring::Explanation ExplainTable(const TableView& view) {
  scoring::Explanation table;
  scoring::ScoreTable(*view.model->profile, view.board->scores, view.board->budget, &table);
  std::vector<scoring::Explanation> rows;
  for (size_t i = 0; i < view.model->rows.size(); ++i) rows.push_back(ExplainRow(view, i));
  table.steps.insert(table.steps.begin(), rows.begin(), rows.end());
  if (const auto reviewed = ReviewedScores(*view.board)) {
    scoring::Explanation& final_step = table.steps.emplace_back();
    scoring::ScoreTable(*view.model->profile, *reviewed, view.board->budget, &final_step);
    final_step.kind = scoring::ExplanationKind::kReview;
    final_step.title = {"最终得分：有复核得分的行用复核得分",
                        "final score: rows with a review score count with it"};
    final_step.source = "RULES 4";
  }
  return table;
}

absl::StatusOr<ScoreOrigins> OriginsOf(const TableModel& model, const Snapshot& snapshot) {
  ASSIGN_OR_RETURN(const Found<disk::ProfileState> profile,
                   RequireProfile(snapshot.reads(), model.profile->id, model.profile->version));
  return ScoreOrigins{model.revision, profile.revision};
}

absl::Status ExplainUnit(const Snapshot& snapshot, const ResourceName& name,
                         const v1::ExplainScoreRequest& request, v1::ExplainScoreResponse* response,
                         scoring::Explanation* explanation) {
  RETURN_IF_ERROR(
      FillUnitScore(snapshot, name.unit, request.fiscal_year(), response->mutable_score(), explanation));
  const int32_t year = response->score().fiscal_year();
  ASSIGN_OR_RETURN(const Snapshot::UnitView unit, snapshot.GetUnitBoard(name.unit, year));
  const bool by_budget = unit.profile->rollup == scoring::RollupMode::kByAdjustedBudget;
  return snapshot.ForEachTable(
      name.unit, [&](const std::shared_ptr<const TableModel>& model) -> absl::StatusOr<bool> {
        if (!TakesPart(*model) || model->state.fiscal_year() != year) return true;
        ASSIGN_OR_RETURN(const TableView view,
                         snapshot.GetBoard({ResourceName::kTable, model->unit, model->table, "", "", ""}));
        scoring::ExplanationInput input;
        input.symbol = model->table;
        input.meaning = {model->state.display_name(), model->state.display_name()};
        input.value = view.board->total.total.has_value() ? view.board->total.total->ToFixed(2) : "";
        input.revision = view.board->revision;
        if (by_budget && view.board->budget.adjusted.has_value())
          input.unit = absl::StrCat("× ", view.board->budget.adjusted->ToString());
        explanation->inputs.push_back(std::move(input));
        return true;
      });
}

}  // namespace

absl::Status ExplainScore(const v1::ExplainScoreRequest& request, const QueryContext& context,
                          v1::ExplainScoreResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseName("name", request.name()));
  ASSIGN_OR_RETURN(auto snapshot, OpenSnapshot(context, request.read(), request.as_of()));
  RETURN_IF_ERROR(snapshot->FillReadInfo(response->mutable_read()));
  scoring::Explanation explanation;
  ScoreOrigins origins;
  if (name.kind == ResourceName::kUnit) {
    RETURN_IF_ERROR(ExplainUnit(*snapshot, name, request, response, &explanation));
  } else {
    if (name.kind != ResourceName::kIndicator)
      RETURN_IF_ERROR(ParseTableName("name", request.name()).status());
    ASSIGN_OR_RETURN(const TableView view, snapshot->GetBoard(name));
    ASSIGN_OR_RETURN(origins, OriginsOf(*view.model, *snapshot));
    if (name.kind == ResourceName::kTable) {
      FillTable(*view.model, *view.board, response->mutable_score());
      explanation = ExplainTable(view);
      ExplainBasis(view, *snapshot, &explanation);
    } else {
      ASSIGN_OR_RETURN(const int row, RowOf(*view.model, name));
      FillIndicatorScore(view, row, response->mutable_score());
      explanation = ExplainRow(view, static_cast<size_t>(row));
      ExplainBasis(view, *snapshot, &explanation);
    }
  }
  FillBasis(*snapshot, response->mutable_score());
  FillExplanation(explanation, origins, context.caller.locale, response->mutable_explanation());
  return absl::OkStatus();
}

}  // namespace attain::engine
