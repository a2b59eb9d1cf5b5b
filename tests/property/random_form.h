// Random documents made of target tables, damaged in every way, in which each cell that matters holds a token
// that stands nowhere else.
#ifndef ATTAIN_TESTS_PROPERTY_RANDOM_FORM_H_
#define ATTAIN_TESTS_PROPERTY_RANDOM_FORM_H_

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "attain/document/v1/document.pb.h"

namespace attain::importing {

using Random = std::mt19937_64;
using FormRow = std::vector<std::string>;  // cells; empty ones are blank

// Rows that stand together: a grid, or the lines of a text.
struct Form {
  std::vector<FormRow> rows;
};

// One or more target tables, with what stands around them, damaged.
std::vector<Form> RandomForms(Random& random);

// How forms are written down.
enum class Writing { kGrid, kTabs, kBars, kBlanks, kCsv, kCellPerLine };
constexpr int kWritings = 6;

// `line_of`, if given, gets the line on which each row begins, row after row over all forms.
attain::document::v1::Document Write(const std::vector<Form>& forms, Writing writing,
                                     std::vector<int>* line_of);

// Words of five capital letters that begin with Q, and runs of five digits or more.
std::vector<std::string> TokensIn(const std::string& text);

}  // namespace attain::importing

#endif  // ATTAIN_TESTS_PROPERTY_RANDOM_FORM_H_
