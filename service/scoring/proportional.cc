// PROPORTIONAL (按照正常比例赋分), domain.md section 2.1.
#include "absl/strings/str_cat.h"
#include "service/scoring/internal.h"

namespace attain::scoring {
namespace {

Decimal Full(const Case& c, Text why) {
  Branch(c.out, std::move(why));
  return c.weight;
}

Decimal Zero(const Case& c, Text why) {
  Branch(c.out, std::move(why));
  return Decimal();
}

// Rounds and, when asked, shows the step.
Decimal Worked(const Case& c, const char* formula, const std::string& worked, const Ratio& exact, Text title) {
  const Decimal score = c.Rounded(exact);
  if (c.out != nullptr) {
    const std::string round = RoundName(c.Decimals());
    Explanation* step = Formula(c.out, std::move(title), absl::StrCat(round, "(", formula, ")"),
                                absl::StrCat(round, "(", worked, ") = ", round, "(", exact.ToText(), ")"),
                                score.ToFixed(c.Decimals()));
    CommonInputs(c, step);
    if (c.RoundingMode() != Rounding::kHalfAway) {
      Input(step, "rounding", {"舍入方式", "rounding"}, c.RoundingMode() == Rounding::kDown ? "down" : "half_even");
    }
  }
  return score;
}

Decimal DeductMissing(const Case& c, const Decimal& per_unit) {
  const Decimal& target = *c.indicator.target;
  const Decimal& actual = *c.reported.number;
  const Decimal missing = Ratio(target - actual).Ceil();
  const Decimal exact = std::max(c.weight - per_unit * missing, Decimal());
  std::string worked;
  if (c.out != nullptr) {
    worked = absl::StrCat("max(0, ", c.weight.ToString(), " - ", per_unit.ToString(), " × ceil(", target.ToString(), " - ",
                          actual.ToString(), "))");
  }
  const Decimal score =
      Worked(c, "max(0, W - k × ceil(T - A))", worked, Ratio(exact), {"每少一个整单位扣分", "points off for each missing whole unit"});
  if (c.out != nullptr) {
    Input(&c.out->steps.back(), "k", {"每缺一个单位扣分", "points off per missing unit"}, per_unit.ToString());
  }
  return score;
}

bool BelowGate(const Case& c) {
  const std::optional<Decimal> gate = c.Maybe(&RuleOptions::pass_gate);
  if (!gate.has_value() || *c.reported.number >= *gate * *c.indicator.target) return false;
  if (c.out != nullptr) {
    Branch(c.out, {absl::StrCat("完成率低于及格门槛 ", gate->ToString(), "，得 0 分"),
                   absl::StrCat("A / T is below the pass gate ", gate->ToString(), ": 0 points")});
  }
  return true;
}

// A < T, both positive: the share that was reached.
Decimal Share(const Case& c) {
  if (BelowGate(c)) return Decimal();
  if (const std::optional<Decimal> per_unit = c.Maybe(&RuleOptions::deduct_per_missing)) return DeductMissing(c, *per_unit);
  const Decimal& target = *c.indicator.target;
  const Decimal& actual = *c.reported.number;
  std::string worked;
  if (c.out != nullptr) worked = absl::StrCat(actual.ToString(), " / ", target.ToString(), " × ", c.weight.ToString());
  return Worked(c, "A / T × W", worked, Ratio(actual * c.weight, target), {"按完成比例得分", "points by the share reached"});
}

Decimal AtLeast(const Case& c) {
  const Decimal& target = *c.indicator.target;
  const Decimal& actual = *c.reported.number;
  if (actual >= target) return Full(c, {"A ≥ T，得满分", "A ≥ T: full marks"});
  if (target.sign() <= 0) return Zero(c, {"A < T，目标不为正，得 0 分", "A < T and the target is not positive: 0 points"});
  if (actual.sign() <= 0) return Zero(c, {"A ≤ 0，得 0 分", "A ≤ 0: 0 points"});
  return Share(c);
}

Decimal Equal(const Case& c) {
  const Decimal& target = *c.indicator.target;
  const Decimal& actual = *c.reported.number;
  if (target.sign() == 0) {
    return actual.sign() <= 0 ? Full(c, {"目标为 0，A ≤ 0，得满分", "the target is 0 and A ≤ 0: full marks"})
                              : Zero(c, {"目标为 0，A > 0，得 0 分", "the target is 0 and A > 0: 0 points"});
  }
  const EqualMode mode = c.Option(&RuleOptions::equal_mode, EqualMode::kAtLeast);
  if (mode == EqualMode::kStrict || target.sign() < 0) {
    return actual == target ? Full(c, {"A = T，得满分", "A = T: full marks"}) : Zero(c, {"A ≠ T，得 0 分", "A ≠ T: 0 points"});
  }
  if (mode == EqualMode::kAtLeast) return AtLeast(c);
  if (actual.sign() <= 0) return Zero(c, {"A ≤ 0，得 0 分", "A ≤ 0: 0 points"});
  if (actual < target && BelowGate(c)) return Decimal();
  const Decimal gap = actual > target ? actual - target : target - actual;
  if (gap >= target) return Zero(c, {"偏差达到目标值，得 0 分", "off by the target or more: 0 points"});
  std::string worked;
  if (c.out != nullptr) {
    const std::string difference = absl::StrCat("max(", actual.ToString(), " - ", target.ToString(), ", ", target.ToString(), " - ",
                                                actual.ToString(), ")");
    worked = absl::StrCat("(1 - ", difference, " / ", target.ToString(), ") × ", c.weight.ToString());
  }
  return Worked(c, "(1 - max(A - T, T - A) / T) × W", worked, Ratio((target - gap) * c.weight, target),
                {"按与目标的偏差得分", "points by the distance from the target"});
}

Decimal AtMost(const Case& c) {
  const Decimal& target = *c.indicator.target;
  const Decimal& actual = *c.reported.number;
  if (actual <= target) return Full(c, {"A ≤ T，得满分", "A ≤ T: full marks"});
  if (target.sign() <= 0) return Zero(c, {"A > T，目标不为正，得 0 分", "A > T and the target is not positive: 0 points"});
  if (c.Option(&RuleOptions::reverse_mode, ReverseMode::kLinear) == ReverseMode::kRatio) {
    std::string worked;
    if (c.out != nullptr) worked = absl::StrCat(target.ToString(), " / ", actual.ToString(), " × ", c.weight.ToString());
    return Worked(c, "T / A × W", worked, Ratio(target * c.weight, actual), {"超出目标，按反比得分", "above the target: inverse share"});
  }
  const Decimal twice = target + target;
  if (actual >= twice) return Zero(c, {"A ≥ 2T，得 0 分", "A ≥ 2T: 0 points"});
  std::string worked;
  if (c.out != nullptr) {
    worked = absl::StrCat("(1 - (", actual.ToString(), " - ", target.ToString(), ") / ", target.ToString(), ") × ", c.weight.ToString());
  }
  return Worked(c, "(1 - (A - T) / T) × W", worked, Ratio((twice - actual) * c.weight, target),
                {"超出目标，按超出比例扣分", "above the target: points fall in proportion"});
}

}  // namespace

bool TargetMet(const Indicator& indicator, const Decimal& actual) {
  const Decimal& target = *indicator.target;
  switch (indicator.comparator) {
    case Comparator::kAtLeast:
    case Comparator::kGreater:  // at equality ">" scores like "≥"
      return actual >= target;
    case Comparator::kAtMost:
    case Comparator::kLess:
      return actual <= target;
    case Comparator::kEqual:
      return target.sign() == 0 ? actual.sign() <= 0 : actual >= target;
    case Comparator::kNone:
      break;
  }
  return false;
}

Decimal ScoreProportional(const Case& c) {
  switch (c.indicator.comparator) {
    case Comparator::kAtMost:
    case Comparator::kLess:
      return AtMost(c);
    case Comparator::kEqual:
      return Equal(c);
    case Comparator::kAtLeast:
    case Comparator::kGreater:
    case Comparator::kNone:
      break;
  }
  return AtLeast(c);
}

}  // namespace attain::scoring
