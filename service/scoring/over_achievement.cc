// What over-achievement costs, RULES 2.3.

#include "service/scoring/case.h"

namespace attain::scoring {
namespace {

Decimal TakeTyped(const Case& c, const Decimal& score) {
  if (!c.reported.typed_deduction.has_value()) return score;
  const Decimal& deduction = *c.reported.typed_deduction;
  return Points(c, std::max(score - deduction, Decimal()), Decimal::FromInt(1), "max(0, S - d)",
                {"人工扣减超额完成分", "typed deduction for over-achievement"},
                {{"S", {"扣减前得分", "points before"}, score},
                 {"d", {"扣分", "points off"}, deduction, InputOrigin::kReport}});
}

Decimal ByTier(const Case& c, const Decimal& score) {
  for (const OverAchievementTier& tier : c.List(&RuleOptions::over_tiers)) {
    if (c.Actual() < tier.from_ratio * c.Target()) continue;
    return Points(
        c, score * tier.factor, Decimal::FromInt(1), "S × f",
        {"超额完成，按档次折减", "over-achieved: the tier's factor"},
        {{"S", {"折减前得分", "points before"}, score},
         {"f", {"档次系数", "factor of the tier"}, tier.factor, c.OriginOf(&RuleOptions::over_tiers)}});
  }
  return score;
}

// W·max(floor, 1 − k·max(0, A/T − limit)), over the denominator T.
Decimal ByDeviation(const Case& c) {
  const Decimal one = Decimal::FromInt(1);
  const Decimal limit = c.Option(&RuleOptions::over_deviation_limit, one);
  const Decimal slope = c.Option(&RuleOptions::over_deviation_slope, one);
  const Decimal floor = c.Option(&RuleOptions::over_deviation_floor, Decimal());
  const Ratio above = std::max(Ratio(c.Actual() - limit * c.Target(), c.Target()), Ratio());
  const Ratio share = std::max(Ratio(floor), Ratio(one) - Ratio(slope) * above);
  const Ratio exact = std::min(std::max(Ratio(c.weight) * share, Ratio()), Ratio(c.weight));
  Decimal points = std::min(exact.Round(c.Decimals(), c.RoundingMode()), c.weight);
  if (c.out == nullptr) return points;
  Explanation* step = AddStep(c.out, ExplanationKind::kFormula,
                              {"超额完成，按偏离程度折减", "over-achieved: points fall with the deviation"});
  AddInput(step, "W", {"分值权重", "weight in points"}, c.weight, InputOrigin::kTable);
  AddInput(step, "A", {"实际完成值", "actual value"}, c.Actual());
  step->inputs.back().revision = c.reported.revision;
  AddInput(step, "T", {"年度指标值", "target value"}, c.Target(), InputOrigin::kTable);
  AddInput(step, "g", {"最低比例", "least share that remains"}, floor,
           c.OriginOf(&RuleOptions::over_deviation_floor));
  AddInput(step, "k", {"折减系数", "slope"}, slope, c.OriginOf(&RuleOptions::over_deviation_slope));
  AddInput(step, "l", {"起折比例", "ratio above which points are lost"}, limit,
           c.OriginOf(&RuleOptions::over_deviation_limit));
  AddRounding(step, c.RoundingMode(), c.OriginOf(&RuleOptions::rounding));
  SetFormula(step,
             "min(W, " + Rounded(c.Decimals(), "W × min(1, max(0, g, 1 - k × max(0, A / T - l)))") + ")",
             Ratio(points), points.ToAtLeast(c.Decimals()));
  return points;
}

}  // namespace

Decimal AfterOverAchievement(const Case& c, const Decimal& score) {
  const OverAchievementMode mode = c.Option(&RuleOptions::over_mode, OverAchievementMode::kNone);
  if (mode == OverAchievementMode::kManual) return TakeTyped(c, score);
  if (c.Target().sign() <= 0) return score;  // no ratio to measure by
  if (mode == OverAchievementMode::kTiers) return ByTier(c, score);
  return mode == OverAchievementMode::kDeviation ? ByDeviation(c) : score;
}

}  // namespace attain::scoring
