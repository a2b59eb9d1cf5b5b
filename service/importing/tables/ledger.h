// The account of all cells: what no reader took is told or belongs to a grid without targets. Nobody outside
// service/importing includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_TABLES_LEDGER_H_
#define ATTAIN_SERVICE_IMPORTING_TABLES_LEDGER_H_

#include "service/importing/cells/parsed.h"
#include "service/importing/cells/source.h"

namespace attain::importing {

// Gives every open cell its fate and counts them all. Cells of a grid from which a target table was read are
// told, row by row; so are those of a grid that has a header of levels, comparators or weights
// (TABLE_NOT_READ). All others lie outside, once for each grid. A line of text that could be a row is told as
// well.
void CloseLedger(const scoring::Profile& profile, Source* source, ParsedDocument* document);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_TABLES_LEDGER_H_
