#include "service/extract/pdf_reader.h"

namespace attain::extract {

void ReadPdf(absl::string_view, const Limits&, document::Document*) {
  throw Refused("UNKNOWN_FORMAT", "this build reads no PDF: save the document as DOCX or XLSX");
}

}  // namespace attain::extract
