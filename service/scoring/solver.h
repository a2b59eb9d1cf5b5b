// The cheapest set of moves that gains enough points.
#ifndef ATTAIN_SERVICE_SCORING_SOLVER_H_
#define ATTAIN_SERVICE_SCORING_SOLVER_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "service/scoring/ratio.h"

namespace attain::scoring {

// One way to move a row.
struct Move {
  int64_t gain = 0;  // ≥ 0, in a unit of points that the caller chooses
  Ratio cost;        // ≥ 0
};

// Picks at most one move of each row so that the gains sum to at least what is asked for, at the least sum of
// costs; ties go to fewer moved rows, then to rows further up, then to the smaller move. A knapsack over
// points (R. Bellman, Dynamic Programming, 1957): exact, O(moves · most) time and O(rows · most) memory.
//
// Costs are compared as whole multiples of 1/L, where L is the least common multiple of their denominators:
// exactly. Where L is above 10^18 they are compared in units of 10^−12, rounded up.
//
// Thread-compatible.
class CheapestMoves {
 public:
  // Cost and number of moved rows in one figure that compares as both: an opaque total order that adds up.
  using Key = __int128;

  // Answers for gains 0 … `most`. No row's moves may fall in gain or cost; at most 65,000 of them; at
  // most 1,000 rows. `others` are costs that the caller will ask KeyOf for.
  CheapestMoves(std::vector<std::vector<Move>> rows, int64_t most, absl::Span<const Ratio> others = {});

  // The least key for at least this gain, ≤ most; nothing when the rows cannot gain so much.
  std::optional<Key> KeyFor(int64_t gain) const;
  // The key of one more move.
  Key KeyOf(const Ratio& cost) const;
  // The sum of costs in a key, rounded half away.
  Decimal CostOf(Key key, int decimals) const;
  // Per row the move that is taken, or −1. Precondition: KeyFor(gain) has a value.
  std::vector<int> Choose(int64_t gain) const;

 private:
  std::vector<std::vector<Move>> rows_;
  Ratio::Integer scale_;
  std::vector<Key> least_;                     // by gain, over all rows
  std::vector<std::vector<uint16_t>> choice_;  // by row and gain: move + 1, or 0 for none
};

}  // namespace attain::scoring

#endif  // ATTAIN_SERVICE_SCORING_SOLVER_H_
