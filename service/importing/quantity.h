// A target, prior or actual value as people write it: ">=4 次", "> =90%", "≤2 小时", "不少于 30 个", "有效 提高", "200余人".
#ifndef ATTAIN_SERVICE_IMPORTING_QUANTITY_H_
#define ATTAIN_SERVICE_IMPORTING_QUANTITY_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "service/scoring/model.h"

namespace attain::importing {

struct Quantity {
  scoring::Comparator comparator = scoring::Comparator::kNone;
  std::optional<scoring::Decimal> value;
  std::string unit;
  std::string text;          // words without white space when there is no number; empty otherwise
  bool approximate = false;  // "200余人": the number is a lower bound in words
  bool is_date = false;      // "11月底前", "2026-12-31": kept as text
  bool unclear =
      false;  // "≥10-15 次", "≥1e3 次", "≥很多": begins like a number and is none with a unit; kept as text
};

// Total: anything gives a Quantity. A number without comparator has kNone.
Quantity ParseQuantity(absl::string_view text);

// "≥", "不少于", "正向" … → comparator; kNone when it is none.
scoring::Comparator ParseComparator(absl::string_view text);

// True when the whole text, narrow and without white space, is one comparator.
bool IsComparator(absl::string_view text);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_QUANTITY_H_
