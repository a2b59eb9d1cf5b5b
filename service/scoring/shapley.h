// Fair shares of a change among its causes.
#ifndef ATTAIN_SERVICE_SCORING_SHAPLEY_H_
#define ATTAIN_SERVICE_SCORING_SHAPLEY_H_

#include <vector>

#include "absl/types/span.h"
#include "service/scoring/decimal.h"
#include "service/scoring/ratio.h"

namespace attain::scoring {

// The Shapley value of each of n causes (L. S. Shapley, A Value for n-Person Games, 1953): what letting it in
// moves, as the mean over all n! orders in which the causes can be let in. `worth` has 2^n figures; entry S
// is the figure with exactly the causes in force whose bit is set in S. The values sum exactly to worth[2^n −
// 1] − worth[0], equal causes get equal values, and a cause that never moves anything gets 0. 0 ≤ n ≤ 6.
std::vector<Ratio> ShapleyValues(absl::Span<const Decimal> worth);

// The parts with `decimals` decimals each, so that they sum exactly to what the parts sum to (largest
// remainders: all are rounded down, and the units that are missing go to those that lost most; on a tie to
// the one that comes first). Precondition: the sum is a multiple of 10^−decimals.
std::vector<Decimal> RoundToSum(absl::Span<const Ratio> parts, int decimals);

}  // namespace attain::scoring

#endif  // ATTAIN_SERVICE_SCORING_SHAPLEY_H_
