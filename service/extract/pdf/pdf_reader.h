// Reads PDF by poppler (GPL-2: this room is the only one that names it).
#ifndef ATTAIN_SERVICE_EXTRACT_PDF_PDF_READER_H_
#define ATTAIN_SERVICE_EXTRACT_PDF_PDF_READER_H_

#include "absl/strings/string_view.h"
#include "service/extract/common/block_bytes.h"
#include "service/extract/common/limits.h"
#include "service/extract/common/result.h"

namespace attain::extract {

// Fills remarks and pages, and the blocks as bytes. Throws Refused: ENCRYPTED, SCANNED_PAGE, FONT_UNREADABLE
// (no page can be read), DOCUMENT_DAMAGED, EMPTY_DOCUMENT, DOCUMENT_TOO_COSTLY, DOCUMENT_TOO_DEEP. Not
// thread-safe: poppler keeps globals.
void ReadPdf(absl::string_view bytes, const Limits& limits, document::Document* document, BlockBytes* blocks);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_PDF_PDF_READER_H_
