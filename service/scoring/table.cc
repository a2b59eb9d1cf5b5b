// Totals of a table, domain.md section 2.5 and 2.6.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "service/scoring/internal.h"
#include "service/scoring/score.h"

namespace attain::scoring {
namespace {

// Budget execution: what is earned, and the interval.
struct Execution {
  std::optional<Ratio> earned;  // unset when budget or spending is unknown, or the budget is 0
  Ratio sure, possible;
};

Execution Execute(const Profile& profile, const Budget& budget) {
  Execution execution;
  if (!profile.execution_points.has_value()) return execution;
  const Ratio points(*profile.execution_points);
  const bool zero_budget = budget.adjusted.has_value() && budget.adjusted->sign() <= 0;
  if (zero_budget) return execution;
  if (!budget.adjusted.has_value() || !budget.spent.has_value()) {
    execution.possible = points;
    return execution;
  }
  const Ratio earned = std::min(Ratio(*budget.spent * *profile.execution_points, *budget.adjusted), points);
  execution.earned = execution.sure = execution.possible = earned;
  return execution;
}

struct Sums {
  Decimal earned, sure, possible, not_applicable;
};

Sums Add(absl::Span<const IndicatorScore> indicators, TableScore* table) {
  Sums sums;
  int64_t met = 0, counted = 0;
  table->weighted = !indicators.empty();
  for (const IndicatorScore& score : indicators) {
    ++table->indicators;
    if (score.status == ScoreStatus::kNotApplicable) {
      if (score.weight.has_value()) sums.not_applicable = sums.not_applicable + *score.weight;
      continue;
    }
    ++counted;
    met += score.met ? 1 : 0;
    table->flags |= score.flags;
    if (score.flags & kFlagReasonRequired) ++table->reasons_required;
    if (score.status == ScoreStatus::kUnscored) ++table->unscored;
    if (!score.weight.has_value()) table->weighted = false;
    if (score.score.has_value()) sums.earned = sums.earned + *score.score;
    sums.sure = sums.sure + score.sure;
    sums.possible = sums.possible + score.possible;
  }
  if (counted > 0) {
    table->completion = Quotient(Decimal::FromInt(met * 100), Decimal::FromInt(counted), 2, Rounding::kHalfAway);
  }
  return sums;
}

std::string GradeOf(const Profile& profile, const Decimal& total) {
  for (const GradeBand& band : profile.grades) {
    if (total >= band.from) return band.name;
  }
  return "";
}

WarningLight LightOf(const Profile& profile, const Ratio& points, const Execution& execution, const Budget& budget) {
  if (!profile.execution_points.has_value() || points.sign() <= 0) return WarningLight::kNone;
  if (execution.earned.has_value()) {
    const Ratio reached = points / Ratio(profile.indicator_points);
    const Ratio spent = *execution.earned / Ratio(*profile.execution_points);
    if ((reached - spent) / reached > Ratio(profile.warning_gap)) return WarningLight::kRed;
  }
  if (!budget.adjusted.has_value()) return WarningLight::kNone;
  if (budget.adjusted->sign() <= 0) return WarningLight::kYellow;
  if (!budget.spent.has_value()) return WarningLight::kNone;
  const Ratio unspent(*budget.adjusted - *budget.spent, *budget.adjusted);
  return unspent > Ratio(profile.warning_unspent) ? WarningLight::kYellow : WarningLight::kNone;
}

void ExplainExecution(const Profile& profile, const Budget& budget, const Execution& execution, Explanation* out) {
  if (!profile.execution_points.has_value()) return;
  Explanation& step = out->steps.emplace_back();
  step.kind = ExplanationKind::kExecution;
  step.source = "§2.5";
  step.title = {"预算执行得分 E", "points E for budget execution"};
  if (!execution.earned.has_value()) {
    Branch(&step, budget.adjusted.has_value() && budget.adjusted->sign() <= 0
                      ? Text{"全年预算数为 0，E 不计", "the adjusted budget is 0: E is unset"}
                      : Text{"全年预算数或执行数未知，E 不计", "budget or spending is unknown: E is unset"});
    return;
  }
  const std::string points = profile.execution_points->ToString();
  step.formula = "min(X, e / b × X)";
  step.worked = absl::StrCat("min(", points, ", ", budget.spent->ToString(), " / ", budget.adjusted->ToString(), " × ", points, ")");
  step.result = execution.earned->ToText();
  Input(&step, "e", {"全年执行数", "spent"}, budget.spent->ToString(), "万元", budget.spent_revision);
  Input(&step, "b", {"全年预算数", "adjusted budget"}, budget.adjusted->ToString(), "万元", budget.adjusted_revision);
  Input(&step, "X", {"预算执行分值", "points for execution"}, points);
}

void ExplainTotal(const Profile& profile, const TableScore& table, const Sums& sums, const Ratio& scale,
                  const Execution& execution, Explanation* out) {
  out->kind = ExplanationKind::kTable;
  Explanation& total = out->steps.emplace_back();
  total.kind = ExplanationKind::kTotal;
  total.source = "§2.5";
  total.title = {"总分，只在最后舍入一次", "total, rounded once at the end"};
  const std::string round = RoundName(profile.total_decimals);
  const std::string execution_text = execution.earned.has_value() ? execution.earned->ToText() : "0";
  const bool rescaled = sums.not_applicable.sign() != 0;
  total.formula = absl::StrCat(round, rescaled ? "(I × P / (P - N) + E)" : "(I + E)");
  const std::string points = profile.indicator_points.ToString();
  total.worked = rescaled ? absl::StrCat(round, "(", sums.earned.ToString(), " × ", points, " / (", points, " - ",
                                         sums.not_applicable.ToString(), ") + ", execution_text, ")")
                          : absl::StrCat(round, "(", sums.earned.ToString(), " + ", execution_text, ")");
  total.result = table.total->ToFixed(profile.total_decimals);
  Input(&total, "I", {"指标得分合计", "sum of indicator points"}, sums.earned.ToString());
  Input(&total, "E", {"预算执行得分", "points for execution"}, execution_text);
  if (rescaled) {
    Input(&total, "P", {"指标总分值", "points of all indicators"}, points);
    Input(&total, "N", {"不适用指标分值", "points of indicators that do not apply"}, sums.not_applicable.ToString());
    Branch(&total, {absl::StrCat("不适用指标按 ", scale.ToText(), " 倍折算"), absl::StrCat("rescaled by ", scale.ToText())});
  }
  Explanation& grade = out->steps.emplace_back();
  grade.kind = ExplanationKind::kGrade;
  grade.title = {"等级，按舍入后的总分", "grade, from the rounded total"};
  grade.result = table.grade;
  Explanation& light = out->steps.emplace_back();
  light.kind = ExplanationKind::kWarning;
  light.title = {"自评预警", "warning light"};
  light.result = table.light == WarningLight::kRed ? "red" : table.light == WarningLight::kYellow ? "yellow" : "none";
  if (execution.earned.has_value() && profile.indicator_points.sign() > 0) {
    light.formula = "(I / P - E / X) / (I / P) > 0.05";
    Input(&light, "I", {"指标得分合计", "sum of indicator points"}, sums.earned.ToString());
    Input(&light, "P", {"指标总分值", "points of all indicators"}, points);
    Input(&light, "E", {"预算执行得分", "points for execution"}, execution_text);
    Input(&light, "X", {"预算执行分值", "points for execution at most"}, profile.execution_points->ToString());
    light.formula = absl::StrCat("(I / P - E / X) / (I / P) > ", profile.warning_gap.ToString());
  }
  out->result = total.result;
}

}  // namespace

TableScore ScoreTable(const Profile& profile, absl::Span<const IndicatorScore> indicators, const Budget& budget,
                      Explanation* out) {
  TableScore table;
  const Sums sums = Add(indicators, &table);
  for (const IndicatorScore& score : indicators) {
    const bool open = score.status == ScoreStatus::kUnreported;
    const bool closed = score.status == ScoreStatus::kScored || score.status == ScoreStatus::kUnscored;
    if (!open && closed) ++table.reported;
  }
  const Execution execution = Execute(profile, budget);
  if (budget.adjusted.has_value() && budget.spent.has_value() && budget.adjusted->sign() > 0) {
    table.execution_rate = Quotient(*budget.spent * Decimal::FromInt(100), *budget.adjusted, 2, Rounding::kHalfAway);
  }
  if (!table.weighted) return table;
  const Decimal remaining = profile.indicator_points - sums.not_applicable;
  const bool rescale = sums.not_applicable.sign() != 0 && remaining.sign() > 0;
  const Ratio scale = rescale ? Ratio(profile.indicator_points, remaining) : Ratio(Decimal::FromInt(1));
  const auto round = [&](const Ratio& value) { return value.Round(profile.total_decimals, Rounding::kHalfAway); };
  const Ratio points = rescale ? Ratio(sums.earned) * scale : Ratio(sums.earned);
  const Ratio earned = execution.earned.value_or(Ratio());
  table.indicator_points = rescale ? points.Round(2, Rounding::kHalfAway) : sums.earned;
  if (execution.earned.has_value()) table.execution = earned.Round(2, Rounding::kHalfAway);
  table.total = round(points + earned);
  table.sure = round(Ratio(sums.sure) * scale + execution.sure);
  table.possible = round(Ratio(sums.possible) * scale + execution.possible);
  table.grade = GradeOf(profile, *table.total);
  table.light = LightOf(profile, points, execution, budget);
  if (out != nullptr) {
    ExplainExecution(profile, budget, execution, out);
    ExplainTotal(profile, table, sums, scale, execution, out);
  }
  return table;
}

}  // namespace attain::scoring
