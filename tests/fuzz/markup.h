// Changes markup by its tags, so that what comes out is still markup: bytes that are changed one by one are
// mostly refused by the parser and reach no reader.
#ifndef ATTAIN_TESTS_FUZZ_MARKUP_H_
#define ATTAIN_TESTS_FUZZ_MARKUP_H_

#include <random>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace attain::extract {

using Random = std::mt19937_64;

// 0 when `bound` is 0.
size_t Below(Random& random, size_t bound);

// Tags and the texts between them.
std::vector<std::string> Pieces(absl::string_view markup);
// Loses, doubles, moves, replaces and adds up to six pieces, numbers and attributes; half of the new ones are
// taken from `more`, if it holds any.
std::string WithPiecesChanged(absl::string_view markup, const std::vector<std::string>& more, Random& random);
// Closes what is open and drops what closes nothing. Processing instructions close everything: parts begin
// behind them.
std::string Balanced(absl::string_view markup);

// The element, or the text, that begins at piece `at`, over and over until the whole has so many bytes.
std::string Grown(const std::vector<std::string>& pieces, size_t at, size_t bytes);

}  // namespace attain::extract

#endif  // ATTAIN_TESTS_FUZZ_MARKUP_H_
