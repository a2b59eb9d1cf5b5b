// Roll-up of project tables to their unit, domain.md section 2.7.
#include "absl/strings/str_cat.h"
#include "service/scoring/internal.h"
#include "service/scoring/score.h"

namespace attain::scoring {

RollupSums& RollupSums::operator+=(const RollupSums& other) {
  weight = weight + other.weight;
  weighted_total = weighted_total + other.weighted_total;
  weighted_sure = weighted_sure + other.weighted_sure;
  weighted_possible = weighted_possible + other.weighted_possible;
  adjusted = adjusted + other.adjusted;
  spent = spent + other.spent;
  tables += other.tables;
  unweighted += other.unweighted;
  indicators += other.indicators;
  reported += other.reported;
  return *this;
}

RollupSums& RollupSums::operator-=(const RollupSums& other) {
  weight = weight - other.weight;
  weighted_total = weighted_total - other.weighted_total;
  weighted_sure = weighted_sure - other.weighted_sure;
  weighted_possible = weighted_possible - other.weighted_possible;
  adjusted = adjusted - other.adjusted;
  spent = spent - other.spent;
  tables -= other.tables;
  unweighted -= other.unweighted;
  indicators -= other.indicators;
  reported -= other.reported;
  return *this;
}

RollupSums TableSums(const Profile& profile, const TableScore& table, const Budget& budget) {
  RollupSums sums;
  sums.indicators = table.indicators;
  sums.reported = table.reported;
  // The execution rate of a unit is Σ spent / Σ adjusted: a table counts in both or in neither.
  if (budget.adjusted.has_value() && budget.spent.has_value()) {
    sums.adjusted = *budget.adjusted;
    sums.spent = *budget.spent;
  } else if (budget.adjusted.has_value()) {
    sums.adjusted = *budget.adjusted;
  }
  if (!table.weighted) {
    sums.unweighted = 1;
    return sums;
  }
  sums.tables = 1;
  sums.weight = profile.rollup == RollupMode::kPlainMean ? Decimal::FromInt(1) : budget.adjusted.value_or(Decimal());
  sums.weighted_total = sums.weight * *table.total;
  sums.weighted_sure = sums.weight * *table.sure;
  sums.weighted_possible = sums.weight * *table.possible;
  return sums;
}

UnitScore ScoreUnit(const Profile& profile, const RollupSums& sums, Explanation* out) {
  UnitScore unit;
  unit.tables = sums.tables;
  unit.unweighted = sums.unweighted;
  unit.indicators = sums.indicators;
  unit.reported = sums.reported;
  if (sums.adjusted.sign() > 0) {
    unit.execution_rate = Quotient(sums.spent * Decimal::FromInt(100), sums.adjusted, 2, Rounding::kHalfAway);
  }
  if (out != nullptr) out->kind = ExplanationKind::kUnit;
  if (sums.weight.sign() <= 0) {
    Branch(out, {"没有参与汇总的项目，或其预算合计为 0", "no table takes part, or their budgets sum to 0"});
    return unit;
  }
  unit.total = Quotient(sums.weighted_total, sums.weight, profile.total_decimals, Rounding::kHalfAway);
  unit.sure = Quotient(sums.weighted_sure, sums.weight, profile.total_decimals, Rounding::kHalfAway);
  unit.possible = Quotient(sums.weighted_possible, sums.weight, profile.total_decimals, Rounding::kHalfAway);
  for (const GradeBand& band : profile.grades) {
    if (*unit.total >= band.from) {
      unit.grade = band.name;
      break;
    }
  }
  if (out != nullptr) {
    const bool mean = profile.rollup == RollupMode::kPlainMean;
    const std::string round = RoundName(profile.total_decimals);
    Explanation& step = out->steps.emplace_back();
    step.kind = ExplanationKind::kRollup;
    step.source = "§2.7";
    step.title = mean ? Text{"各项目总分的简单平均", "plain mean of the tables' totals"}
                      : Text{"各项目总分按全年预算数加权", "the tables' totals weighted by adjusted budget"};
    step.formula = absl::StrCat(round, "(V / B)");
    step.worked = absl::StrCat(round, "(", sums.weighted_total.ToString(), " / ", sums.weight.ToString(), ")");
    step.result = unit.total->ToFixed(profile.total_decimals);
    Input(&step, "V", mean ? Text{"总分合计", "sum of totals"} : Text{"预算 × 总分 合计", "sum of budget × total"}, sums.weighted_total.ToString());
    Input(&step, "B", mean ? Text{"项目数", "number of tables"} : Text{"预算合计", "sum of budgets"}, sums.weight.ToString());
    out->result = step.result;
  }
  return unit;
}

}  // namespace attain::scoring
