// PROPORTIONAL (按照正常比例赋分), RULES 2.1.

#include "absl/strings/str_cat.h"
#include "service/scoring/case.h"

namespace attain::scoring {
namespace {

bool BelowGate(const Case& c) {
  const Decimal* gate = c.Maybe(&RuleOptions::pass_gate);
  if (gate == nullptr || c.Actual() >= *gate * c.Target()) return false;
  if (Explanation* step = AddStep(c.out, ExplanationKind::kBranch, {"", ""})) {
    step->title = {absl::StrCat("完成率低于及格门槛 ", gate->ToString(), "，得 0 分"),
                   absl::StrCat("A / T is below the pass gate ", gate->ToString(), ": 0 points")};
  }
  return true;
}

// 0 < A < T: the share that was reached.
Decimal Share(const Case& c) {
  if (BelowGate(c)) return Decimal();
  if (const Decimal* per_unit = c.Maybe(&RuleOptions::deduct_per_missing)) {
    const Decimal missing = Ratio(c.Target() - c.Actual()).Ceil();
    return Points(c, std::max(c.weight - *per_unit * missing, Decimal()), Decimal::FromInt(1),
                  "max(0, W - k × ceil(T - A))",
                  {"每少一个整单位扣分", "points off for each missing whole unit"},
                  {{"k",
                    {"每少一个单位扣分", "points off per missing unit"},
                    *per_unit,
                    c.OriginOf(&RuleOptions::deduct_per_missing)}});
  }
  return Points(c, c.Actual() * c.weight, c.Target(), "A / T × W",
                {"按完成比例得分", "points by the share reached"});
}

Decimal AtLeast(const Case& c) {
  if (c.Actual() >= c.Target()) return FullMarks(c, {"A ≥ T，得满分", "A ≥ T: full marks"});
  if (c.Target().sign() <= 0)
    return NoMarks(c, {"A < T，目标不为正，得 0 分", "A < T and the target is not positive: 0 points"});
  if (c.Actual().sign() <= 0) return NoMarks(c, {"A ≤ 0，得 0 分", "A ≤ 0: 0 points"});
  return Share(c);
}

// W·max(0, 1−|A−T|/T)
Decimal Symmetric(const Case& c) {
  if (c.Actual() == c.Target()) return FullMarks(c, {"A = T，得满分", "A = T: full marks"});
  if (c.Target().sign() < 0)
    return NoMarks(c, {"A ≠ T，目标为负，得 0 分", "A ≠ T and the target is negative: 0 points"});
  const bool below = c.Actual() < c.Target();
  if (below && c.Actual().sign() > 0 && BelowGate(c)) return Decimal();
  const Decimal gap = below ? c.Target() - c.Actual() : c.Actual() - c.Target();
  if (gap >= c.Target())
    return NoMarks(c, {"偏差达到目标值，得 0 分", "off by the target or more: 0 points"});
  return Points(c, (c.Target() - gap) * c.weight, c.Target(),
                below ? "(1 - (T - A) / T) × W" : "(1 - (A - T) / T) × W",
                {"按与目标的偏差得分", "points by the distance from the target"});
}

Decimal Equal(const Case& c) {
  if (c.Target().is_zero()) {
    return c.Actual().sign() <= 0
               ? FullMarks(c, {"目标为 0，A ≤ 0，得满分", "the target is 0 and A ≤ 0: full marks"})
               : NoMarks(c, {"目标为 0，A > 0，得 0 分", "the target is 0 and A > 0: 0 points"});
  }
  switch (c.Option(&RuleOptions::equal_mode, EqualMode::kAtLeast)) {
    case EqualMode::kStrict:
      return c.Actual() == c.Target() ? FullMarks(c, {"A = T，得满分", "A = T: full marks"})
                                      : NoMarks(c, {"A ≠ T，得 0 分", "A ≠ T: 0 points"});
    case EqualMode::kSymmetric:
      return Symmetric(c);
    case EqualMode::kAtLeast:
      break;
  }
  return AtLeast(c);
}

Decimal AtMost(const Case& c) {
  if (c.Actual() <= c.Target()) return FullMarks(c, {"A ≤ T，得满分", "A ≤ T: full marks"});
  if (c.Target().sign() <= 0)
    return NoMarks(c, {"A > T，目标不为正，得 0 分", "A > T and the target is not positive: 0 points"});
  if (c.Option(&RuleOptions::reverse_mode, ReverseMode::kLinear) == ReverseMode::kRatio) {
    return Points(c, c.Target() * c.weight, c.Actual(), "T / A × W",
                  {"超出目标，按反比得分", "above the target: inverse share"});
  }
  const Decimal twice = c.Target() + c.Target();
  if (c.Actual() >= twice) return NoMarks(c, {"A ≥ 2T，得 0 分", "A ≥ 2T: 0 points"});
  return Points(c, (twice - c.Actual()) * c.weight, c.Target(), "(1 - (A - T) / T) × W",
                {"超出目标，按超出比例扣分", "above the target: points fall in proportion"});
}

}  // namespace

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
