// Comma-separated values (RFC 4180), for the server's documents and the command line's files alike.
#ifndef ATTAIN_COMMON_CSV_CSV_H_
#define ATTAIN_COMMON_CSV_CSV_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace attain::csv {

struct Record {
  int line = 0;  // where it starts, from 1
  std::vector<std::string> cells;
};

// What a text holds, and where its quotes are broken. Nothing of the text is lost by a broken quote: who
// cannot live with one refuses the text and names the line.
struct Records {
  std::vector<Record> records;
  // Line of a quote that never ends, 0 when there is none. Its cell ends with the text.
  int unclosed = 0;
  // Line where the first quoted cell begins that has text behind its closing quote, 0 when there is none. The
  // text belongs to the cell.
  int torn = 0;
};

// Reads all of `text`. A quoted cell may hold separators, doubled quotes and line ends; a quote inside an
// unquoted cell is a character like any other. LF, CRLF and CR end a record; a record without any character
// is left out.
Records Parse(absl::string_view text, char separator = ',');

// One record as a line with its CRLF. Cells are quoted where they have to be. A cell that a spreadsheet would
// take for a formula ("=45%") gets a blank in front; readers of targets leave blanks out.
std::string ToLine(const std::vector<std::string>& cells);

}  // namespace attain::csv

#endif  // ATTAIN_COMMON_CSV_CSV_H_
