#include "clients/cli/input/nearest.h"

#include <algorithm>

#include "absl/strings/match.h"

namespace attain::cli {

int EditDistance(absl::string_view a, absl::string_view b) {
  std::vector<std::vector<int>> cost(a.size() + 1, std::vector<int>(b.size() + 1, 0));
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = static_cast<int>(i + j);
        continue;
      }
      const int replace = cost[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, replace});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

std::optional<absl::string_view> Nearest(absl::string_view word,
                                         const std::vector<absl::string_view>& known) {
  const int limit = word.size() <= 3 ? 1 : static_cast<int>(word.size() + 2) / 3;
  std::optional<absl::string_view> best;
  int least = limit + 1;
  for (absl::string_view candidate : known) {
    int distance = EditDistance(word, candidate);
    if (word.size() >= 2 && absl::StartsWith(candidate, word)) distance = std::min(distance, 1);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace attain::cli
