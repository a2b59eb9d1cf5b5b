// An amount of money as people write it: "35.33万元", "38万元（车辆 25 万元，图书 13 万元）", "186,400.00". Nobody outside this folder includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_AMOUNT_H_
#define ATTAIN_SERVICE_IMPORTING_AMOUNT_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "service/scoring/decimal.h"

namespace attain::importing {

struct Amount {
  std::optional<scoring::Decimal> value;  // in 万元, exact
  std::string rest;                       // words behind the first amount
  bool none = false;                      // says that there is none: "-", "/", "无"
};

// The first amount of a text. `unit` is that of a bare number: "元", "千元", "万元", "百万元", "亿元".
Amount ParseAmount(absl::string_view text, absl::string_view unit);

// The money unit that a label or note names, in brackets or behind a colon; empty when none.
absl::string_view MoneyUnitWithin(absl::string_view text);

// "186,400.00" → "186400.00"; nullopt when the digits are not in groups of three.
std::optional<std::string> WithoutGroups(absl::string_view digits);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_AMOUNT_H_
