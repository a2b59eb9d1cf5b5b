// Names that people type → rules, levels and bands.
#include "service/scoring/internal.h"
#include "service/scoring/score.h"

namespace attain::scoring {

const std::vector<RatingBand>& Case::Bands() const {
  return indicator.options.rating_bands.empty() ? profile.defaults.rating_bands : indicator.options.rating_bands;
}

const std::vector<Step>& Case::Steps() const {
  return indicator.options.steps.empty() ? profile.defaults.steps : indicator.options.steps;
}

Band BandOf(const Case& c, const RatingBand& band) {
  // Edges are points with two decimals whatever the score's decimals: W = 3.33 → 2.66 and 2.00 (domain.md section 2.2).
  const auto edge = [&](const Decimal& share) { return (share * c.weight).Round(2, Rounding::kHalfAway); };
  return {edge(band.from), edge(band.to), &band == &c.Bands().front()};
}

const RatingBand* FindBand(const Case& c, const std::string& level) {
  for (const RatingBand& band : c.Bands()) {
    if (band.level == level) return &band;
  }
  return nullptr;
}

std::string ResolveLevel(const Profile& profile, const Indicator& indicator, absl::string_view typed) {
  const std::string text = WithoutSpace(typed);
  const auto& bands = indicator.options.rating_bands.empty() ? profile.defaults.rating_bands : indicator.options.rating_bands;
  const auto alias = profile.level_aliases.find(text);
  for (const RatingBand& band : bands) {
    if (text == band.level || text == WithoutSpace(band.name)) return band.level;
    if (alias != profile.level_aliases.end() && alias->second == band.level) return band.level;
  }
  return "";
}

RuleKind ResolveRule(const Profile& profile, absl::string_view text) {
  const auto alias = profile.rule_aliases.find(WithoutSpace(text));
  return alias == profile.rule_aliases.end() ? RuleKind::kUnmapped : alias->second;
}

}  // namespace attain::scoring
