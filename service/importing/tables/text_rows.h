// Plain text as rows: cells apart by tabs, bars or commas. What is apart by blanks or stands one cell a line
// takes the words of the field and is done by blank_rows.h and cell_lines.h. Nobody outside this folder
// includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_TABLES_TEXT_ROWS_H_
#define ATTAIN_SERVICE_IMPORTING_TABLES_TEXT_ROWS_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "service/importing/cells/source.h"

namespace attain::importing {

// Linear in the text. A quoted cell may go on over lines, as spreadsheets copy it.
Source TextSource(absl::string_view text);

// The cells of one line that are not blank: by tabs, else by bars, else the whole line.
std::vector<Cell> CellsOfLine(absl::string_view line);

// Whether a line begins and ends with a bar: a frame where all lines of a table do, blank cells where not.
bool IsFramed(absl::string_view line);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_TABLES_TEXT_ROWS_H_
