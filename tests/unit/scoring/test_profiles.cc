#include "tests/unit/scoring/test_profiles.h"

#include <cstdio>
#include <cstdlib>

namespace attain::scoring {

Decimal Dec(absl::string_view text) {
  const absl::StatusOr<Decimal> parsed = Decimal::Parse(text);
  if (!parsed.ok()) {
    std::fprintf(stderr, "not a number: '%s'\n", std::string(text).c_str());
    std::abort();
  }
  return *parsed;
}

Profile National() {
  Profile profile;
  profile.id = "national";
  profile.version = 1;
  RuleOptions& defaults = profile.defaults;
  defaults.equal_mode = EqualMode::kAtLeast;
  defaults.reverse_mode = ReverseMode::kLinear;
  defaults.satisfaction_mode = SatisfactionMode::kSteps;
  defaults.steps = {
      {Dec("90"), true, Dec("1")}, {Dec("80"), true, Dec("0.8")}, {Dec("60"), true, Dec("0.5")}};
  defaults.rating_bands = {{"achieved", "达成年度指标", Dec("0.8"), Dec("1")},
                           {"partly", "部分达成年度指标并具有一定效果", Dec("0.6"), Dec("0.8")},
                           {"missed", "未达成年度指标且效果较差", Dec("0"), Dec("0.6")}};
  defaults.score_decimals = 2;
  defaults.rounding = Rounding::kHalfAway;
  defaults.over_mode = OverAchievementMode::kNone;
  profile.indicator_points = Dec("90");
  profile.execution_points = Dec("10");
  profile.grades = {{"优", Dec("90")}, {"良", Dec("80")}, {"中", Dec("60")}, {"差", Dec("0")}};
  profile.over_flag_ratio = Dec("1.2");
  profile.over_reason_ratio = Dec("1.3");
  profile.warning_gap = Dec("0.05");
  profile.warning_unspent = Dec("0.2");
  profile.rule_aliases = {{"按照正常比例赋分", RuleKind::kProportional},
                          {"按照完成比例赋分", RuleKind::kProportional},
                          {"直接赋分", RuleKind::kDirect},
                          {"按评判等级赋分", RuleKind::kRating},
                          {"满意度赋分", RuleKind::kSatisfaction}};
  profile.level_aliases = {
      {"达成目标", "achieved"}, {"基本达成目标", "partly"}, {"实现目标程度较低", "missed"}};
  return profile;
}

Profile Xinjiang() {
  Profile profile = National();
  profile.id = "xinjiang";
  return profile;
}

Indicator Row(RuleKind rule, absl::string_view weight) {
  Indicator row;
  row.id = "row";
  row.name = "指标";
  row.rule = rule;
  if (!weight.empty()) row.weight = Dec(weight);
  return row;
}

Indicator Proportional(Comparator comparator, absl::string_view target, absl::string_view weight) {
  Indicator row = Row(RuleKind::kProportional, weight);
  row.comparator = comparator;
  row.target = Dec(target);
  return row;
}

Reported Number(absl::string_view value) {
  Reported reported;
  reported.reported = true;
  reported.number = Dec(value);
  reported.revision = 7;
  reported.date = "2024-07-31";
  return reported;
}

Reported Level(absl::string_view level) {
  Reported reported;
  reported.reported = true;
  reported.level = std::string(level);
  reported.revision = 7;
  return reported;
}

Reported Typed(absl::string_view level, absl::string_view score) {
  Reported reported = Level(level);
  reported.typed_score = Dec(score);
  return reported;
}

Reported YesNo(bool met) {
  Reported reported;
  reported.reported = true;
  reported.met = met;
  return reported;
}

Budget Money(absl::string_view adjusted, absl::string_view spent) {
  Budget budget;
  if (!adjusted.empty()) budget.adjusted = Dec(adjusted);
  if (!spent.empty()) budget.spent = Dec(spent);
  return budget;
}

std::string Show(const std::optional<Decimal>& value) {
  return value.has_value() ? value->ToString() : "unset";
}

}  // namespace attain::scoring
