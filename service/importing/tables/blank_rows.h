// Tables in plain text whose cells have only blanks between them. They are found by their header words and
// become rows of cells like all others. Nobody outside this folder includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_TABLES_BLANK_ROWS_H_
#define ATTAIN_SERVICE_IMPORTING_TABLES_BLANK_ROWS_H_

#include "service/importing/cells/source.h"

namespace attain::importing {

// Lines whose cells stand apart by blanks, below and above a line that is a header when it is cut at its
// blanks.
void SplitBlankRows(Source* source);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_TABLES_BLANK_ROWS_H_
