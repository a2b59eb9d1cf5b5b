#include "service/scoring/solver.h"

#include <algorithm>
#include <utility>

namespace attain::scoring {
namespace {

using Integer = Ratio::Integer;
using Key = CheapestMoves::Key;

constexpr int kCountBits = 10;     // room for 1,000 rows and spending
constexpr int kMostCostBits = 98;  // a dearer move is no better than another one as dear
constexpr int64_t kLargestScale = 1'000'000'000'000'000'000;  // 10^18
constexpr int64_t kCoarseScale = 1'000'000'000'000;           // 10^12
constexpr Key kNever = static_cast<Key>(1) << 120;

// Makes `scale` a multiple of the denominator; false when it grows too large.
bool Widen(const Ratio& cost, Integer* scale) {
  const Integer denominator = cost.ReducedDenominator();
  *scale = lcm(*scale, denominator);
  return *scale <= kLargestScale;
}

Integer ScaleOf(const std::vector<std::vector<Move>>& rows, absl::Span<const Ratio> others) {
  Integer scale = 1;
  for (const Ratio& cost : others) {
    if (!Widen(cost, &scale)) return kCoarseScale;
  }
  for (const std::vector<Move>& moves : rows) {
    for (const Move& move : moves) {
      if (!Widen(move.cost, &scale)) return kCoarseScale;
    }
  }
  return scale;
}

Key ToKey(const Integer& value) {
  static const Integer kWord = Integer(1) << 50;
  const Integer most = (Integer(1) << kMostCostBits) - 1;
  const Integer bounded = std::min(value, most);
  const Integer high = bounded / kWord, low = bounded % kWord;
  return (static_cast<Key>(static_cast<int64_t>(high)) << 50) + static_cast<int64_t>(low);
}

}  // namespace

CheapestMoves::CheapestMoves(std::vector<std::vector<Move>> rows, int64_t most,
                             absl::Span<const Ratio> others)
    : rows_(std::move(rows)),
      scale_(ScaleOf(rows_, others)),
      least_(most + 1, kNever),
      choice_(rows_.size()) {
  least_[0] = 0;
  int64_t reachable = 0;  // by the rows looked at
  // From the last row up, so that a choice read from the first row down prefers rows further up.
  for (size_t row = rows_.size(); row-- > 0;) {
    const std::vector<Move>& moves = rows_[row];
    if (moves.empty()) continue;
    std::vector<Key> keys;
    keys.reserve(moves.size());
    for (const Move& move : moves) keys.push_back(KeyOf(move.cost));
    reachable = std::min(most, reachable + moves.back().gain);
    std::vector<uint16_t>& choice = choice_[row];
    choice.assign(most + 1, 0);
    // Downwards: what is read lies below and still is the figure without this row.
    for (int64_t gain = reachable; gain > 0; --gain) {
      Key best = least_[gain];
      uint16_t taken = 0;
      for (size_t i = 0; i < moves.size(); ++i) {
        const Key key = least_[std::max<int64_t>(0, gain - moves[i].gain)] + keys[i];
        // On a tie moving this row comes before moving one below it.
        if (key < best || (taken == 0 && key == best)) {
          best = key;
          taken = static_cast<uint16_t>(i + 1);
        }
        if (moves[i].gain >= gain) break;  // more costs more
      }
      if (best >= kNever) continue;
      least_[gain] = best;
      choice[gain] = taken;
    }
  }
}

CheapestMoves::Key CheapestMoves::KeyOf(const Ratio& cost) const {
  return (ToKey(cost.ScaledUp(scale_)) << kCountBits) + 1;
}

Decimal CheapestMoves::CostOf(Key key, int decimals) const {
  const Key cost = key >> kCountBits;
  const Decimal::Integer value = (Decimal::Integer(static_cast<int64_t>(cost >> 50)) << 50) +
                                 static_cast<int64_t>(cost & ((static_cast<Key>(1) << 50) - 1));
  return Quotient(Decimal(value, 0), Decimal(Decimal::Integer(scale_), 0), decimals, Rounding::kHalfAway);
}

std::optional<CheapestMoves::Key> CheapestMoves::KeyFor(int64_t gain) const {
  if (gain < 0 || static_cast<size_t>(gain) >= least_.size() || least_[gain] >= kNever) return std::nullopt;
  return least_[gain];
}

std::vector<int> CheapestMoves::Choose(int64_t gain) const {
  std::vector<int> taken(rows_.size(), -1);
  for (size_t row = 0; row < rows_.size() && gain > 0; ++row) {
    if (choice_[row].empty() || choice_[row][gain] == 0) continue;
    taken[row] = choice_[row][gain] - 1;
    gain = std::max<int64_t>(0, gain - rows_[row][taken[row]].gain);
  }
  return taken;
}

}  // namespace attain::scoring
