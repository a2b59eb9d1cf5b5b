// Dates in the words of a target: "2025年年底前", "11月底前", "2025-12-31", "第三季度". Nobody outside this
// folder includes it. Pure; safe to call from several threads.
#ifndef ATTAIN_SERVICE_IMPORTING_VALUES_DATE_WORDS_H_
#define ATTAIN_SERVICE_IMPORTING_VALUES_DATE_WORDS_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace attain::importing {

// Bytes of the date, period of a year or span of dates that `text` (half width, no white space) begins with;
// 0 without. What follows is not looked at, but "2025.5万元" and "12个月" are no dates. `bounded`: a
// comparator stands before, so "≤12月" counts months.
size_t DateAtStart(absl::string_view text, bool bounded = false);

// Whether what follows a date may be the deadline's own words: nothing, "完成", "前完工"; no figure.
bool IsDeadline(absl::string_view behind);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_VALUES_DATE_WORDS_H_
