// A web page, in any character encoding that it names or that its bytes show. Fills `encoding`.
#ifndef ATTAIN_SERVICE_EXTRACT_WEB_HTML_READER_H_
#define ATTAIN_SERVICE_EXTRACT_WEB_HTML_READER_H_

#include "absl/strings/string_view.h"
#include "service/extract/common/limits.h"
#include "service/extract/common/result.h"

namespace attain::extract {

// Fills blocks, remarks and, for workbooks, sheets. Throws Refused.
void ReadHtml(absl::string_view bytes, const Limits& limits, document::Document* document);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_WEB_HTML_READER_H_
