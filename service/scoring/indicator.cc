#include <algorithm>

#include "absl/strings/str_cat.h"
#include "service/scoring/internal.h"
#include "service/scoring/score.h"

namespace attain::scoring {
namespace {

bool IsForward(const Indicator& indicator) {
  return indicator.comparator == Comparator::kAtLeast || indicator.comparator == Comparator::kGreater ||
         indicator.comparator == Comparator::kEqual;
}

// A/T when both are known and T > 0.
std::optional<Ratio> Completion(const Indicator& indicator, const Reported& reported) {
  if (!reported.number.has_value() || !indicator.target.has_value() || indicator.target->sign() <= 0) return std::nullopt;
  return Ratio(*reported.number, *indicator.target);
}

// Whether over-achievement is a question for this case: a forward numeric target that is surpassed.
bool CanOverAchieve(const Case& c) {
  if (!IsForward(c.indicator) || !c.reported.number.has_value() || !c.indicator.target.has_value()) return false;
  if (c.indicator.rule == RuleKind::kDirect) return TargetMet(c.indicator, *c.reported.number);
  if (c.indicator.rule != RuleKind::kProportional) return false;
  const bool at_least = c.indicator.comparator != Comparator::kEqual ||
                        c.Option(&RuleOptions::equal_mode, EqualMode::kAtLeast) == EqualMode::kAtLeast;
  return at_least && *c.reported.number >= *c.indicator.target;
}

// The score by the rule; unset when a person has yet to type it.
std::optional<Decimal> ByRule(const Case& c) {
  std::optional<Decimal> score;
  switch (c.indicator.rule) {
    case RuleKind::kProportional:
      score = ScoreProportional(c);
      break;
    case RuleKind::kDirect:
      score = ScoreDirect(c);
      break;
    case RuleKind::kSatisfaction:
      return ScoreSatisfaction(c);
    case RuleKind::kSteps:
      return ScoreSteps(c);
    case RuleKind::kRating:
    case RuleKind::kManual:
      if (c.reported.typed_score.has_value() && c.out != nullptr) {
        Explanation* step = Formula(c.out, {"评定得分", "typed score"}, "S", c.reported.typed_score->ToString(),
                                    c.reported.typed_score->ToFixed(2));
        Input(step, "S", {"评定得分", "typed score"}, c.reported.typed_score->ToString(), "", c.reported.revision, c.reported.date);
      }
      return c.reported.typed_score;
    case RuleKind::kUnmapped:
      return std::nullopt;
  }
  return CanOverAchieve(c) ? AfterOverAchievement(c, *score) : *score;
}

// The least an unreported row can end at when it is reported after all.
Decimal LeastOf(const Case& c) {
  const Indicator& row = c.indicator;
  const bool numeric = row.target.has_value();
  if (row.rule == RuleKind::kDirect) {
    if (const std::optional<Decimal> deduction = c.Maybe(&RuleOptions::direct_deduction)) {
      return c.Rounded(Ratio(std::max(c.weight - *deduction, Decimal())));
    }
  }
  // With T ≤ 0 every non-negative value reaches a "≥" target.
  const bool always_met = numeric && !row.allow_negative && row.target->sign() <= 0 &&
                          (row.comparator == Comparator::kAtLeast || row.comparator == Comparator::kGreater);
  if (always_met && row.rule == RuleKind::kProportional) return c.weight;
  return Decimal();
}

void SetInterval(const Case& c, IndicatorScore* score) {
  if (score->status == ScoreStatus::kScored) {
    score->sure = score->possible = *score->score;
    return;
  }
  score->sure = score->status == ScoreStatus::kUnreported ? LeastOf(c) : Decimal();
  score->possible = c.weight;
  if (score->status != ScoreStatus::kUnscored || c.indicator.rule != RuleKind::kRating) return;
  if (const RatingBand* band = FindBand(c, c.reported.level)) {
    const Band points = BandOf(c, *band);
    score->sure = points.low;
    score->possible = points.Last();
  }
}

bool IsMet(const Case& c, const IndicatorScore& score) {
  if (!c.reported.reported) return false;
  if (c.reported.number.has_value() && c.indicator.target.has_value()) return TargetMet(c.indicator, *c.reported.number);
  if (c.reported.met.has_value()) return *c.reported.met;
  if (!c.reported.level.empty()) return !c.Bands().empty() && c.Bands().front().level == c.reported.level;
  return score.score.has_value() && *score.score == c.weight;
}

uint32_t FlagsOf(const Case& c, const IndicatorScore& score, const std::optional<Ratio>& completion) {
  uint32_t flags = 0;
  const bool forward = IsForward(c.indicator) && completion.has_value();
  if (forward && *completion >= Ratio(c.profile.over_flag_ratio)) flags |= kFlagOverAchieved;
  const bool far_above = forward && *completion >= Ratio(c.profile.over_reason_ratio);
  const bool below = score.score.has_value() && *score.score < c.weight;
  if (far_above || below) flags |= kFlagReasonRequired;
  return flags;
}

Text StatusText(ScoreStatus status) {
  switch (status) {
    case ScoreStatus::kUnreported: return {"尚未上报：目前 0 分，与上报 0 不同", "not reported: 0 so far, which is not a reported 0"};
    case ScoreStatus::kUnscored: return {"已上报，等待评定得分", "reported; a person still has to type the score"};
    case ScoreStatus::kUnmapped: return {"赋分规则尚未映射，不计分", "the scoring rule is not mapped: no score"};
    case ScoreStatus::kNotApplicable: return {"不适用，不计入分子分母", "not applicable: outside numerator and denominator"};
    case ScoreStatus::kUnweighted: return {"没有权重，只看完成情况", "no weight: completion only"};
    case ScoreStatus::kScored: break;
  }
  return {};
}

void Frame(const Case& c, const IndicatorScore& score, Explanation* out) {
  out->kind = ExplanationKind::kIndicator;
  out->title = {c.indicator.name, c.indicator.name};
  out->source = c.indicator.rule == RuleKind::kProportional ? "§2.1" : "§2.2";
  if (score.status != ScoreStatus::kScored) Branch(out, StatusText(score.status));
  out->result = score.score.has_value() ? score.score->ToFixed(c.Decimals()) : "";
  if (score.weight.has_value() && score.status != ScoreStatus::kNotApplicable) {
    Explanation& interval = out->steps.emplace_back();
    interval.kind = ExplanationKind::kInterval;
    interval.title = {"保底分与可达分", "sure and possible"};
    interval.result = absl::StrCat("[", score.sure.ToFixed(2), ", ", score.possible.ToFixed(2), "]");
  }
}

}  // namespace

IndicatorScore ScoreIndicator(const Profile& profile, const Indicator& indicator, const Reported& reported,
                              Explanation* out) {
  static const Decimal kZero;
  const Case c{profile, indicator, reported, indicator.weight.has_value() ? *indicator.weight : kZero, out};
  IndicatorScore score;
  score.weight = indicator.weight;
  const std::optional<Ratio> completion = Completion(indicator, reported);
  if (completion.has_value()) {
    score.completion = (*completion * Ratio(Decimal::FromInt(100))).Round(2, Rounding::kHalfAway);
  }
  if (indicator.not_applicable) {
    score.status = ScoreStatus::kNotApplicable;
  } else if (!indicator.weight.has_value()) {
    score.status = ScoreStatus::kUnweighted;
  } else if (indicator.rule == RuleKind::kUnmapped) {
    score.status = ScoreStatus::kUnmapped;
  } else if (!reported.reported) {
    score.status = ScoreStatus::kUnreported;
  } else {
    score.score = ByRule(c);
    score.status = score.score.has_value() ? ScoreStatus::kScored : ScoreStatus::kUnscored;
  }
  if (!indicator.not_applicable && indicator.weight.has_value()) SetInterval(c, &score);
  score.met = IsMet(c, score);
  score.flags = FlagsOf(c, score, completion);
  if (out != nullptr) Frame(c, score, out);
  return score;
}

ReportProblem CheckReported(const Profile& profile, const Indicator& indicator, const Reported& reported) {
  using Problem = ReportProblem;
  static const Decimal kZero;
  const Case c{profile, indicator, reported, indicator.weight.has_value() ? *indicator.weight : kZero, nullptr};
  if (indicator.target.has_value() && !reported.number.has_value()) return {Problem::kNumberExpected, {}, {}, false};
  const bool typed = reported.typed_score.has_value();
  switch (indicator.rule) {
    case RuleKind::kRating: {
      if (reported.level.empty()) return {Problem::kLevelExpected, {}, {}, false};
      const RatingBand* band = FindBand(c, reported.level);
      if (band == nullptr) return {Problem::kLevelUnknown, {}, {}, false};
      const Band points = BandOf(c, *band);
      if (!typed || (*reported.typed_score >= points.low && *reported.typed_score <= points.Last())) return {};
      return {Problem::kScoreOutsideBand, points.low, points.high, points.high_inclusive};
    }
    case RuleKind::kManual:
      if (!typed || (reported.typed_score->sign() >= 0 && *reported.typed_score <= c.weight)) return {};
      return {Problem::kScoreOutsideWeight, Decimal(), c.weight, true};
    default:
      return typed ? ReportProblem{Problem::kScoreNotAllowed, {}, {}, false} : ReportProblem{};
  }
}

}  // namespace attain::scoring
