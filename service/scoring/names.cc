// Names that people type → rules and levels.
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "service/scoring/monitoring.h"
#include "service/scoring/score.h"

namespace attain::scoring {

// Published tables hold blanks inside words, half and full width.
std::string WithoutSpace(absl::string_view text) {
  std::string result;
  while (!text.empty()) {
    if (absl::ConsumePrefix(&text, "\u3000") || absl::ConsumePrefix(&text, "\u00a0")) continue;
    const char c = text[0];
    if (c != ' ' && (c < '\t' || c > '\r')) result.push_back(c);
    text.remove_prefix(1);
  }
  return result;
}

namespace {

std::string LevelName(absl::string_view text) {
  return std::string(absl::StripSuffix(WithoutSpace(text), "指标"));
}

}  // namespace

std::string ResolveLevel(const Profile& profile, const Indicator& indicator, absl::string_view typed) {
  const std::string text = WithoutSpace(typed);
  const auto& own = indicator.options.rating_bands;
  const auto& bands = own.empty() ? profile.defaults.rating_bands : own;
  for (const RatingBand& band : bands) {
    if (text == band.level || text == WithoutSpace(band.name)) return band.level;
  }
  const auto alias = profile.level_aliases.find(text);
  if (alias == profile.level_aliases.end()) return "";
  for (const RatingBand& band : bands) {
    if (alias->second == band.level) return band.level;
  }
  return "";
}

RuleKind ResolveRule(const Profile& profile, absl::string_view text) {
  const auto alias = profile.rule_aliases.find(WithoutSpace(text));
  return alias == profile.rule_aliases.end() ? RuleKind::kUnmapped : alias->second;
}

bool IsProrated(const Profile& profile, absl::string_view level2) {
  const std::string name = LevelName(level2);
  for (const std::string& exempt : profile.monitoring.not_prorated) {
    if (LevelName(exempt) == name) return false;
  }
  return true;
}

}  // namespace attain::scoring
