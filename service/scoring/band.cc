#include "service/scoring/band.h"

namespace attain::scoring {
namespace {

constexpr int kTypedDecimals = 2;

// Half away, but a weight of three decimals must not round up past itself.
Rounding EdgeRounding(const Case& c, const Decimal& share) {
  const bool passes_weight = (share * c.weight).Round(kTypedDecimals, Rounding::kHalfAway) > c.weight;
  return passes_weight ? Rounding::kDown : Rounding::kHalfAway;
}

Decimal Edge(const Case& c, const Decimal& share) {
  return (share * c.weight).Round(kTypedDecimals, EdgeRounding(c, share));
}

void ExplainEdge(const Case& c, const Decimal& share, Words title) {
  Explanation* step = AddStep(c.out, ExplanationKind::kFormula, title);
  AddInput(step, "f", {"等级界限占权重的比例", "edge of the level as a share of W"}, share,
           c.OriginOf(&RuleOptions::rating_bands));
  AddInput(step, "W", {"分值权重", "weight in points"}, c.weight, InputOrigin::kTable);
  AddRounding(step, EdgeRounding(c, share));
  SetFormula(step, Rounded(kTypedDecimals, "f × W"), Ratio(share * c.weight),
             Edge(c, share).ToAtLeast(kTypedDecimals));
}

}  // namespace

Decimal Band::Last() const {
  return high_inclusive ? high : std::max(low, high - Decimal::FromInt64(1, kTypedDecimals));
}

Band BandOf(const Case& c, const RatingBand& band) {
  return {Edge(c, band.from), Edge(c, band.to), &band == &c.List(&RuleOptions::rating_bands).front()};
}

const RatingBand* FindBand(const Case& c, const std::string& level) {
  for (const RatingBand& band : c.List(&RuleOptions::rating_bands)) {
    if (band.level == level) return &band;
  }
  return nullptr;
}

Decimal MostTyped(const Decimal& weight) {
  return weight.Round(kTypedDecimals, Rounding::kDown);
}

void ExplainBand(const Case& c, const RatingBand& band) {
  if (c.out == nullptr) return;
  Explanation* level = AddStep(c.out, ExplanationKind::kBranch, {"", ""});
  level->title = {"评判等级：" + band.name, "level: " + band.name};
  level->inputs.push_back(
      {"level", {"评判等级", "level"}, band.level, "", c.reported.revision, c.reported.date});
  ExplainEdge(c, band.from, {"得分下限，含", "lower end of the level, included"});
  ExplainEdge(c, band.to,
              BandOf(c, band).high_inclusive
                  ? Words{"得分上限，含", "upper end of the level, included"}
                  : Words{"得分上限，不含", "upper end of the level, not included"});
}

}  // namespace attain::scoring
