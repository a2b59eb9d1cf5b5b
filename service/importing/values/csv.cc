#include "service/importing/values/csv.h"

#include <utility>

#include "service/importing/values/text.h"

namespace attain::importing {

CsvRecords ParseCsv(absl::string_view text, char separator) {
  CsvRecords csv;
  std::vector<std::string> record;
  std::string cell;
  bool quoted = false;
  int line = 1, record_line = 1, quote_line = 0;
  const auto end_cell = [&] {
    record.push_back(std::move(cell));
    cell.clear();
  };
  const auto end_record = [&] {
    end_cell();
    if (record.size() > 1 || !Squeeze(record[0]).empty()) {
      csv.records.push_back(std::move(record));
      csv.lines.push_back(record_line);
    }
    record.clear();
  };
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') ++line;
    if (quoted) {
      if (c != '"') {
        cell.push_back(c);
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        cell.push_back('"');
        ++i;
      } else {
        quoted = false;
      }
    } else if (c == '"' && cell.empty()) {
      quoted = true;
      quote_line = line;
    } else if (c == separator) {
      end_cell();
    } else if (c == '\n') {
      end_record();
      record_line = line;
    } else if (c != '\r') {
      cell.push_back(c);
    }
  }
  if (!cell.empty() || !record.empty()) end_record();
  if (quoted) csv.unclosed = quote_line;
  return csv;
}

}  // namespace attain::importing
