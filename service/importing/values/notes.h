// Findings of one cell that do not know yet where they stand: the reader of the row adds place, table,
// indicator and points. Nobody outside this folder includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_VALUES_NOTES_H_
#define ATTAIN_SERVICE_IMPORTING_VALUES_NOTES_H_

#include <string>

#include "absl/strings/string_view.h"
#include "service/importing/values/finding.h"

namespace attain::importing {

// `raw` is shortened.
Finding MakeNote(Severity severity, const char* code, absl::string_view raw, std::string understood,
                 Text message, Text repair);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_VALUES_NOTES_H_
