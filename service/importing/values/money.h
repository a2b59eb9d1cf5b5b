// Amounts of money as documents write them, in any unit, to 万元 exactly. Pure.
#ifndef ATTAIN_SERVICE_IMPORTING_VALUES_MONEY_H_
#define ATTAIN_SERVICE_IMPORTING_VALUES_MONEY_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "service/importing/values/finding.h"

namespace attain::importing {

// The unit that a label, header or note states: "单位：万元", "金额单位:元", "项目资金（千元）",
// "预算数(元)".
struct MoneyUnit {
  std::string word;        // "万元"; empty when none is stated or two differ
  bool ambiguous = false;  // two different ones are stated
};
MoneyUnit MoneyUnitIn(absl::string_view text);

struct Money {
  std::optional<Decimal> value;  // 万元, all decimals kept
  bool blank = false;            // nothing there, or "-", "/", "无": no amount and nothing to tell
  std::string unit;              // as written in the cell; empty when the default counted
  std::string remark;            // words beside the amount, such as its parts
  // MONEY_CONVERTED (note), MONEY_REMARK (note), MONEY_APPROXIMATE (warning), MONEY_UNCLEAR (error: there is
  // something, and it is no one amount); everything but place and table is filled in.
  std::vector<Finding> findings;
};

// `default_unit` counts where the cell has no unit of its own; empty or unknown means 万元.
// "38万元（车辆 25 万元，图书 13 万元）" is 38 with a remark; "20万元、5万元" is unclear. Never throws, never
// 0 for words.
Money ParseMoney(absl::string_view text, absl::string_view default_unit = "万元");

// Whether an amount without any unit, read as 万元, is so large that it is perhaps in 元; and the warning
// MONEY_UNIT_ASSUMED that says so, with the likely amount.
bool IsLargeForNoUnit(const Decimal& amount);
Finding UnitAssumed(absl::string_view text, const Decimal& amount);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_VALUES_MONEY_H_
