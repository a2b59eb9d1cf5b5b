#include "service/importing/rule_options.h"

#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "service/importing/values/text.h"

namespace attain::importing {
namespace {

using scoring::Decimal;
using scoring::RuleOptions;

bool Read(absl::string_view text, std::optional<Decimal>* out) {
  const absl::StatusOr<Decimal> number = Decimal::Parse(text);
  if (number.ok()) *out = *number;
  return number.ok();
}

template <typename Mode>
bool Read(absl::string_view text, const std::vector<std::pair<absl::string_view, Mode>>& modes,
          std::optional<Mode>* out) {
  for (const auto& [word, mode] : modes) {
    if (absl::AsciiStrToLower(text) == word) *out = mode;
  }
  return out->has_value();
}

// "90:1/80:0.8" → pairs of decimals.
bool ReadPairs(absl::string_view text, std::vector<std::pair<Decimal, Decimal>>* out) {
  for (const absl::string_view part : absl::StrSplit(text, '/', absl::SkipWhitespace())) {
    const std::vector<std::string> sides = absl::StrSplit(part, ':');
    if (sides.size() != 2) return false;
    const absl::StatusOr<Decimal> from = Decimal::Parse(sides[0]), factor = Decimal::Parse(sides[1]);
    if (!from.ok() || !factor.ok()) return false;
    if (!out->empty() && *from >= out->back().first) return false;
    out->emplace_back(*from, *factor);
  }
  return !out->empty();
}

bool ReadModes(absl::string_view name, absl::string_view value, RuleOptions* options) {
  using scoring::EqualMode, scoring::ReverseMode, scoring::SatisfactionMode, scoring::OverAchievementMode,
      scoring::Rounding;
  if (name == "equal_mode") {
    return Read<EqualMode>(value,
                           {{"at_least", EqualMode::kAtLeast},
                            {"symmetric", EqualMode::kSymmetric},
                            {"strict", EqualMode::kStrict}},
                           &options->equal_mode);
  }
  if (name == "reverse_mode") {
    return Read<ReverseMode>(value, {{"linear", ReverseMode::kLinear}, {"ratio", ReverseMode::kRatio}},
                             &options->reverse_mode);
  }
  if (name == "satisfaction_mode") {
    return Read<SatisfactionMode>(value,
                                  {{"steps", SatisfactionMode::kSteps},
                                   {"ratio_with_floor", SatisfactionMode::kRatioWithFloor},
                                   {"absolute", SatisfactionMode::kAbsolute}},
                                  &options->satisfaction_mode);
  }
  if (name == "over_mode") {
    return Read<OverAchievementMode>(value,
                                     {{"none", OverAchievementMode::kNone},
                                      {"manual", OverAchievementMode::kManual},
                                      {"tiers", OverAchievementMode::kTiers},
                                      {"deviation", OverAchievementMode::kDeviation}},
                                     &options->over_mode);
  }
  if (name != "rounding") return false;
  return Read<Rounding>(
      value,
      {{"half_away", Rounding::kHalfAway}, {"down", Rounding::kDown}, {"half_even", Rounding::kHalfEven}},
      &options->rounding);
}

bool ReadLists(absl::string_view name, absl::string_view value, RuleOptions* options) {
  std::vector<std::pair<Decimal, Decimal>> pairs;
  if ((name != "steps" && name != "over_tiers") || !ReadPairs(value, &pairs)) return false;
  for (const auto& [from, factor] : pairs) {
    if (name == "steps") {
      options->steps.push_back({from, true, factor});
    } else {
      options->over_tiers.push_back({from, factor});
    }
  }
  return true;
}

bool ReadOption(absl::string_view name, absl::string_view value, RuleOptions* options) {
  if (name == "pass_gate") return Read(value, &options->pass_gate);
  if (name == "deduct_per_missing") return Read(value, &options->deduct_per_missing);
  if (name == "direct_deduction") return Read(value, &options->direct_deduction);
  if (name == "over_deviation_limit") return Read(value, &options->over_deviation_limit);
  if (name == "over_deviation_slope") return Read(value, &options->over_deviation_slope);
  if (name == "over_deviation_floor") return Read(value, &options->over_deviation_floor);
  if (name == "score_decimals") {
    if (value != "0" && value != "1" && value != "2") return false;
    options->score_decimals = value[0] - '0';
    return true;
  }
  return ReadModes(name, value, options) || ReadLists(name, value, options);
}

}  // namespace

std::vector<std::string> ParseRuleOptions(absl::string_view text, RuleOptions* options) {
  std::vector<std::string> unread;
  const std::string folded = Squeeze(Narrow(text));
  for (const absl::string_view part : absl::StrSplit(folded, absl::ByAnyChar(";,"), absl::SkipWhitespace())) {
    const std::pair<absl::string_view, absl::string_view> sides =
        absl::StrSplit(part, absl::MaxSplits('=', 1));
    if (!ReadOption(absl::AsciiStrToLower(sides.first), sides.second, options)) unread.emplace_back(part);
  }
  return unread;
}

std::string RuleOptionNames() {
  return "equal_mode, reverse_mode, pass_gate, deduct_per_missing, direct_deduction, satisfaction_mode, "
         "steps, score_decimals, rounding, "
         "over_mode, over_tiers, over_deviation_limit, over_deviation_slope, over_deviation_floor";
}

}  // namespace attain::importing
