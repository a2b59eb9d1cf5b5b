// Office Open XML. `workbook` and `text` are the names of the main parts (opc.h).
#ifndef ATTAIN_SERVICE_EXTRACT_OFFICE_DOCX_READER_H_
#define ATTAIN_SERVICE_EXTRACT_OFFICE_DOCX_READER_H_

#include <string>

#include "service/extract/common/result.h"
#include "service/extract/office/package.h"

namespace attain::extract {

// Fills blocks, remarks and, for workbooks, sheets. Throws Refused.
void ReadDocx(Package* package, const std::string& text, document::Document* document);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_OFFICE_DOCX_READER_H_
