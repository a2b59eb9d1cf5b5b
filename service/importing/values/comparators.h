// The bound that a target is: "≥", "不少于", "正向大于等于". Nobody outside this folder includes it. Pure.
#ifndef ATTAIN_SERVICE_IMPORTING_VALUES_COMPARATORS_H_
#define ATTAIN_SERVICE_IMPORTING_VALUES_COMPARATORS_H_

#include "absl/strings/string_view.h"
#include "service/scoring/model.h"

namespace attain::importing {

// "≥", "不少于", "正向大于等于" … → comparator; kNone when the text begins with none.
scoring::Comparator ParseComparator(absl::string_view text);

// True when the whole text, narrow and without white space, is one comparator.
bool IsComparator(absl::string_view text);

// Takes words such as 正向 and one comparator off the front of a folded text; kNone without.
scoring::Comparator TakeComparator(absl::string_view* text);

// "≥"; empty for kNone.
absl::string_view SignOf(scoring::Comparator comparator);

// An upper bound (≤, <) beside a lower one (≥, >).
bool Opposed(scoring::Comparator a, scoring::Comparator b);

// Which way is better by the words of the columns 指标性质 and 指标方向: "正向" kAtLeast, "反向指标" kAtMost;
// kNone for 定量, 约束性 and whatever says nothing on it. A comparator in the words counts for nothing here.
scoring::Comparator DirectionOf(absl::string_view nature);

// Whether direction words and comparator cannot both be meant: 正向 beside ≤, 反向 beside ≥.
bool Contradicts(absl::string_view nature, scoring::Comparator comparator);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_VALUES_COMPARATORS_H_
