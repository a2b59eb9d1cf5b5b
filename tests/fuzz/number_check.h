// What must hold for every number and every format code.
#ifndef ATTAIN_TESTS_FUZZ_NUMBER_CHECK_H_
#define ATTAIN_TESTS_FUZZ_NUMBER_CHECK_H_

#include <string>

#include "absl/strings/string_view.h"

namespace attain::extract {

// Shows a number as a workbook would: `input` is the number as stored, a line end and a format code. Empty,
// or what is wrong.
std::string CheckNumber(absl::string_view input);

}  // namespace attain::extract

#endif  // ATTAIN_TESTS_FUZZ_NUMBER_CHECK_H_
