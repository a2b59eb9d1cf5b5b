// What may be recorded for a row.
#include "service/scoring/check.h"

#include "service/scoring/band.h"
#include "service/scoring/names.h"

namespace attain::scoring {
namespace {

bool NeedsNumber(const Indicator& indicator) {
  switch (indicator.rule) {
    case RuleKind::kProportional:
    case RuleKind::kSteps:
    case RuleKind::kSatisfaction:
      return true;
    case RuleKind::kRating:
      return false;  // a level, even where the row wrongly has a number for a target
    case RuleKind::kDirect:
    case RuleKind::kManual:
    case RuleKind::kUnmapped:
      break;
  }
  return indicator.target.has_value();
}

ReportProblem CheckLevel(const Case& c) {
  using Problem = ReportProblem;
  if (c.reported.level.empty()) return {Problem::kLevelExpected, {}, {}, false};
  const RatingBand* band = FindBand(c, c.reported.level);
  if (band == nullptr) return {Problem::kLevelUnknown, {}, {}, false};
  const std::optional<Decimal>& typed = c.reported.typed_score;
  if (!typed.has_value()) return {};
  if (!c.indicator.weight.has_value()) return {Problem::kScoreNotAllowed, {}, {}, false};
  const Band points = BandOf(c, *band);
  if (*typed >= points.low && *typed <= points.Last() && typed->scale() <= 2) return {};
  return {Problem::kScoreOutsideBand, points.low, points.high, points.high_inclusive};
}

}  // namespace

ReportProblem CheckReported(const Profile& profile, const Indicator& indicator, const Reported& reported) {
  using Problem = ReportProblem;
  static const Decimal kZero;
  const Case c{profile, indicator, reported, indicator.weight.has_value() ? *indicator.weight : kZero,
               nullptr};
  if (NeedsNumber(indicator) && !reported.number.has_value())
    return {Problem::kNumberExpected, {}, {}, false};
  if (indicator.rule == RuleKind::kRating) return CheckLevel(c);
  if (!reported.typed_score.has_value()) return {};
  if (indicator.rule != RuleKind::kManual || !indicator.weight.has_value())
    return {Problem::kScoreNotAllowed, {}, {}, false};
  const Decimal& typed = *reported.typed_score;
  if (typed.sign() >= 0 && typed <= c.weight && typed.scale() <= 2) return {};
  return {Problem::kScoreOutsideWeight, Decimal(), MostTyped(c.weight), true};
}

}  // namespace attain::scoring
