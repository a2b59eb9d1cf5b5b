// The months that a header word begins with. Nobody outside this folder and tables/ includes it. Pure.
#ifndef ATTAIN_SERVICE_IMPORTING_VALUES_MONTHS_H_
#define ATTAIN_SERVICE_IMPORTING_VALUES_MONTHS_H_

#include "absl/strings/string_view.h"

namespace attain::importing {

// "1-7月执行情况" → "执行情况", "截至9月底完成情况" → "完成情况", "上半年执行数" → "执行数"; a word without
// months as it is. The word is folded (fold_name.h).
absl::string_view WithoutMonths(absl::string_view word);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_VALUES_MONTHS_H_
