// Plain text: only decoded. Fills `text` and `encoding`.
#ifndef ATTAIN_SERVICE_EXTRACT_TEXT_READER_H_
#define ATTAIN_SERVICE_EXTRACT_TEXT_READER_H_

#include "absl/strings/string_view.h"
#include "service/extract/common/result.h"

namespace attain::extract {

// Fills blocks, remarks and, for workbooks, sheets. Throws Refused.
void ReadText(absl::string_view bytes, document::Document* document);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_TEXT_READER_H_
