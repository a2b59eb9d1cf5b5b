// Plain lists of figures in any format: one line for each indicator's value, or for each table's money. Pure.
#ifndef ATTAIN_SERVICE_IMPORTING_USES_FIGURE_LIST_H_
#define ATTAIN_SERVICE_IMPORTING_USES_FIGURE_LIST_H_

#include <string>
#include <vector>

#include "attain/document/v1/document.pb.h"
#include "service/importing/cells/parsed.h"
#include "service/importing/columns/list_header.h"

namespace attain::importing {

// One line, every field as it stands; empty where the list has no such column or cell.
struct ListedFigure {
  std::string unit, table, year;  // whose it is: names, ids or resource names
  std::string indicator, level1, level2;
  std::string value, date, note, reason, score, deduction, numerator, denominator, evidence;
  std::string spent, adjusted;  // with the unit of money that the header names, unless the cell has one
  std::string raw;
  Place place;  // row: number of the line in its list, from 1
};

struct ParsedList {
  bool found = false;  // a grid has the header of such a list
  std::vector<ListedFigure> lines;
  std::vector<Finding> findings;  // in document order
  Ledger ledger;
};

// Lines of all grids whose header names indicator and value (kActuals), or table and money spent (kSpending).
// A header of target tables is none. Told: LIST_COLUMN_UNKNOWN, LIST_LINE_INCOMPLETE, and what the ledger
// tells. Without such a grid nothing but `found` = false.
ParsedList ReadFigureList(const document::Document& from, ListKind kind, const ImportOptions& options);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_USES_FIGURE_LIST_H_
