// The weight of a row in points: "45", "45分", "４５ 分", "45%", "10（10%）". Pure.
#ifndef ATTAIN_SERVICE_IMPORTING_VALUES_WEIGHT_H_
#define ATTAIN_SERVICE_IMPORTING_VALUES_WEIGHT_H_

#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "service/importing/values/finding.h"

namespace attain::importing {

struct Weight {
  std::optional<Decimal> value;
  bool blank = false;    // nothing there, or "-", "/": no weight and nothing to tell
  bool percent = false;  // "45%": taken as 45 points, and told
  // WEIGHT_IS_PERCENT (note), WEIGHT_REMARK (note), WEIGHT_NOT_A_NUMBER (an error when the cell holds a
  // figure, else a warning); everything but place, table and indicator is filled in.
  std::vector<Finding> findings;
};
Weight ParseWeight(absl::string_view text);

// Whether a column of weights is written as shares of one ("0.45" and "0.55", or "0.9" beside execution's
// 0.1): two or more, none above 1, and a sum of exactly 1 or 0.9. The reader then multiplies by 100 and tells
// it.
bool AreShares(const std::vector<Decimal>& weights);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_VALUES_WEIGHT_H_
