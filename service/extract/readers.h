// The readers that Extract chooses from. Each fills blocks, remarks and, for workbooks, sheets; each throws
// Refused.
#ifndef ATTAIN_SERVICE_EXTRACT_READERS_H_
#define ATTAIN_SERVICE_EXTRACT_READERS_H_

#include <string>

#include "absl/strings/string_view.h"
#include "service/extract/limits.h"
#include "service/extract/office/package.h"
#include "service/extract/result.h"

namespace attain::extract {

// Office Open XML. `workbook` and `text` are the names of the main parts (opc.h).
void ReadXlsx(Package* package, const std::string& workbook, document::Document* document);
void ReadDocx(Package* package, const std::string& text, document::Document* document);
// OpenDocument, content.xml of a package: a spreadsheet or a text, as it says itself.
void ReadOds(Package* package, document::Document* document);
void ReadOdt(Package* package, document::Document* document);
// A web page, in any character encoding that it names or that its bytes show. Fills `encoding`.
void ReadHtml(absl::string_view bytes, const Limits& limits, document::Document* document);
// XML Spreadsheet 2003.
void ReadXmlSpreadsheet(absl::string_view bytes, const Limits& limits, document::Document* document);
// Plain text: only decoded. Fills `text` and `encoding`.
void ReadText(absl::string_view bytes, document::Document* document);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_READERS_H_
