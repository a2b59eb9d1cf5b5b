// The levels of a rating scale in points, RULES 2.2.
#ifndef ATTAIN_SERVICE_SCORING_BAND_H_
#define ATTAIN_SERVICE_SCORING_BAND_H_

#include <string>

#include "service/scoring/case.h"

namespace attain::scoring {

// [low, high), or [low, high] for the top level. Edges are points with two decimals whatever the score's
// decimals (W = 3.33 → 2.66 and 2.00), and never above W.
struct Band {
  Decimal low, high;
  bool high_inclusive = false;
  // The greatest two-decimal score inside. A band that rounding leaves empty (W = 0.01) admits its lower
  // edge.
  Decimal Last() const;
};
Band BandOf(const Case& c, const RatingBand& band);

// The level with this id, or null.
const RatingBand* FindBand(const Case& c, const std::string& level);

// The greatest two-decimal score that is not above `weight`: what people may type at most.
Decimal MostTyped(const Decimal& weight);

// The edges of the reported level as formula steps.
void ExplainBand(const Case& c, const RatingBand& band);

}  // namespace attain::scoring

#endif  // ATTAIN_SERVICE_SCORING_BAND_H_
