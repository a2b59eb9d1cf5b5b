// What must hold for every document, however it is broken.
#ifndef ATTAIN_TESTS_FUZZ_EXTRACT_CHECK_H_
#define ATTAIN_TESTS_FUZZ_EXTRACT_CHECK_H_

#include <string>

#include "absl/strings/string_view.h"

namespace attain::extract {

// The first byte says what the rest is: 's' the inside of a worksheet, 't' of shared strings, 'y' of styles
// (with a sheet that uses them), 'w' of a Word body, 'c' an ODS table, 'o' an ODT text; anything else: the
// bytes of a document as they are, that byte left out.
std::string DocumentOf(absl::string_view input);

// Reads it; empty when it was read as the contract promises, or refused with a code and a sentence. Otherwise
// what is wrong.
std::string CheckExtract(absl::string_view input);

}  // namespace attain::extract

#endif  // ATTAIN_TESTS_FUZZ_EXTRACT_CHECK_H_
