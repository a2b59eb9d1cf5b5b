// XML Spreadsheet 2003.
#ifndef ATTAIN_SERVICE_EXTRACT_OFFICE_XML2003_READER_H_
#define ATTAIN_SERVICE_EXTRACT_OFFICE_XML2003_READER_H_

#include "absl/strings/string_view.h"
#include "service/extract/common/limits.h"
#include "service/extract/common/result.h"

namespace attain::extract {

// Fills blocks, remarks and, for workbooks, sheets. Throws Refused.
void ReadXmlSpreadsheet(absl::string_view bytes, const Limits& limits, document::Document* document);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_OFFICE_XML2003_READER_H_
