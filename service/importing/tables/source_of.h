// From a document to rows of cells.
#ifndef ATTAIN_SERVICE_IMPORTING_TABLES_SOURCE_OF_H_
#define ATTAIN_SERVICE_IMPORTING_TABLES_SOURCE_OF_H_

#include "service/importing/cells/source.h"

namespace attain::importing {

// Rows of a document of any format.
Source SourceOf(const document::Document& document);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_TABLES_SOURCE_OF_H_
