// Comma-separated values (RFC 4180).
#ifndef ATTAIN_CLIENTS_CLI_INPUT_CSV_H_
#define ATTAIN_CLIENTS_CLI_INPUT_CSV_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace attain::cli {

struct CsvRecord {
  int line = 0;  // where it starts, from 1
  std::vector<std::string> fields;
};

// All records of `text`; blank lines are left out. Quoted fields may hold commas, doubled quotes and line
// ends; LF, CRLF and CR end a record. INVALID_ARGUMENT, its message the line number alone, when a quote is
// never closed or text follows a closing quote.
absl::StatusOr<std::vector<CsvRecord>> ParseCsv(absl::string_view text);

// One record as a line with its CRLF. Fields are quoted where they have to be. A field that a spreadsheet
// would take for a formula
// ("=45%") gets a blank in front; readers of targets leave blanks out.
std::string ToCsvLine(const std::vector<std::string>& fields);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_INPUT_CSV_H_
