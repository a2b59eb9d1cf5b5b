#include "service/domain/profiles/profile_checks.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/api/errors.h"
#include "service/api/field_checks.h"
#include "service/api/macros.h"
#include "service/domain/profiles/rule_checks.h"
#include "service/model/compile.h"
#include "service/model/mirror.h"

namespace attain::engine {
namespace {

using scoring::Decimal;

constexpr size_t kMaxName = 200, kMaxRuleText = 1000, kMaxSource = 1000;
constexpr int kMaxGrades = 20, kMaxAliases = 2000, kMaxLevelNames = 500;
constexpr int kMaxPoints = 1000, kMaxExecutionPoints = 100;

void CheckPoints(const v1::Profile& profile, FieldChecks* checks) {
  const auto points =
      checks->Number("indicator_points", profile.indicator_points(), Need::kRequired, 0, kMaxPoints);
  if (points.has_value() && points->is_zero()) {
    checks->Add("indicator_points", {"指标总分值须大于 0。", "indicator_points must be above 0."});
  }
  checks->Number("execution_points", profile.execution_points(), Need::kOptional, 0, kMaxExecutionPoints);
  if (profile.total_decimals() < 0 || profile.total_decimals() > 2) {
    checks->Add("total_decimals", {"小数位数须为 0 至 2。", "total_decimals must be 0 to 2."});
  }
}

void CheckGrades(const v1::Profile& profile, FieldChecks* checks) {
  if (!checks->Count("grades", profile.grades_size(), kMaxGrades)) return;
  std::set<std::string> names;
  std::optional<Decimal> last;
  for (const v1::GradeBand& grade : profile.grades()) {
    checks->Words({"grades", "grades.display_name"}, grade.display_name(), Need::kRequired, kMaxName);
    if (!grade.display_name().empty() && !names.insert(grade.display_name()).second) {
      checks->Add("grades", {"每个等级须有各自的名称。", "Every grade needs a name of its own."});
    }
    const auto from = checks->Number({"grades", "grades.from"}, grade.from(), Need::kRequired, 0,
                                     kMaxPoints + kMaxExecutionPoints);
    if (!from.has_value()) return;
    if (last.has_value() && *from >= *last) {
      return checks->Add("grades", {"等级须由高到低排列。", "Grades must be listed from high to low."});
    }
    last = from;
  }
  if (!last.has_value() || last->sign() != 0) {
    checks->Add("grades", {"等级须由高到低排列，最低一级从 0 起。",
                           "Grades run from high to low and the lowest starts at 0."});
  }
}

void CheckWarnings(const v1::Profile& profile, FieldChecks* checks) {
  const auto flag = checks->Number("over_flag_ratio", profile.over_flag_ratio(), Need::kRequired, 1, {});
  const auto reason =
      checks->Number("over_reason_ratio", profile.over_reason_ratio(), Need::kRequired, 1, {});
  if (flag.has_value() && reason.has_value() && *reason < *flag) {
    checks->Add("over_reason_ratio",
                {"over_reason_ratio（须说明原因的比例）不得小于 over_flag_ratio（标记的比例）。",
                 "over_reason_ratio must not be below over_flag_ratio."});
  }
  checks->Number("warning_gap", profile.warning_gap(), Need::kRequired, 0, 1);
  checks->Number("warning_unspent", profile.warning_unspent(), Need::kRequired, 0, 1);
}

void CheckLevelNames(Field field, const google::protobuf::RepeatedPtrField<std::string>& names,
                     FieldChecks* checks) {
  if (!checks->Count(field, names.size(), kMaxLevelNames)) return;
  for (const std::string& name : names) checks->Words(field, name, Need::kRequired, kMaxName);
}

void CheckMonitoring(const v1::Monitoring& monitoring, FieldChecks* checks) {
  const auto red = checks->Number("monitoring.red_below", monitoring.red_below(), Need::kRequired, 0, {});
  const auto yellow =
      checks->Number("monitoring.yellow_below", monitoring.yellow_below(), Need::kRequired, 0, {});
  const auto green =
      checks->Number("monitoring.green_below", monitoring.green_below(), Need::kRequired, 0, {});
  if ((red.has_value() && yellow.has_value() && *red > *yellow) ||
      (yellow.has_value() && green.has_value() && *yellow > *green)) {
    checks->Add("monitoring",
                {"监控界限须依次不减：红、黄、绿。", "Monitoring limits must not fall: red, yellow, green."});
  }
  CheckLevelNames("monitoring.not_prorated", monitoring.not_prorated(), checks);
}

// Aliases are compared without white space: two that differ in nothing else must mean the same.
std::string MeaningOf(const v1::RuleAlias& alias) {
  return absl::StrCat(alias.kind());
}

std::string MeaningOf(const v1::LevelAlias& alias) {
  return alias.level();
}

template <typename Aliases>
void CheckAliases(Field field, const Aliases& aliases, FieldChecks* checks) {
  if (!checks->Count(field, aliases.size(), kMaxAliases)) return;
  std::map<std::string, std::pair<std::string, std::string>> known;  // text and meaning by text without space
  for (const auto& alias : aliases) {
    const std::string& text = alias.text();
    const std::string meaning = MeaningOf(alias), name = scoring::WithoutSpace(text);
    if (name.empty()) {
      checks->Add(field, {"同义词不得为空。", "A synonym must not be blank."});
      continue;
    }
    checks->Words(field, text, Need::kRequired, kMaxRuleText);
    const auto [first, added] = known.try_emplace(name, text, meaning);
    if (added || first->second.second == meaning) continue;
    checks->Add(
        field,
        {absl::StrCat("“", first->second.first, "”与“", text, "”去掉空格后相同，含义却不同。请只留一个。"),
         absl::StrCat("\"", first->second.first, "\" and \"", text,
                      "\" are the same without white space but mean different things. Keep one of "
                      "them.")});
  }
}

void CheckMeanings(const v1::Profile& profile, FieldChecks* checks) {
  CheckAliases("rule_aliases", profile.rule_aliases(), checks);
  for (const v1::RuleAlias& alias : profile.rule_aliases()) {
    if (alias.kind() != v1::RULE_KIND_UNSPECIFIED && v1::RuleKind_IsValid(alias.kind())) continue;
    const std::string& text = alias.text();
    checks->Add(
        "rule_aliases",
        {absl::StrCat("同义词“", text, "”没有对应已知的赋分规则。请改用已有的规则，或删去它。"),
         absl::StrCat("The synonym \"", text, "\" stands for no known rule. Name one, or remove it.")});
  }
  CheckAliases("level_aliases", profile.level_aliases(), checks);
  std::set<std::string> levels;
  for (const v1::RatingBand& band : profile.defaults().rating_bands()) levels.insert(band.level());
  for (const v1::LevelAlias& alias : profile.level_aliases()) {
    if (levels.count(alias.level()) > 0) continue;
    checks->Add("level_aliases", {absl::StrCat("同义词 ", alias.text(), " 指向未知等级。"),
                                  absl::StrCat("The synonym ", alias.text(), " names an unknown level.")});
  }
}

}  // namespace

absl::Status CheckProfile(const v1::Profile& profile) {
  FieldChecks checks("profile");
  checks.Words("display_name", profile.display_name(), Need::kRequired, kMaxName);
  checks.Words("source", profile.source(), Need::kOptional, kMaxSource);
  checks.Add(CheckRuleOptions(profile.defaults(), "profile.defaults", OptionsOf::kProfile));
  CheckPoints(profile, &checks);
  CheckGrades(profile, &checks);
  CheckWarnings(profile, &checks);
  checks.Choice("rollup", profile.rollup(), v1::RollupMode_IsValid, Need::kRequired);
  CheckMeanings(profile, &checks);
  CheckLevelNames("level1_names", profile.level1_names(), &checks);
  CheckLevelNames("level2_names", profile.level2_names(), &checks);
  CheckMonitoring(profile.monitoring(), &checks);
  if (!checks.empty()) return BadFields(v1::ERROR_REASON_INVALID_PROFILE, std::move(checks).Take());
  return CompileProfile(ToState(profile)).status();
}

}  // namespace attain::engine
