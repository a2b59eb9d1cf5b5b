// What must hold of the importer for any bytes.
#ifndef ATTAIN_TESTS_FUZZ_IMPORTING_CHECK_H_
#define ATTAIN_TESTS_FUZZ_IMPORTING_CHECK_H_

#include <string>

#include "absl/strings/string_view.h"

namespace attain::importing {

// Empty, or what does not hold.
std::string CheckImport(absl::string_view bytes);

}  // namespace attain::importing

#endif  // ATTAIN_TESTS_FUZZ_IMPORTING_CHECK_H_
