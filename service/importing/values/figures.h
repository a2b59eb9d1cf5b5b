// Figures within words: whether a text that could not be read as one number holds one all the same, and how
// it might be written. Nobody outside this folder includes it. Pure.
#ifndef ATTAIN_SERVICE_IMPORTING_VALUES_FIGURES_H_
#define ATTAIN_SERVICE_IMPORTING_VALUES_FIGURES_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace attain::importing {

struct Figures {
  int count = 0;     // figures that are neither dates nor names ("5A级", "ISO9001", "一次性")
  size_t first = 0;  // byte of the first one
  int dates = 0;     // dates that hold a figure
};

// `text` in half width, without white space. Linear in the text.
Figures FindFigures(absl::string_view text);

// "培训覆盖率达到95%以上" → "≥95%"; "近1000册" → "1000册". Empty without exactly one figure that has a value.
std::string SuggestFigure(absl::string_view text, const Figures& figures);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_VALUES_FIGURES_H_
