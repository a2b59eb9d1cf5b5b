// Tables in plain text with one cell a line. They are found by their header words and become
// rows of cells like all others. Nobody outside this folder includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_TABLES_CELL_LINES_H_
#define ATTAIN_SERVICE_IMPORTING_TABLES_CELL_LINES_H_

#include "service/importing/cells/source.h"
#include "service/importing/columns/cell_traits.h"

namespace attain::importing {

// One cell a line: runs of lines that are header words, what follows them, and labels with their values above
// them.
void GatherCellLines(Source* source, const scoring::Profile& profile);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_TABLES_CELL_LINES_H_
