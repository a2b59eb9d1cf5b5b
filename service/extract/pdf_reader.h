// PDF with ruling lines.
#ifndef ATTAIN_SERVICE_EXTRACT_PDF_READER_H_
#define ATTAIN_SERVICE_EXTRACT_PDF_READER_H_

#include "absl/strings/string_view.h"
#include "service/extract/limits.h"
#include "service/extract/result.h"

namespace attain::extract {

// Fills blocks, remarks and pages; throws Refused. Not thread-safe: poppler keeps globals.
void ReadPdf(absl::string_view bytes, const Limits& limits, document::Document* document);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_PDF_READER_H_
