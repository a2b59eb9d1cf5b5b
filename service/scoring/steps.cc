// STEPS (区间赋分) and SATISFACTION (满意度赋分), RULES 2.2.

#include "absl/strings/str_cat.h"
#include "service/scoring/case.h"

namespace attain::scoring {

Decimal ScoreSteps(const Case& c) {
  for (const Step& step : c.List(&RuleOptions::steps)) {
    if (step.from_inclusive ? c.Actual() < step.from : c.Actual() <= step.from) continue;
    if (Explanation* branch = AddStep(c.out, ExplanationKind::kBranch, {"", ""})) {
      const std::string end = absl::StrCat("A ", step.from_inclusive ? "≥ " : "> ", step.from.ToString());
      branch->title = {absl::StrCat(end, "，按该区间系数得分"),
                       absl::StrCat(end, ": the factor of that step")};
      AddInput(branch, "A", {"实际完成值", "actual value"}, c.Actual());
      branch->inputs.back().revision = c.reported.revision;
    }
    return Points(c, step.factor * c.weight, Decimal::FromInt(1), "f × W", {"区间得分", "points of the step"},
                  {{"f", {"区间系数", "factor of the step"}, step.factor, c.OriginOf(&RuleOptions::steps)}});
  }
  return NoMarks(c, {"低于所有区间，得 0 分", "below every step: 0 points"});
}

Decimal ScoreSatisfaction(const Case& c) {
  switch (c.Option(&RuleOptions::satisfaction_mode, SatisfactionMode::kSteps)) {
    case SatisfactionMode::kAbsolute: {
      const Decimal hundred = Decimal::FromInt(100);
      if (c.Actual() >= hundred)
        return FullMarks(c, {"满意度 100%，得满分", "satisfaction of 100 %: full marks"});
      if (c.Actual().sign() <= 0) return NoMarks(c, {"A ≤ 0，得 0 分", "A ≤ 0: 0 points"});
      return Points(c, c.Actual() * c.weight, hundred, "A / 100 × W",
                    {"满意度百分比直接折算，不除以目标值",
                     "satisfaction as a percentage of W, not divided by the target"});
    }
    case SatisfactionMode::kRatioWithFloor:
      if (c.Actual() >= c.Target())
        return FullMarks(c, {"达到满意度目标，得满分", "the satisfaction target is reached: full marks"});
      if (c.Actual() < Decimal::FromInt(60))
        return NoMarks(c, {"满意度低于 60%，得 0 分", "satisfaction below 60 %: 0 points"});
      return Points(
          c, c.Actual() * c.weight, c.Target(), "A / T × W",
          {"满意度 60% 以上、未达目标，按比例得分", "from 60 % but below the target: in proportion"});
    case SatisfactionMode::kSteps:
      break;
  }
  return ScoreSteps(c);
}

}  // namespace attain::scoring
