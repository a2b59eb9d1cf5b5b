// What kind of figure a row holds, by its levels, name and unit. Nobody outside this folder includes it.
// Pure.
#ifndef ATTAIN_SERVICE_IMPORTING_VALUES_ROW_KIND_H_
#define ATTAIN_SERVICE_IMPORTING_VALUES_ROW_KIND_H_

#include "absl/strings/string_view.h"

namespace attain::importing {

// Whether the row says what something costs (RULES 2.9): level 成本 or a name with 费用, 经费, 金额 …,
// and not one of money that is wanted or of a rate (收入, 节约率).
bool IsCostRow(absl::string_view level1, absl::string_view level2, absl::string_view name);
// Whether the name is that of a percentage: 合格率, 满意度.
bool IsRateName(absl::string_view name);
// A rate that is often below 1 %, or is a change: 差错率, 增长率. A small figure is no sign of a fraction.
bool IsSmallRate(absl::string_view name);
// A rate of change, which may be negative (RULES 2.9): 变动率, 增长率.
bool IsChangeRate(absl::string_view name);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_VALUES_ROW_KIND_H_
