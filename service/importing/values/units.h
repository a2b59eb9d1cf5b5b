// Units of measure as people write them, and exact conversion between decimal multiples of one unit:
// "1.3 万人次" = 13000 人次, "899740 元" = 89.974 万元, "2.5 ‰" = 0.25 %. The units are data: words/units.txt
// and words/multiples.txt. Pure; safe to call from several threads.
#ifndef ATTAIN_SERVICE_IMPORTING_VALUES_UNITS_H_
#define ATTAIN_SERVICE_IMPORTING_VALUES_UNITS_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "service/scoring/decimal.h"

namespace attain::importing {

// A unit of measure as it is kept: half-width forms, no white space.
std::string FoldUnit(absl::string_view unit);

// Whether two spellings name one unit of one size: "％" and "%", "㎡" and "平方米", "公里" and "千米", "名"
// and "人". White space and width do not count. Two units that no list knows are the same when they are spelt
// the same. An empty unit is only the same as an empty one.
bool SameUnit(absl::string_view a, absl::string_view b);

// `value` of `from` as a value of `to`, exactly. nullopt when one is no decimal multiple of the other
// (小时 and 分钟, % and 百分点, 人 and 人次) or when the result has more digits than Decimal::Parse accepts.
// A multiple alone ("1.3万") counts in what `to` counts: 13000 of 人次, 1.3 of 万元. Units with a slash
// (元/册, 万元/册) convert when what stands behind the slash is the same.
std::optional<scoring::Decimal> ConvertUnit(const scoring::Decimal& value, absl::string_view from,
                                            absl::string_view to);

// Whether a list knows the unit, a multiple before it and a slash within it included: "万人次", "元/平方米".
bool IsKnownUnit(absl::string_view unit);

// Money in any multiple ("元", "万元", "亿元"), not a price ("元/册").
bool IsMoneyUnit(absl::string_view unit);
// %, ‰ and ‱; not a percentage point.
bool IsShareUnit(absl::string_view unit);

// value · 10^power, exactly. nullopt when the result has more digits than Decimal::Parse accepts.
std::optional<scoring::Decimal> TimesPowerOfTen(const scoring::Decimal& value, int power);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_VALUES_UNITS_H_
