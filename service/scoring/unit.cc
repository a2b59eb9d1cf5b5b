// Roll-up of project tables to their unit, RULES 2.7.
#include "service/scoring/unit.h"

#include "absl/strings/str_cat.h"
#include "service/scoring/explain.h"

namespace attain::scoring {
namespace {

// sum / weight rounded once, with its step.
Decimal Mean(const Profile& profile, const Decimal& sum, const Decimal& weight, Explanation* parent,
             ExplanationKind kind, Words title) {
  Decimal mean = Quotient(sum, weight, profile.total_decimals, Rounding::kHalfAway);
  if (Explanation* step = AddStep(parent, kind, title)) {
    const bool plain = profile.rollup == RollupMode::kPlainMean;
    step->source = "RULES 2.7";
    AddInput(step, "V",
             plain ? Words{"各表分数合计", "sum of the tables' figures"}
                   : Words{"预算 × 分数 合计", "sum of budget × figure"},
             sum);
    AddInput(step, "B", plain ? Words{"表数", "number of tables"} : Words{"预算合计", "sum of budgets"},
             weight);
    SetFormula(step, Rounded(profile.total_decimals, "V / B"), Ratio(sum, weight),
               mean.ToFixed(profile.total_decimals));
  }
  return mean;
}

void ExplainRate(const RollupSums& sums, const Decimal& rate, Explanation* out) {
  Explanation* step = AddStep(out, ExplanationKind::kExecution,
                              {"预算执行率，%，按合计数计算", "budget execution, %, from the sums"});
  if (step == nullptr) return;
  step->source = "RULES 2.7";
  AddInput(step, "e", {"全年执行数合计", "sum of spending"}, sums.spent);
  AddInput(step, "b", {"全年预算数合计", "sum of adjusted budgets"}, sums.adjusted);
  SetFormula(step, "r2(e / b × 100)", Ratio(sums.spent * Decimal::FromInt(100), sums.adjusted),
             rate.ToFixed(2));
}

}  // namespace

RollupSums& RollupSums::operator+=(const RollupSums& other) {
  weight = weight + other.weight;
  weighted_total = weighted_total + other.weighted_total;
  weighted_sure = weighted_sure + other.weighted_sure;
  weighted_possible = weighted_possible + other.weighted_possible;
  weighted_final = weighted_final + other.weighted_final;
  adjusted = adjusted + other.adjusted;
  spent = spent + other.spent;
  tables += other.tables;
  unweighted += other.unweighted;
  indicators += other.indicators;
  reported += other.reported;
  reviewed += other.reviewed;
  return *this;
}

RollupSums& RollupSums::operator-=(const RollupSums& other) {
  weight = weight - other.weight;
  weighted_total = weighted_total - other.weighted_total;
  weighted_sure = weighted_sure - other.weighted_sure;
  weighted_possible = weighted_possible - other.weighted_possible;
  weighted_final = weighted_final - other.weighted_final;
  adjusted = adjusted - other.adjusted;
  spent = spent - other.spent;
  tables -= other.tables;
  unweighted -= other.unweighted;
  indicators -= other.indicators;
  reported -= other.reported;
  reviewed -= other.reviewed;
  return *this;
}

RollupSums TableSums(RollupMode mode, const TableScore& table, const Budget& budget,
                     const TableScore* reviewed, int64_t reviews) {
  RollupSums sums;
  sums.reviewed = reviews;
  sums.indicators = table.indicators;
  sums.reported = table.reported;
  if (budget.adjusted.has_value()) {
    sums.adjusted = *budget.adjusted;
    if (budget.spent.has_value()) sums.spent = *budget.spent;
  }
  if (!table.weighted) {
    sums.unweighted = 1;
    return sums;
  }
  sums.tables = 1;
  sums.weight = mode == RollupMode::kPlainMean ? Decimal::FromInt(1) : budget.adjusted.value_or(Decimal());
  sums.weighted_total = sums.weight * *table.total;
  sums.weighted_sure = sums.weight * *table.sure;
  sums.weighted_possible = sums.weight * *table.possible;
  sums.weighted_final = reviewed == nullptr ? sums.weighted_total : sums.weight * *reviewed->total;
  return sums;
}

UnitScore ScoreUnit(const Profile& profile, const RollupSums& sums, Explanation* out) {
  UnitScore unit;
  unit.tables = sums.tables;
  unit.unweighted = sums.unweighted;
  unit.indicators = sums.indicators;
  unit.reported = sums.reported;
  unit.reviewed = sums.reviewed;
  if (out != nullptr) {
    out->kind = ExplanationKind::kUnit;
    out->title = {"单位汇总", "unit"};
  }
  if (sums.weight.sign() > 0) {
    unit.total =
        Mean(profile, sums.weighted_total, sums.weight, out, ExplanationKind::kRollup,
             profile.rollup == RollupMode::kPlainMean
                 ? Words{"各表总分的简单平均", "plain mean of the tables' totals"}
                 : Words{"各表总分按全年预算数加权", "the tables' totals weighted by adjusted budget"});
    Explanation* interval =
        AddStep(out, ExplanationKind::kInterval, {"最低可得与最高可得", "sure and possible"});
    unit.sure = Mean(profile, sums.weighted_sure, sums.weight, interval, ExplanationKind::kFormula,
                     {"最低可得", "sure"});
    unit.possible = Mean(profile, sums.weighted_possible, sums.weight, interval, ExplanationKind::kFormula,
                         {"最高可得", "possible"});
    if (interval != nullptr) {
      interval->source = "RULES 2.6";
      interval->result = absl::StrCat("[", unit.sure->ToFixed(profile.total_decimals), ", ",
                                      unit.possible->ToFixed(profile.total_decimals), "]");
    }
    unit.grade = GradeOf(profile, *unit.total);
    Explanation* reviewed = sums.reviewed == 0 ? nullptr : out;
    unit.final_total = Mean(profile, sums.weighted_final, sums.weight, reviewed, ExplanationKind::kReview,
                            {"复核后：各表最终总分加权", "with reviews: the tables' final totals"});
    unit.final_grade = GradeOf(profile, *unit.final_total);
    if (out != nullptr) {
      out->result = unit.total->ToFixed(profile.total_decimals);
      AddStep(out, ExplanationKind::kGrade, {"等级，按舍入后的分数", "grade, from the rounded figure"})
          ->result = unit.grade;
    }
  } else {
    Branch(out, {"没有参与汇总的项目，或其预算合计为 0", "no table takes part, or their budgets sum to 0"});
  }
  if (sums.adjusted.sign() > 0) {
    unit.execution_rate = Quotient(sums.spent * Decimal::FromInt(100), sums.adjusted, 2, Rounding::kHalfAway);
    ExplainRate(sums, *unit.execution_rate, out);
  }
  return unit;
}

}  // namespace attain::scoring
