// DIRECT (直接赋分), RULES 2.2.

#include "service/scoring/case.h"

namespace attain::scoring {

Decimal ScoreDirect(const Case& c) {
  const bool met = c.indicator.target.has_value() ? TargetMet(c) : *c.reported.met;
  if (met) return FullMarks(c, {"达到目标，得满分", "met: full marks"});
  const Decimal* deduction = c.Maybe(&RuleOptions::direct_deduction);
  if (deduction == nullptr) return NoMarks(c, {"未达到目标，得 0 分", "not met: 0 points"});
  return Points(c, std::max(c.weight - *deduction, Decimal()), Decimal::FromInt(1), "max(0, W - d)",
                {"未达到目标，扣减规定分值", "not met: the stated points are taken off"},
                {{"d", {"扣分", "points off"}, *deduction, c.OriginOf(&RuleOptions::direct_deduction)}});
}

}  // namespace attain::scoring
