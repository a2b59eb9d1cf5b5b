#include "service/domain/profiles/rule_checks.h"

#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/api/field_checks.h"

namespace attain::engine {
namespace {

using scoring::Decimal;

constexpr int kMaxSteps = 100, kMaxBands = 50, kMaxTiers = 100;
constexpr size_t kMaxName = 200;

class OptionsChecker {
 public:
  OptionsChecker(const v1::RuleOptions& options, absl::string_view at, OptionsOf of)
      : options_(options),
        need_(of == OptionsOf::kProfile ? Need::kRequired : Need::kOptional),
        checks_(at) {}

  void CheckChoices() {
    checks_.Choice("equal_mode", options_.equal_mode(), v1::EqualMode_IsValid, need_);
    checks_.Choice("reverse_mode", options_.reverse_mode(), v1::ReverseMode_IsValid, need_);
    checks_.Choice("satisfaction_mode", options_.satisfaction_mode(), v1::SatisfactionMode_IsValid, need_);
    checks_.Choice("rounding", options_.rounding(), v1::Rounding_IsValid, need_);
    checks_.Choice("over_mode", options_.over_mode(), v1::OverAchievementMode_IsValid, need_);
  }

  void CheckNumbers() {
    if (!options_.has_score_decimals()) {
      if (need_ == Need::kRequired) Missing("score_decimals");
    } else if (options_.score_decimals() < 0 || options_.score_decimals() > 2) {
      checks_.Add("score_decimals",
                  {"score_decimals（得分的小数位数）须为 0、1 或 2。", "score_decimals must be 0, 1 or 2."});
    }
    checks_.Number("pass_gate", options_.pass_gate(), Need::kOptional, 0, 1);
    checks_.Number("deduct_per_missing", options_.deduct_per_missing(), Need::kOptional, 0, std::nullopt);
    checks_.Number("direct_deduction", options_.direct_deduction(), Need::kOptional, 0, std::nullopt);
  }

  void CheckSteps() {
    if (options_.steps().empty() && need_ == Need::kRequired) return Missing("steps");
    if (!checks_.Count("steps", options_.steps_size(), kMaxSteps)) return;
    std::optional<Decimal> last;
    for (const v1::Step& step : options_.steps()) {
      const auto from = checks_.Number({"steps", "steps.from"}, step.from(), Need::kRequired);
      const auto factor = checks_.Number({"steps", "steps.factor"}, step.factor(), Need::kRequired, 0, 1);
      if (!from.has_value() || !factor.has_value()) return;
      if (last.has_value() && *from >= *last) {
        const std::string higher = from->ToString(), lower = last->ToString();
        return checks_.Add(
            "steps",
            {absl::StrCat("区间须由高到低排列：", higher, " 不能排在 ", lower, " 之后。"),
             absl::StrCat("Steps must be listed from high to low: ", higher, " cannot follow ", lower, ".")});
      }
      last = from;
    }
  }

  void CheckBands() {
    if (options_.rating_bands().empty() && need_ == Need::kRequired) return Missing("rating_bands");
    if (!checks_.Count("rating_bands", options_.rating_bands_size(), kMaxBands)) return;
    std::set<std::string> levels;
    for (const v1::RatingBand& band : options_.rating_bands()) {
      checks_.Words({"rating_bands", "rating_bands.level"}, band.level(), Need::kRequired, kMaxName);
      checks_.Words({"rating_bands", "rating_bands.display_name"}, band.display_name(), Need::kOptional,
                    kMaxName);
      if (!levels.insert(band.level()).second) {
        checks_.Add("rating_bands",
                    {"每个等级区间须有各自的 level。", "Every rating band needs a level of its own."});
      }
    }
    CheckBandLimits();
  }

  // A row that names the mode alone may rely on the settings of its profile.
  void CheckOverAchievement() {
    const bool deviation =
        need_ == Need::kRequired && options_.over_mode() == v1::OVER_ACHIEVEMENT_MODE_DEVIATION;
    const Need need = deviation ? Need::kRequired : Need::kOptional;
    checks_.Number("over_deviation_limit", options_.over_deviation_limit(), need, 0, std::nullopt);
    checks_.Number("over_deviation_slope", options_.over_deviation_slope(), need, 0, std::nullopt);
    checks_.Number("over_deviation_floor", options_.over_deviation_floor(), need, 0, 1);
    if (need_ == Need::kRequired && options_.over_mode() == v1::OVER_ACHIEVEMENT_MODE_TIERS &&
        options_.over_tiers().empty()) {
      return Missing("over_tiers");
    }
    CheckTiers();
  }

  std::vector<Violation> Take() { return std::move(checks_).Take(); }

 private:
  void Missing(Field field) {
    checks_.Add(field, {absl::StrCat(field.name, " 必填。"), absl::StrCat(field.name, " is required.")});
  }

  void CheckBandLimits() {
    std::optional<Decimal> lower;
    for (const v1::RatingBand& band : options_.rating_bands()) {
      const auto from = checks_.Number({"rating_bands", "rating_bands.from"}, band.from(), Need::kRequired);
      const auto to = checks_.Number({"rating_bands", "rating_bands.to"}, band.to(), Need::kRequired);
      if (!from.has_value() || !to.has_value()) return;
      if (*from >= *to || (lower.has_value() && *to != *lower)) {
        return checks_.Add("rating_bands",
                           {"等级区间须由高到低首尾相接。",
                            "Rating bands must follow each other from high to low without gaps."});
      }
      if (!lower.has_value() && *to != Decimal::FromInt(1)) return NotCovered();
      lower = from;
    }
    if (lower.has_value() && lower->sign() != 0) NotCovered();
  }

  void NotCovered() {
    checks_.Add("rating_bands", {"等级区间须覆盖 0 至 1。", "Rating bands must cover 0 to 1."});
  }

  void CheckTiers() {
    if (!checks_.Count("over_tiers", options_.over_tiers_size(), kMaxTiers)) return;
    std::optional<Decimal> last;
    for (const v1::OverAchievementTier& tier : options_.over_tiers()) {
      const auto from = checks_.Number({"over_tiers", "over_tiers.from_ratio"}, tier.from_ratio(),
                                       Need::kRequired, 1, std::nullopt);
      const auto factor =
          checks_.Number({"over_tiers", "over_tiers.factor"}, tier.factor(), Need::kRequired, 0, 1);
      if (!from.has_value() || !factor.has_value()) return;
      if (last.has_value() && *from >= *last) {
        const std::string higher = from->ToString(), lower = last->ToString();
        return checks_.Add(
            "over_tiers",
            {absl::StrCat("超额完成档次须由高到低排列：", higher, " 不能排在 ", lower, " 之后。"),
             absl::StrCat("Tiers of over-achievement must be listed from high to low: ", higher,
                          " cannot follow ", lower, ".")});
      }
      last = from;
    }
  }

  const v1::RuleOptions& options_;
  const Need need_;
  FieldChecks checks_;
};

}  // namespace

std::vector<Violation> CheckRuleOptions(const v1::RuleOptions& options, absl::string_view at, OptionsOf of) {
  OptionsChecker checker(options, at, of);
  checker.CheckChoices();
  checker.CheckNumbers();
  checker.CheckSteps();
  checker.CheckBands();
  checker.CheckOverAchievement();
  return checker.Take();
}

}  // namespace attain::engine
