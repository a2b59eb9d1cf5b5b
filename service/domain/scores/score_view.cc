#include "service/domain/scores/score_view.h"

#include "absl/strings/str_cat.h"
#include "attain/v1/table.pb.h"

namespace attain::engine {
namespace {

using scoring::Decimal;

std::string Points(const std::optional<Decimal>& value, int decimals = 2) {
  return value.has_value() ? value->ToFixed(decimals) : "";
}
std::string Plain(const std::optional<Decimal>& value) {
  return value.has_value() ? value->ToString() : "";
}

absl::string_view Sign(scoring::Comparator comparator) {
  switch (comparator) {
    case scoring::Comparator::kAtLeast:
      return "≥";
    case scoring::Comparator::kGreater:
      return ">";
    case scoring::Comparator::kEqual:
      return "=";
    case scoring::Comparator::kAtMost:
      return "≤";
    case scoring::Comparator::kLess:
      return "<";
    case scoring::Comparator::kNone:
      break;
  }
  return "";
}

std::string WithUnit(const std::string& number, const std::string& unit) {
  if (unit.empty() || unit == "%") return absl::StrCat(number, unit);
  return absl::StrCat(number, " ", unit);
}

std::string LevelName(const TableModel& model, const scoring::Indicator& row, const std::string& level) {
  const auto& bands =
      row.options.rating_bands.empty() ? model.profile->defaults.rating_bands : row.options.rating_bands;
  for (const scoring::RatingBand& band : bands) {
    if (band.level == level) return band.name;
  }
  return level;
}

std::string ActualText(const TableModel& model, const scoring::Indicator& row,
                       const scoring::Reported& reported) {
  if (!reported.reported) return "";
  if (reported.number.has_value()) return WithUnit(reported.number->ToString(), row.unit);
  if (!reported.level.empty()) return LevelName(model, row, reported.level);
  return reported.text;
}

template <typename Message>
void FillFlags(uint32_t flags, Message* out) {
  if (flags & scoring::kFlagOverAchieved) out->add_flags(v1::SCORE_FLAG_OVER_ACHIEVED);
  if (flags & scoring::kFlagReasonRequired) out->add_flags(v1::SCORE_FLAG_REASON_REQUIRED);
  if (flags & scoring::kFlagEasier) out->add_flags(v1::SCORE_FLAG_EASIER_THAN_LAST_YEAR);
  if (flags & scoring::kFlagLate) out->add_flags(v1::SCORE_FLAG_EDITED_AFTER_DEADLINE);
}

}  // namespace

std::string TargetText(const scoring::Indicator& row, const disk::IndicatorState& state) {
  if (!row.target.has_value()) return state.target().text();
  return absl::StrCat(Sign(row.comparator), WithUnit(row.target->ToString(), row.unit));
}

void FillRow(const TableModel& model, const Board& board, int row, v1::IndicatorScore* out) {
  const scoring::Indicator& indicator = model.rows[row];
  const scoring::IndicatorScore& score = board.scores[row];
  const Cell& cell = board.cells[row];
  out->set_name(absl::StrCat(model.state.name(), "/indicators/", indicator.id));
  out->set_display_name(indicator.name);
  out->set_status(static_cast<v1::ScoreStatus>(score.status));
  out->set_weight(Plain(indicator.weight));
  if (score.weight.has_value()) {
    const int decimals =
        indicator.options.score_decimals.value_or(model.profile->defaults.score_decimals.value_or(2));
    out->set_score(score.score.has_value() ? score.score->ToAtLeast(decimals) : "");
    out->set_sure(score.sure.ToAtLeast(decimals));
    out->set_possible(score.possible.ToAtLeast(decimals));
  }
  out->set_completion(Points(score.completion));
  out->set_target(TargetText(indicator, model.state.indicators(row)));
  out->set_actual(ActualText(model, indicator, cell.reported));
  out->set_date(cell.reported.date);
  out->set_revision(static_cast<int64_t>(cell.reported.revision));
  out->set_reason(cell.reason);
  FillFlags(score.flags, out);
  const Review* counts = CountingReview(board, static_cast<size_t>(row));
  out->set_final_score(counts != nullptr ? counts->score.ToAtLeast(2) : out->score());
  if (!cell.review.has_value()) return;
  out->set_review_score(cell.review->score.ToAtLeast(2));
  out->set_review_reason(cell.review->reason);
  out->set_reviewer(cell.review->reviewer);
  out->set_review_revision(static_cast<int64_t>(cell.review->revision));
}

void FillTotals(const TableModel& model, const Board& board, v1::Score* out) {
  const scoring::TableScore& total = board.total;
  out->set_name(model.state.name());
  out->set_display_name(model.state.display_name());
  out->set_status(total.weighted ? v1::SCORE_STATUS_SCORED : v1::SCORE_STATUS_UNWEIGHTED);
  if (total.weighted) {
    out->set_score(Points(total.total, model.profile->total_decimals));
    out->set_sure(Points(total.sure, model.profile->total_decimals));
    out->set_possible(Points(total.possible, model.profile->total_decimals));
    out->set_indicator_points(total.indicator_points.ToFixed(2));
    out->set_execution_points(Points(total.execution));
  }
  out->set_grade(total.grade);
  if (board.reviewed.has_value()) {
    out->set_final_score(Points(board.reviewed->total, model.profile->total_decimals));
    out->set_final_grade(board.reviewed->grade);
    out->set_review_count(board.review_count());
  } else {
    out->set_final_score(out->score());
    out->set_final_grade(out->grade());
  }
  out->set_light(static_cast<v1::WarningLight>(total.light));
  out->set_execution_rate(Points(total.execution_rate));
  out->set_completion(Points(total.completion));
  out->set_adjusted_budget(Plain(board.budget.adjusted));
  out->set_spent(Plain(board.budget.spent));
  out->set_indicator_count(total.indicators);
  out->set_reported_count(total.reported);
  out->set_unscored_count(total.unscored);
  out->set_profile(model.state.profile());
  out->set_profile_version(model.profile->version);
  out->set_revision(static_cast<int64_t>(board.revision));
  out->set_fiscal_year(model.state.fiscal_year());
  FillFlags(total.flags, out);
}

void FillTable(const TableModel& model, const Board& board, v1::Score* out) {
  FillTotals(model, board, out);
  out->mutable_indicators()->Reserve(static_cast<int>(model.rows.size()));
  for (size_t row = 0; row < model.rows.size(); ++row) {
    FillRow(model, board, static_cast<int>(row), out->add_indicators());
  }
}

void FillUnit(const disk::UnitState& unit, int32_t fiscal_year, const disk::UnitBoardState& header,
              const scoring::RollupSums& sums, const scoring::UnitScore& score, uint64_t revision,
              v1::Score* out) {
  out->set_name(unit.name());
  out->set_display_name(unit.display_name());
  out->set_status(score.total.has_value() ? v1::SCORE_STATUS_SCORED : v1::SCORE_STATUS_UNWEIGHTED);
  out->set_score(Points(score.total));
  out->set_sure(Points(score.sure));
  out->set_possible(Points(score.possible));
  out->set_grade(score.grade);
  out->set_final_score(Points(score.final_total));
  out->set_final_grade(score.final_grade);
  out->set_review_count(score.reviewed);
  out->set_execution_rate(Points(score.execution_rate));
  out->set_adjusted_budget(sums.adjusted.ToString());
  out->set_spent(sums.spent.ToString());
  out->set_indicator_count(score.indicators);
  out->set_reported_count(score.reported);
  out->set_table_count(score.tables);
  out->set_unweighted_count(score.unweighted);
  out->set_profile(header.profile());
  out->set_profile_version(header.profile_version());
  out->set_revision(static_cast<int64_t>(revision));
  out->set_fiscal_year(fiscal_year);
}

std::string SignedPoints(const Decimal& points, int decimals) {
  return absl::StrCat(points.sign() > 0 ? "+" : "", points.ToFixed(decimals));
}

// A step's result is a figure in any language, but for this one.
std::string LightInChinese(const std::string& light) {
  return light == "red" ? "红" : light == "yellow" ? "黄" : light == "none" ? "无" : light;
}

namespace {

uint64_t RevisionOf(const scoring::ExplanationInput& input, const ScoreOrigins& origins) {
  if (input.revision > 0) return input.revision;
  if (input.origin == scoring::InputOrigin::kTable) return origins.table;
  return input.origin == scoring::InputOrigin::kProfile ? origins.profile : 0;
}

}  // namespace

void FillExplanation(const scoring::Explanation& from, const ScoreOrigins& origins, absl::string_view locale,
                     v1::Explanation* out) {
  const bool zh = locale == "zh-CN";
  out->set_kind(static_cast<v1::ExplanationKind>(from.kind));
  out->set_title(zh ? from.title.zh : from.title.en);
  out->set_formula(from.formula);
  out->set_worked(from.worked);
  out->set_result(zh && from.kind == scoring::ExplanationKind::kWarning ? LightInChinese(from.result)
                                                                        : from.result);
  out->set_source(from.source);
  for (const scoring::ExplanationInput& input : from.inputs) {
    v1::ExplanationInput* to = out->add_inputs();
    to->set_symbol(input.symbol);
    to->set_meaning(zh ? input.meaning.zh : input.meaning.en);
    to->set_value(input.value);
    to->set_unit(input.unit);
    to->set_revision(static_cast<int64_t>(RevisionOf(input, origins)));
    to->set_date(input.date);
  }
  for (const scoring::Explanation& step : from.steps)
    FillExplanation(step, origins, locale, out->add_steps());
}

}  // namespace attain::engine
