// The target of one row, put together from all the cells that speak of it: the value itself, the columns of
// comparator, direction and unit, and the indicator's name. Pure.
#ifndef ATTAIN_SERVICE_IMPORTING_VALUES_TARGET_H_
#define ATTAIN_SERVICE_IMPORTING_VALUES_TARGET_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "service/importing/values/finding.h"
#include "service/importing/values/quantity.h"

namespace attain::importing {

// What the name says about a bare number: "书车（≥**台）" gives ≥ and 台, "故障率(%)" gives %,
// "办结天数不超过" gives ≤. Brackets that hold a remark ("培训（含线上）") give nothing.
struct NameHint {
  scoring::Comparator comparator = scoring::Comparator::kNone;
  std::string unit;
};
NameHint ComparatorAndUnitOfName(absl::string_view name);

// As they stand in the row; empty where there is no such column.
struct TargetCells {
  std::string value;  // 指标值
  std::string nature;  // 指标性质, 比较符, 计算符号, 指标方向: all of them, one behind the other
  std::string unit;    // 计量单位
  std::string level1, level2, name;
};

struct TargetReading {
  scoring::Comparator comparator = scoring::Comparator::kNone;  // kNone without a value
  std::optional<Decimal> target;
  std::string unit;
  std::string text;  // words where there is no value
  // TARGET_HAS_FIGURE, TARGET_APPROXIMATE, COMPARATOR_BY_NATURE, DIRECTION_CONTRADICTION, UNIT_DISAGREES,
  // UNIT_COMPLETED, UNIT_IS_NUMBER, TARGET_REMARK, DATE_AS_NUMBER: everything but place, table, indicator and
  // points is filled in. Figures that stay words are told by Lint, which sees the stored target as well.
  std::vector<Finding> findings;
};
TargetReading ReadTarget(const TargetCells& cells);

// The usual rule of a row where a document has no column of rules. kUnmapped for words that hold a figure:
// such a row is no rating until a person says so (Lint holds it up with TARGET_HAS_FIGURE).
scoring::RuleKind AssumedRule(bool has_value, absl::string_view target_text);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_VALUES_TARGET_H_
