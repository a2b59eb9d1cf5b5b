#include "service/scoring/shapley.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace attain::scoring {
namespace {

int64_t Factorial(int n) {
  int64_t product = 1;
  for (int i = 2; i <= n; ++i) product *= i;
  return product;
}

}  // namespace

std::vector<Ratio> ShapleyValues(absl::Span<const Decimal> worth) {
  const int causes = std::countr_zero(worth.size());
  std::vector<Ratio> values;
  for (int cause = 0; cause < causes; ++cause) {
    const size_t bit = size_t{1} << cause;
    Decimal sum;
    for (size_t before = 0; before < worth.size(); ++before) {
      if (before & bit) continue;
      const Decimal moved = worth[before | bit] - worth[before];
      if (moved.is_zero()) continue;
      const int others = std::popcount(before);
      sum = sum + Decimal::FromInt(Factorial(others) * Factorial(causes - others - 1)) * moved;
    }
    values.emplace_back(sum, Decimal::FromInt(Factorial(causes)));
  }
  return values;
}

std::vector<Decimal> RoundToSum(absl::Span<const Ratio> parts, int decimals) {
  const Decimal unit(1, decimals);
  std::vector<Decimal> rounded;
  std::vector<Ratio> lost;
  Ratio missing;
  for (const Ratio& part : parts) {
    rounded.push_back(part.Floor(decimals));
    lost.push_back(part - Ratio(rounded.back()));
    missing = missing + lost.back();
  }
  std::vector<size_t> order(parts.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return lost[a] > lost[b]; });
  for (const size_t i : order) {
    if (missing.sign() <= 0) break;
    rounded[i] = rounded[i] + unit;
    missing = missing - Ratio(unit);
  }
  return rounded;
}

}  // namespace attain::scoring
