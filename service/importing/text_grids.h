// A text as the importer cuts it into lines and grids, so that a person can see why a row was read or not.
#ifndef ATTAIN_SERVICE_IMPORTING_TEXT_GRIDS_H_
#define ATTAIN_SERVICE_IMPORTING_TEXT_GRIDS_H_

#include "attain/document/v1/document.pb.h"

namespace attain::importing {

// The same document with its text as blocks: every line and cell that is not empty, in order, with its line
// number; cells are addressed "R3C2" within their grid. Documents of other formats
// and texts with a line of more than 64 KiB, which is no table, come back as they are.
::attain::document::v1::Document WithTextGrids(const ::attain::document::v1::Document& source);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_TEXT_GRIDS_H_
