// OpenDocument, content.xml of a package: a spreadsheet or a text, as it says itself.
#ifndef ATTAIN_SERVICE_EXTRACT_OFFICE_ODT_READER_H_
#define ATTAIN_SERVICE_EXTRACT_OFFICE_ODT_READER_H_

#include "service/extract/common/result.h"
#include "service/extract/office/package.h"

namespace attain::extract {

// Fills blocks, remarks and, for workbooks, sheets. Throws Refused.
void ReadOdt(Package* package, document::Document* document);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_OFFICE_ODT_READER_H_
