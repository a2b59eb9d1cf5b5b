// Numbers of a file as plain decimals, in text: no binary fraction ever comes between the file and the
// reader. A plain decimal is [-]digits[.digits] without an exponent, a leading zero or a trailing zero behind
// the point.
#ifndef ATTAIN_SERVICE_EXTRACT_OFFICE_DECIMAL_H_
#define ATTAIN_SERVICE_EXTRACT_OFFICE_DECIMAL_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace attain::extract {

// Reads what a file stores ("0.57999999999999996", "1.5E-3"). Programs write a double with 17 digits and show
// 15: rounded half up to 15, unless it is a whole number written without an exponent, whose digits all count
// (codes). Nothing when it is no number or beyond 10^±400.
std::optional<std::string> PlainDecimal(absl::string_view stored);

// Times 10^places, exactly.
std::string Shift(absl::string_view plain, int places);
// Half away from zero, to `decimals` >= 0 digits behind the point.
std::string Round(absl::string_view plain, int decimals);

// Digits before and behind the point; "0" and "" for zero. Views into `plain`, sign left out.
struct DecimalParts {
  bool negative = false;
  absl::string_view whole;
  absl::string_view fraction;
};
DecimalParts Parts(absl::string_view plain);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_OFFICE_DECIMAL_H_
