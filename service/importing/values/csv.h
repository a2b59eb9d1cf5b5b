// Comma-separated values of a document.
#ifndef ATTAIN_SERVICE_IMPORTING_VALUES_CSV_H_
#define ATTAIN_SERVICE_IMPORTING_VALUES_CSV_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace attain::importing {

// Records of cells, from a CSV text or a grid of a document.
struct CsvRecords {
  std::vector<std::vector<std::string>> records;
  std::vector<int> lines;  // where each record begins: line of the text, row of the grid
  int unclosed = 0;        // line of a quote that never ends (it ends with the text), else 0
  // Of a grid only: its sheet or page, and the address of each cell of `records`.
  std::string sheet;
  int page = 0;
  std::vector<std::vector<std::string>> addresses;
};

// Reads as csv::Parse does. Lines of blanks alone are left out as well.
CsvRecords ParseCsv(absl::string_view text, char separator = ',');

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_VALUES_CSV_H_
