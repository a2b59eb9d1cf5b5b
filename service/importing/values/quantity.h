// A target, prior or actual value as people write it: ">=4 次", "不少于 30 个", "24小时内", "降低至2%以内",
// "二十期", "200余人", "有效 提高". What is certain is read; what is not stays words and says so. Pure.
#ifndef ATTAIN_SERVICE_IMPORTING_VALUES_QUANTITY_H_
#define ATTAIN_SERVICE_IMPORTING_VALUES_QUANTITY_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "service/importing/values/comparators.h"
#include "service/scoring/model.h"

namespace attain::importing {

struct Quantity {
  scoring::Comparator comparator = scoring::Comparator::kNone;
  std::optional<scoring::Decimal> value;
  std::string unit;
  std::string text;          // words without white space when there is no number; empty otherwise
  bool approximate = false;  // "200余人", "约100人次", "100左右": the number is no exact one
  bool is_date = false;  // "11月底前", "2026-12-31", "2025年内": kept as text, no number is cut out of it
  // "≥10-15 次", "≥1e3 次", "80~85%", "≥很多": begins like a number and is none with a unit; kept as text.
  bool unclear = false;
  // Words that hold a figure which is not certain to be the target: "近千册", "零事故", "每月2场",
  // "3月底完成100%". Kept as text; never a rating unseen.
  bool figure = false;
  // How the figure might be written, such as "≥24场" or "95%" (no comparator: which one is not said). Empty
  // when there is none or nobody can tell. ParseQuantity reads every suggestion as one number.
  std::string suggestion;
  // The words besides comparator, number and unit that decided how the number was read: "提升", "降低至",
  // "每年", "二十". Empty for plain targets. Not empty: people are told.
  std::string said;
  bool is_change = false;  // "比上年增长6%": the number is by how much, in the direction that `said` names
};

// Total: anything gives a Quantity. A number without comparator has kNone. Linear in the text.
Quantity ParseQuantity(absl::string_view text);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_VALUES_QUANTITY_H_
