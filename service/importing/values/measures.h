// Measure words and units behind a number. Nobody outside this folder includes it. Pure.
#ifndef ATTAIN_SERVICE_IMPORTING_VALUES_MEASURES_H_
#define ATTAIN_SERVICE_IMPORTING_VALUES_MEASURES_H_

#include "absl/strings/string_view.h"

namespace attain::importing {

// All texts in half width, without white space.

// Whether the lists know it: a unit or measure word, with a multiple before it, a slash within or a remark in
// brackets behind: "万人次", "次/年", "人次(含复训)".
bool IsCounted(absl::string_view unit);

// What may stand behind a number: "次", "%", "m2", "人次/年", and words that no list knows; never the rest of
// a range, an exponent or a second figure.
bool IsUnit(absl::string_view unit);

// The rest of a sentence, not a unit: "平方米绿植全覆盖"; "次检查" is none.
bool IsSentence(absl::string_view unit);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_VALUES_MEASURES_H_
