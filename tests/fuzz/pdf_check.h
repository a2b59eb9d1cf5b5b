// Pages made of any bytes, and what must hold for each of them.
#ifndef ATTAIN_TESTS_FUZZ_PDF_CHECK_H_
#define ATTAIN_TESTS_FUZZ_PDF_CHECK_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace attain::extract {

// Reads lines and letters out of the bytes, puts them on up to three pages and reads those. Empty when all is
// well: no letter is lost, doubled or made up, cells cover their grid once, nested grids have an outer one,
// or the page is refused by name. Else what is wrong.
// `tables`, if given, grows by the number of tables that were read.
std::string CheckPages(const uint8_t* data, size_t size, size_t* tables = nullptr);

}  // namespace attain::extract

#endif  // ATTAIN_TESTS_FUZZ_PDF_CHECK_H_
