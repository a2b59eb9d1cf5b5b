// Signs of damage that reading alone does not meet: a damaged PDF reads short without a word.
//
// Not thread-safe (poppler keeps globals).
#ifndef ATTAIN_SERVICE_EXTRACT_PDF_INTEGRITY_H_
#define ATTAIN_SERVICE_EXTRACT_PDF_INTEGRITY_H_

#include <PDFDoc.h>
#include <poppler-config.h>

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "service/extract/common/limits.h"

namespace attain::extract {

struct PdfDamage {
  int page = 0;  // whose content it is; 0 when it belongs to no single page
  std::string detail;
};

// Compressed streams must unpack to their end and to their checksum, and every object must end where the next
// one begins. What a PDF holds without compression (widths of letters, sizes of pages, or a page's content in
// some files) carries no checksum: a change there is an edit like any other. At most twenty are told. Streams
// behind the first `limits.total` unpacked bytes are not looked at.
std::vector<PdfDamage> FindDamage(absl::string_view bytes, PDFDoc* pdf, const Limits& limits);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_PDF_INTEGRITY_H_
