// DIRECT, SATISFACTION, STEPS and over-achievement, domain.md sections 2.2 and 2.3.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "service/scoring/internal.h"

namespace attain::scoring {
namespace {

Decimal ByFactor(const Case& c, const Decimal& factor, Text title) {
  const Decimal score = c.Rounded(Ratio(factor * c.weight));
  if (c.out != nullptr) {
    const std::string round = RoundName(c.Decimals());
    Explanation* step = Formula(c.out, std::move(title), absl::StrCat(round, "(f × W)"),
                                absl::StrCat(round, "(", factor.ToString(), " × ", c.weight.ToString(), ")"),
                                score.ToFixed(c.Decimals()));
    CommonInputs(c, step);
    Input(step, "f", {"区间系数", "factor of the step"}, factor.ToString());
  }
  return score;
}

// Share of W by a quotient that the caller states; capped at W.
Decimal ByQuotient(const Case& c, const Decimal& actual, const Decimal& base, const char* formula, Text title) {
  const Ratio exact = std::min(Ratio(actual * c.weight, base), Ratio(c.weight));
  const Decimal score = c.Rounded(exact);
  if (c.out != nullptr) {
    const std::string round = RoundName(c.Decimals());
    Explanation* step = Formula(
        c.out, std::move(title), absl::StrCat(round, "(min(W, ", formula, "))"),
        absl::StrCat(round, "(min(", c.weight.ToString(), ", ", actual.ToString(), " / ", base.ToString(), " × ", c.weight.ToString(), "))"),
        score.ToFixed(c.Decimals()));
    CommonInputs(c, step);
  }
  return score;
}

}  // namespace

Decimal ScoreDirect(const Case& c) {
  const bool met = c.reported.number.has_value() && c.indicator.target.has_value()
                       ? TargetMet(c.indicator, *c.reported.number)
                       : c.reported.met.value_or(false);
  if (met) {
    Branch(c.out, {"达到目标，得满分", "met: full marks"});
    return c.weight;
  }
  const std::optional<Decimal> deduction = c.Maybe(&RuleOptions::direct_deduction);
  if (!deduction.has_value()) {
    Branch(c.out, {"未达到目标，得 0 分", "not met: 0 points"});
    return Decimal();
  }
  const Decimal score = c.Rounded(Ratio(std::max(c.weight - *deduction, Decimal())));
  if (c.out != nullptr) {
    Explanation* step = Formula(c.out, {"未达到目标，扣减规定分值", "not met: the stated points are taken off"}, "max(0, W - d)",
                                absl::StrCat("max(0, ", c.weight.ToString(), " - ", deduction->ToString(), ")"),
                                score.ToFixed(c.Decimals()));
    CommonInputs(c, step);
    Input(step, "d", {"扣分", "points off"}, deduction->ToString());
  }
  return score;
}

Decimal ScoreSteps(const Case& c) {
  const Decimal& actual = *c.reported.number;
  for (const Step& step : c.Steps()) {
    if (step.from_inclusive ? actual >= step.from : actual > step.from) {
      Text title;
      if (c.out != nullptr) {
        const char* sign = step.from_inclusive ? "≥" : ">";
        title = {absl::StrCat("A ", sign, " ", step.from.ToString(), "，按该区间系数得分"),
                 absl::StrCat("A ", sign, " ", step.from.ToString(), ": the factor of that step")};
      }
      return ByFactor(c, step.factor, std::move(title));
    }
  }
  Branch(c.out, {"低于所有区间，得 0 分", "below every step: 0 points"});
  return Decimal();
}

Decimal ScoreSatisfaction(const Case& c) {
  const Decimal& actual = *c.reported.number;
  switch (c.Option(&RuleOptions::satisfaction_mode, SatisfactionMode::kSteps)) {
    case SatisfactionMode::kSteps:
      return ScoreSteps(c);
    case SatisfactionMode::kAbsolute:
      if (actual.sign() <= 0) break;
      return ByQuotient(c, actual, Decimal::FromInt(100), "A / 100 × W", {"满意度按百分比直接得分", "satisfaction as a percentage of W"});
    case SatisfactionMode::kRatioWithFloor:
      if (actual >= *c.indicator.target) {
        Branch(c.out, {"达到满意度目标，得满分", "the satisfaction target is reached: full marks"});
        return c.weight;
      }
      if (actual < Decimal::FromInt(60)) break;
      return ByQuotient(c, actual, *c.indicator.target, "A / T × W", {"满意度 60% 以上未达目标，按比例得分", "from 60 % but below the target: in proportion"});
  }
  Branch(c.out, {"满意度低于起分线，得 0 分", "satisfaction below the floor: 0 points"});
  return Decimal();
}

Decimal AfterOverAchievement(const Case& c, const Decimal& score) {
  const OverAchievementMode mode = c.Option(&RuleOptions::over_mode, OverAchievementMode::kNone);
  if (mode == OverAchievementMode::kNone) return score;
  if (mode == OverAchievementMode::kManual) {
    if (!c.reported.typed_deduction.has_value()) return score;
    const Decimal left = std::max(score - *c.reported.typed_deduction, Decimal());
    if (c.out != nullptr) {
      Explanation* step = Formula(c.out, {"人工扣减超额完成分", "typed deduction for over-achievement"}, "max(0, S - d)",
                                  absl::StrCat("max(0, ", score.ToString(), " - ", c.reported.typed_deduction->ToString(), ")"),
                                  left.ToFixed(c.Decimals()));
      Input(step, "S", {"扣减前得分", "points before"}, score.ToString());
      Input(step, "d", {"扣分", "points off"}, c.reported.typed_deduction->ToString(), "", c.reported.revision);
    }
    return left;
  }
  const Decimal& target = *c.indicator.target;
  const Decimal& actual = *c.reported.number;
  if (target.sign() <= 0 || actual <= target) return score;
  if (mode == OverAchievementMode::kTiers) {
    const auto& tiers = c.indicator.options.over_tiers.empty() ? c.profile.defaults.over_tiers : c.indicator.options.over_tiers;
    for (const OverAchievementTier& tier : tiers) {
      if (actual < tier.from_ratio * target) continue;
      return ByFactor(c, tier.factor, {"超额完成，按档次折减", "over-achieved: the tier's factor"});
    }
    return score;
  }
  const Decimal limit = c.Option(&RuleOptions::over_deviation_limit, Decimal::FromInt(1));
  const Decimal slope = c.Option(&RuleOptions::over_deviation_slope, Decimal::FromInt(1));
  const Decimal floor = c.Option(&RuleOptions::over_deviation_floor, Decimal());
  const Ratio above = std::max(Ratio(actual - limit * target, target), Ratio());
  const Ratio share = std::max(Ratio(floor), Ratio(Decimal::FromInt(1)) - Ratio(slope) * above);
  const Decimal left = c.Rounded(Ratio(c.weight) * share);
  if (c.out != nullptr) {
    const std::string round = RoundName(c.Decimals());
    Explanation* step = Formula(
        c.out, {"超额完成，按偏离程度折减", "over-achieved: points fall with the deviation"},
        absl::StrCat(round, "(W × max(g, 1 - k × max(0, A / T - l)))"),
        absl::StrCat(round, "(", c.weight.ToString(), " × max(", floor.ToString(), ", 1 - ", slope.ToString(), " × max(0, ",
                     actual.ToString(), " / ", target.ToString(), " - ", limit.ToString(), ")))"),
        left.ToFixed(c.Decimals()));
    CommonInputs(c, step);
    Input(step, "g", {"最低比例", "least share that remains"}, floor.ToString());
    Input(step, "k", {"折减系数", "slope"}, slope.ToString());
    Input(step, "l", {"起折比例", "ratio from which points are lost"}, limit.ToString());
  }
  return left;
}

}  // namespace attain::scoring
