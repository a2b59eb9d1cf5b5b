// Texts with cells and lines lost, doubled, moved and changed.
#ifndef ATTAIN_TESTS_FUZZ_DAMAGED_TEXT_H_
#define ATTAIN_TESTS_FUZZ_DAMAGED_TEXT_H_

#include <random>
#include <string>

#include "absl/strings/string_view.h"

namespace attain::importing {

// Up to twelve changes of cells and lines and up to three of bytes, the same ones for the same `random`.
std::string Damaged(absl::string_view text, std::mt19937_64& random);

}  // namespace attain::importing

#endif  // ATTAIN_TESTS_FUZZ_DAMAGED_TEXT_H_
