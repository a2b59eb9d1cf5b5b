// Where target tables begin and end in a document. Nobody outside this folder includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_TABLES_SECTIONS_H_
#define ATTAIN_SERVICE_IMPORTING_TABLES_SECTIONS_H_

#include <vector>

#include "service/importing/cells/source.h"

namespace attain::importing {

// A heading with a header below it and rows below that: rows [first, end) of the source.
struct Section {
  ParsedTable::Kind kind = ParsedTable::Kind::kProject;
  bool titled = false;  // it begins with a known title; otherwise with a label or a header
  size_t first = 0;     // the title, or the heading's first row
  size_t end = 0;
  std::vector<size_t> header_rows;  // rows that are headers by themselves, in order
  int title_year = 0;               // told by the title or by the line right above it; 0 without
};

// True for a title that goes on with the table above it: "项目支出绩效目标表(续)", "续表".
bool IsContinued(const Row& row);

// In document order, without overlap. A section without a known title has a header row.
std::vector<Section> FindSections(const Source& source);

// "项目支出绩效目标表": a title stands alone in its row, but for the year and the unit of money.
bool IsTitle(const Row& row);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_TABLES_SECTIONS_H_
