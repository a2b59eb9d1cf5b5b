// What a row without a score can still end at, RULES 2.6.
//
// A rule is a monotone function of the actual value between the points where its branches meet, so its least
// and greatest score are found by scoring the values at, just below and just above those points: the rule
// itself is asked, there is no second copy of it.

#include "service/scoring/band.h"
#include "service/scoring/case.h"

namespace attain::scoring {
namespace {

void Widen(const Decimal& points, std::optional<Interval>* range) {
  if (!range->has_value()) {
    *range = Interval{points, points};
    return;
  }
  (*range)->sure = std::min((*range)->sure, points);
  (*range)->possible = std::max((*range)->possible, points);
}

void Try(const Case& c, const Reported& reported, std::optional<Interval>* range) {
  const std::optional<Decimal> points = ScoreByRule({c.profile, c.indicator, reported, c.weight, nullptr});
  if (points.has_value()) Widen(*points, range);
}

std::optional<Interval> OfNumbers(const Case& c) {
  // The finest difference that can be reported, and a value beyond every sum of reports.
  static const Decimal kStep = Decimal::FromInt64(1, 9);
  static const Decimal kHuge(PowerOfTen(40), 0);
  std::vector<Decimal> values = {kHuge, -kHuge};
  for (const Decimal& turn : Turns(c)) {
    const Decimal near = turn.Round(9, Rounding::kDown);
    values.insert(values.end(), {near - kStep, near, near + kStep});
  }
  std::optional<Interval> range;
  const bool typed_deduction =
      c.Option(&RuleOptions::over_mode, OverAchievementMode::kNone) == OverAchievementMode::kManual;
  for (const Decimal& value : values) {
    if (value.sign() < 0 && !c.indicator.allow_negative) continue;
    Reported reported;
    reported.reported = true;
    reported.number = value;
    Try(c, reported, &range);
    // A person may take points off an over-achieved row, down to none.
    if (typed_deduction) reported.typed_deduction = c.weight;
    Try(c, reported, &range);
  }
  return range;
}

std::optional<Interval> OfYesAndNo(const Case& c) {
  std::optional<Interval> range;
  for (const bool met : {false, true}) {
    Reported reported;
    reported.reported = true;
    reported.met = met;
    Try(c, reported, &range);
  }
  return range;
}

std::optional<Interval> OfLevels(const Case& c) {
  std::optional<Interval> range;
  const RatingBand* only = c.reported.reported ? FindBand(c, c.reported.level) : nullptr;
  for (const RatingBand& band : c.List(&RuleOptions::rating_bands)) {
    if (only != nullptr && &band != only) continue;
    const Band points = BandOf(c, band);
    Widen(points.low, &range);
    Widen(points.Last(), &range);
  }
  return range;
}

}  // namespace

std::vector<Decimal> Turns(const Case& c) {
  std::vector<Decimal> turns = {Decimal(), Decimal::FromInt(60), Decimal::FromInt(100)};
  for (const Step& step : c.List(&RuleOptions::steps)) turns.push_back(step.from);
  if (!c.indicator.target.has_value()) return turns;
  const Decimal& target = c.Target();
  turns.push_back(target);
  turns.push_back(target + target);
  if (const Decimal* gate = c.Maybe(&RuleOptions::pass_gate)) turns.push_back(*gate * target);
  if (const Decimal* limit = c.Maybe(&RuleOptions::over_deviation_limit)) turns.push_back(*limit * target);
  for (const OverAchievementTier& tier : c.List(&RuleOptions::over_tiers))
    turns.push_back(tier.from_ratio * target);
  return turns;
}

Interval OpenInterval(const Case& c) {
  std::optional<Interval> range;
  if (RuleFits(c)) {
    switch (c.indicator.rule) {
      case RuleKind::kProportional:
      case RuleKind::kSteps:
      case RuleKind::kSatisfaction:
        range = OfNumbers(c);
        break;
      case RuleKind::kDirect:
        range = c.indicator.target.has_value() ? OfNumbers(c) : OfYesAndNo(c);
        break;
      case RuleKind::kRating:
        range = OfLevels(c);
        break;
      case RuleKind::kManual:
        range = Interval{Decimal(), MostTyped(c.weight)};
        break;
      case RuleKind::kUnmapped:
        break;
    }
  }
  return range.value_or(Interval{Decimal(), c.weight});
}

}  // namespace attain::scoring
