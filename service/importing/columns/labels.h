// Words that label what stands beside them.
#ifndef ATTAIN_SERVICE_IMPORTING_COLUMNS_LABELS_H_
#define ATTAIN_SERVICE_IMPORTING_COLUMNS_LABELS_H_

#include <string>

#include "absl/strings/string_view.h"

namespace attain::importing {

// What a cell is the label of: a key of words/labels.txt, empty when of nothing. The cell's word is given;
// remarks in brackets do not count.
absl::string_view LabelOf(absl::string_view word);

// The word without what stands in half-width brackets: "预算(万元)" → "预算".
std::string WithoutBrackets(std::string word);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_COLUMNS_LABELS_H_
