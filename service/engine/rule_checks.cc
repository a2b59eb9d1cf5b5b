#include "service/engine/rule_checks.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "service/engine/mirror.h"
#include "service/engine/table_model.h"

namespace attain::engine {
namespace {

using scoring::Decimal;

bool IsShare(const Decimal& number) {
  return number.sign() >= 0 && number <= Decimal::FromInt(1);
}

class OptionsChecker {
 public:
  explicit OptionsChecker(absl::string_view at) : at_(at) {}

  bool CheckEnums(const v1::RuleOptions& options) {
    if (v1::EqualMode_IsValid(options.equal_mode()) && v1::ReverseMode_IsValid(options.reverse_mode()) &&
        v1::SatisfactionMode_IsValid(options.satisfaction_mode()) &&
        v1::Rounding_IsValid(options.rounding()) && v1::OverAchievementMode_IsValid(options.over_mode())) {
      return true;
    }
    violations_.push_back({at_, {"含有未知的枚举值。", "Holds an unknown enum value."}});
    return false;
  }

  void CheckNumbers(const scoring::RuleOptions& options) {
    Share("pass_gate", options.pass_gate);
    Share("over_deviation_floor", options.over_deviation_floor);
    NotNegative("deduct_per_missing", options.deduct_per_missing);
    NotNegative("direct_deduction", options.direct_deduction);
    NotNegative("over_deviation_limit", options.over_deviation_limit);
    NotNegative("over_deviation_slope", options.over_deviation_slope);
  }

  void CheckSteps(const std::vector<scoring::Step>& steps) {
    for (size_t i = 0; i < steps.size(); ++i) {
      if (!IsShare(steps[i].factor)) return BadShare("steps", "steps.factor");
      if (i == 0 || steps[i].from < steps[i - 1].from) continue;
      return Add("steps", {absl::StrCat("区间须由高到低排列：", steps[i].from.ToString(), " 不能排在 ",
                                        steps[i - 1].from.ToString(), " 之后。"),
                           absl::StrCat("Steps must be listed from high to low: ", steps[i].from.ToString(),
                                        " cannot follow ", steps[i - 1].from.ToString(), ".")});
    }
  }

  void CheckBands(const std::vector<scoring::RatingBand>& bands) {
    std::set<std::string> levels;
    for (size_t i = 0; i < bands.size(); ++i) {
      if (bands[i].level.empty() || !levels.insert(bands[i].level).second) {
        Add("rating_bands",
            {"每个等级区间须有各自的 level。", "Every rating band needs a level of its own."});
      }
      if (bands[i].from < bands[i].to && (i == 0 || bands[i].to == bands[i - 1].from)) continue;
      Add("rating_bands", {"等级区间须由高到低首尾相接。",
                           "Rating bands must follow each other from high to low without gaps."});
      break;
    }
    if (!bands.empty() && (bands.front().to != Decimal::FromInt(1) || bands.back().from.sign() != 0)) {
      Add("rating_bands", {"等级区间须覆盖 0 至 1。", "Rating bands must cover 0 to 1."});
    }
  }

  void CheckTiers(const std::vector<scoring::OverAchievementTier>& tiers) {
    for (size_t i = 0; i < tiers.size(); ++i) {
      if (!IsShare(tiers[i].factor)) return BadShare("over_tiers", "over_tiers.factor");
      if (tiers[i].from_ratio < Decimal::FromInt(1)) {
        return Add("over_tiers",
                   {"档次的 from_ratio 不得小于 1。", "The from_ratio of a tier is at least 1."});
      }
      if (i == 0 || tiers[i].from_ratio < tiers[i - 1].from_ratio) continue;
      const std::string higher = tiers[i].from_ratio.ToString(), lower = tiers[i - 1].from_ratio.ToString();
      return Add("over_tiers",
                 {absl::StrCat("超额完成档次须由高到低排列：", higher, " 不能排在 ", lower, " 之后。"),
                  absl::StrCat("Tiers of over-achievement must be listed from high to low: ", higher,
                               " cannot follow ", lower, ".")});
    }
  }

  void Add(absl::string_view field, const Text& text) {
    violations_.push_back({absl::StrCat(at_, field.empty() ? "" : ".", field), text});
  }
  std::vector<Violation> Take() { return std::move(violations_); }

 private:
  void BadShare(absl::string_view field, absl::string_view name) {
    Add(field, {absl::StrCat(name, " 须在 0 至 1 之间。"), absl::StrCat(name, " must lie between 0 and 1.")});
  }
  void Share(absl::string_view field, const std::optional<Decimal>& number) {
    if (number.has_value() && !IsShare(*number)) BadShare(field, field);
  }
  void NotNegative(absl::string_view field, const std::optional<Decimal>& number) {
    if (number.has_value() && number->sign() < 0) {
      Add(field, {absl::StrCat(field, " 不得为负数。"), absl::StrCat(field, " must not be negative.")});
    }
  }

  const std::string at_;
  std::vector<Violation> violations_;
};

}  // namespace

std::vector<Violation> CheckRuleOptions(const v1::RuleOptions& options, absl::string_view at) {
  OptionsChecker checker(at);
  if (!checker.CheckEnums(options)) return checker.Take();
  disk::RuleOptionsState state;
  CopyByName(options, &state);
  const absl::StatusOr<scoring::RuleOptions> compiled = CompileOptions(state);
  if (!compiled.ok()) {
    const std::string message(compiled.status().message());
    checker.Add("", {absl::StrCat("规则参数不对：", message), message});
    return checker.Take();
  }
  checker.CheckNumbers(*compiled);
  checker.CheckSteps(compiled->steps);
  checker.CheckBands(compiled->rating_bands);
  checker.CheckTiers(compiled->over_tiers);
  return checker.Take();
}

}  // namespace attain::engine
