// One section of a document → one target table. Nobody outside this folder includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_TABLE_READER_H_
#define ATTAIN_SERVICE_IMPORTING_TABLE_READER_H_

#include <string>
#include <vector>

#include "service/importing/document.h"

namespace attain::importing {

struct Line {
  int number = 0;  // from 1
  std::vector<std::string> cells;
  std::string text;
};

// Lines of one section: from the line behind its title to the line before the next title.
struct Section {
  ParsedTable::Kind kind = ParsedTable::Kind::kProject;
  int title_line = 0;
  int title_year = 0;  // told by the title or by the line right above it; 0 without
  std::vector<Line> lines;
};

// Appends what was noticed to `findings`. A section without header row gives no table and a finding.
bool ReadSection(const Section& section, int table_number, const ImportOptions& options, ParsedTable* table,
                 std::vector<Finding>* findings);

// A section written one cell per line, put back into rows.
Section Reflow(const Section& section);

// Makes a finding with its place filled in.
Finding MakeFinding(Severity severity, std::string code, const ParsedTable& table, int table_number, int row, int line,
                    std::string cell);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_TABLE_READER_H_
