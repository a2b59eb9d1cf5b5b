// Days that stand where a number should: a spreadsheet's own count of days ("45657"), "20241231", "2024.12".
// Nobody outside this folder includes it. Pure; safe to call from several threads.
#ifndef ATTAIN_SERVICE_IMPORTING_VALUES_NUMBER_DATES_H_
#define ATTAIN_SERVICE_IMPORTING_VALUES_NUMBER_DATES_H_

#include <string>

#include "absl/strings/string_view.h"

namespace attain::importing {

// Whether the name of an indicator asks for a point in time: 完成时间, 竣工日期. Not 响应时间, which is a
// span.
bool IsTimeName(absl::string_view name);

// "2024-12-31" of "45657" (counted from 1900), "44,561", "=45657" and "20241231", "2024-12" of "2024.12",
// "2024年" of "2024". Empty for what is no day from 2000 to 2099. Only for the value of a name that asks for
// a point in time: the same figures elsewhere are numbers.
std::string DayOfNumber(absl::string_view value);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_VALUES_NUMBER_DATES_H_
