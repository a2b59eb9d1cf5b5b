// The score of one row: which status it has, what the rule gives, what stays open.
#include "service/scoring/indicator.h"

#include "absl/strings/str_cat.h"
#include "service/scoring/band.h"
#include "service/scoring/case.h"
#include "service/scoring/names.h"

namespace attain::scoring {
namespace {

bool IsForward(const Indicator& indicator) {
  return indicator.comparator == Comparator::kAtLeast || indicator.comparator == Comparator::kGreater ||
         indicator.comparator == Comparator::kEqual;
}

// A/T has a meaning.
bool HasRatio(const Case& c) {
  return c.reported.reported && c.reported.number.has_value() && c.indicator.target.has_value() &&
         c.Target().sign() > 0;
}

// Whether more than the target is more of the same: an exact or an upper target is missed by passing it.
bool MoreIsMore(const Case& c) {
  if (!IsForward(c.indicator)) return false;
  return c.indicator.comparator != Comparator::kEqual ||
         (c.Option(&RuleOptions::equal_mode, EqualMode::kAtLeast) == EqualMode::kAtLeast &&
          !c.Target().is_zero());
}

bool CanOverAchieve(const Case& c) {
  return IsForward(c.indicator) && c.Actual() >= c.Target() && MoreIsMore(c);
}

void ExplainTyped(const Case& c) {
  if (c.out == nullptr) return;
  if (const RatingBand* band = FindBand(c, c.reported.level)) ExplainBand(c, *band);
  if (!c.reported.typed_score.has_value()) return;
  Explanation* step =
      AddStep(c.out, ExplanationKind::kBranch, {"评定得分，由人填写", "score typed by a person"});
  AddInput(step, "S", {"评定得分", "typed score"}, *c.reported.typed_score, InputOrigin::kReport);
  step->inputs.back().revision = c.reported.revision;
  step->inputs.back().date = c.reported.date;
  step->result = c.reported.typed_score->ToAtLeast(2);
}

bool IsMet(const Case& c, const IndicatorScore& score) {
  if (!c.reported.reported) return false;
  if (c.reported.number.has_value() && c.indicator.target.has_value()) return TargetMet(c);
  if (c.reported.met.has_value()) return *c.reported.met;
  if (!c.reported.level.empty()) {
    const auto& bands = c.List(&RuleOptions::rating_bands);
    return !bands.empty() && bands.front().level == c.reported.level;
  }
  return score.score.has_value() && c.weight.sign() > 0 && *score.score == c.weight;
}

uint32_t FlagsOf(const Case& c, const IndicatorScore& score) {
  uint32_t flags = 0;
  if (HasRatio(c) && IsForward(c.indicator) && c.Actual() > c.Target()) {
    if (c.Actual() >= c.profile.over_flag_ratio * c.Target()) flags |= kFlagOverAchieved;
    if (c.Actual() >= c.profile.over_reason_ratio * c.Target()) flags |= kFlagReasonRequired;
  }
  if (score.score.has_value() && *score.score < c.weight) flags |= kFlagReasonRequired;
  const Indicator& row = c.indicator;
  if (row.target.has_value() && row.prior.has_value() && IsEasier(row.comparator, *row.target, *row.prior))
    flags |= kFlagEasier;
  return flags;
}

ScoreStatus StatusOf(const Case& c) {
  if (c.indicator.not_applicable) return ScoreStatus::kNotApplicable;
  if (!c.indicator.weight.has_value()) return ScoreStatus::kUnweighted;
  if (!RuleFits(c)) return ScoreStatus::kUnmapped;
  return c.reported.reported ? ScoreStatus::kUnscored : ScoreStatus::kUnreported;
}

void ExplainStatus(const Case& c, ScoreStatus status) {
  switch (status) {
    case ScoreStatus::kUnreported:
      return Branch(
          c.out, {"尚未上报：目前 0 分，与上报 0 不同", "not reported: 0 so far, which is not a reported 0"});
    case ScoreStatus::kUnscored:
      return Branch(c.out, {"已上报，等待评定得分", "reported; a person still has to give the score"});
    case ScoreStatus::kUnmapped:
      return Branch(c.out, {"赋分规则未映射或与指标不符，不计分",
                            "the rule is not mapped or does not fit the row: no score"});
    case ScoreStatus::kNotApplicable:
      return Branch(c.out, {"不适用，不计入分子分母", "not applicable: outside numerator and denominator"});
    case ScoreStatus::kUnweighted:
      return Branch(c.out, {"没有权重，只看完成情况", "no weight: completion only"});
    case ScoreStatus::kScored:
      break;
  }
}

void ExplainFlags(const Case& c, const IndicatorScore& score) {
  if (score.flags & kFlagOverAchieved) {
    Explanation* step =
        AddStep(c.out, ExplanationKind::kBranch, {"超额完成，已标记", "over-achieved: flagged"});
    AddInput(step, "q", {"标记比例", "ratio from which it is flagged"}, c.profile.over_flag_ratio,
             InputOrigin::kProfile);
  }
  if (score.flags & kFlagReasonRequired) {
    Branch(c.out, {"须填写偏差原因及改进措施", "a deviation reason and improvement are compulsory"});
  }
}

void Frame(const Case& c, const IndicatorScore& score) {
  if (c.out == nullptr) return;
  ExplainStatus(c, score.status);
  if (score.completion.has_value()) {
    Explanation* step = AddStep(c.out, ExplanationKind::kFormula, {"完成率，%", "completion, %"});
    AddInput(step, "A", {"实际完成值", "actual value"}, c.Actual());
    step->inputs.back().revision = c.reported.revision;
    AddInput(step, "T", {"年度指标值", "target value"}, c.Target(), InputOrigin::kTable);
    SetFormula(step, "r2(A / T × 100)", Ratio(c.Actual() * Decimal::FromInt(100), c.Target()),
               score.completion->ToFixed(2));
  }
  ExplainFlags(c, score);
  if (score.weight.has_value() && score.status != ScoreStatus::kNotApplicable) {
    Explanation* step =
        AddStep(c.out, ExplanationKind::kInterval, {"最低可得与最高可得", "sure and possible"});
    step->source = "RULES 2.6";
    step->result = absl::StrCat("[", score.sure.ToAtLeast(2), ", ", score.possible.ToAtLeast(2), "]");
  }
  c.out->kind = ExplanationKind::kIndicator;
  c.out->title = {c.indicator.name, c.indicator.name};
  c.out->source = c.indicator.rule == RuleKind::kProportional ? "RULES 2.1" : "RULES 2.2";
  if (score.score.has_value()) c.out->result = score.score->ToAtLeast(c.Decimals());
}

}  // namespace

bool TakesDeduction(const Profile& profile, const Indicator& indicator) {
  static const Decimal kZero;
  const Reported nothing;
  const Case c{profile, indicator, nothing, kZero, nullptr};
  const bool deducts = indicator.rule == RuleKind::kProportional || indicator.rule == RuleKind::kDirect;
  return deducts && indicator.target.has_value() && MoreIsMore(c) &&
         c.Option(&RuleOptions::over_mode, OverAchievementMode::kNone) == OverAchievementMode::kManual;
}

bool FewerIsBetter(Comparator comparator, const Decimal& target) {
  return comparator == Comparator::kAtMost || comparator == Comparator::kLess ||
         (comparator == Comparator::kEqual && target.is_zero());
}

bool IsEasier(Comparator comparator, const Decimal& target, const Decimal& prior) {
  if (comparator == Comparator::kNone) return false;
  return FewerIsBetter(comparator, target) ? target > prior : target < prior;
}

std::optional<Decimal> ScoreByRule(const Case& c) {
  const bool number = c.reported.number.has_value();
  switch (c.indicator.rule) {
    case RuleKind::kProportional: {
      if (!number) return std::nullopt;
      const Decimal score = ScoreProportional(c);
      return CanOverAchieve(c) ? AfterOverAchievement(c, score) : score;
    }
    case RuleKind::kDirect: {
      const bool numeric = c.indicator.target.has_value();
      if (numeric ? !number : !c.reported.met.has_value()) return std::nullopt;
      const Decimal score = ScoreDirect(c);
      return numeric && CanOverAchieve(c) ? AfterOverAchievement(c, score) : score;
    }
    case RuleKind::kSatisfaction:
      return number ? std::optional<Decimal>(ScoreSatisfaction(c)) : std::nullopt;
    case RuleKind::kSteps:
      return number ? std::optional<Decimal>(ScoreSteps(c)) : std::nullopt;
    case RuleKind::kRating:
    case RuleKind::kManual:
      ExplainTyped(c);
      return c.reported.typed_score;
    case RuleKind::kUnmapped:
      break;
  }
  return std::nullopt;
}

IndicatorScore ScoreIndicator(const Profile& profile, const Indicator& indicator, const Reported& reported,
                              Explanation* out) {
  static const Decimal kZero;
  const Case c{profile, indicator, reported, indicator.weight.has_value() ? *indicator.weight : kZero, out};
  IndicatorScore score;
  score.weight = indicator.weight;
  score.reported = reported.reported;
  score.status = StatusOf(c);
  if (score.status == ScoreStatus::kUnscored) {
    score.score = ScoreByRule(c);
    if (score.score.has_value()) score.status = ScoreStatus::kScored;
  }
  if (score.status == ScoreStatus::kScored) {
    score.sure = score.possible = *score.score;
  } else if (score.status != ScoreStatus::kNotApplicable && score.status != ScoreStatus::kUnweighted) {
    const Interval open = OpenInterval(c);
    score.sure = open.sure;
    score.possible = open.possible;
  }
  if (score.status != ScoreStatus::kNotApplicable) {
    if (HasRatio(c))
      score.completion = Quotient(c.Actual() * Decimal::FromInt(100), c.Target(), 2, Rounding::kHalfAway);
    score.met = IsMet(c, score);
    score.flags = FlagsOf(c, score);
  }
  Frame(c, score);
  return score;
}

}  // namespace attain::scoring
