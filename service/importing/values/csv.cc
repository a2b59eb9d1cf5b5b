#include "service/importing/values/csv.h"

#include <utility>

#include "common/csv/csv.h"
#include "service/importing/values/text.h"

namespace attain::importing {

CsvRecords ParseCsv(absl::string_view text, char separator) {
  csv::Records read = csv::Parse(text, separator);
  CsvRecords found;
  found.unclosed = read.unclosed;
  for (csv::Record& record : read.records) {
    if (record.cells.size() == 1 && Squeeze(record.cells[0]).empty()) continue;
    found.records.push_back(std::move(record.cells));
    found.lines.push_back(record.line);
  }
  return found;
}

}  // namespace attain::importing
