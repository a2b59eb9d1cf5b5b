// The CSV template. UTF-8 with or without a byte order mark, RFC 4180 quoting, one header line, columns in any order:
//   table_kind (unit|project), unit_name, table_name, fiscal_year, leader, budget_total, budget_fiscal, budget_other, goal,
//   level1, level2, indicator, target, basis, prior_value, weight, rule, evidence
// One line per indicator; a line belongs to the table named by its table_kind and table_name. The table's own columns may be
// blank from its second line on. `target` is written as in a document: ">=4 次".
#ifndef ATTAIN_SERVICE_IMPORTING_CSV_H_
#define ATTAIN_SERVICE_IMPORTING_CSV_H_

#include <string>
#include <vector>

#include "service/importing/document.h"

namespace attain::importing {

// Records of a CSV text and the line each begins on. An unclosed quote ends at the end of the text; `unclosed` is its line then, else 0.
struct CsvRecords {
  std::vector<std::vector<std::string>> records;
  std::vector<int> lines;
  int unclosed = 0;
};
CsvRecords ParseCsv(absl::string_view text);

// True when the first line is the template's header.
bool IsTemplate(absl::string_view text);
// INVALID_ARGUMENT when it has more rows than options.max_rows.
absl::StatusOr<ParsedDocument> ReadTemplate(absl::string_view text, const ImportOptions& options);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_CSV_H_
