// Names that people type → rules and levels.
#include "service/scoring/names.h"

#include "absl/strings/strip.h"

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

}  // namespace attain::scoring
