// A CSV file with a header row of known columns.
#ifndef ATTAIN_CLIENTS_CLI_INPUT_CSV_TABLE_H_
#define ATTAIN_CLIENTS_CLI_INPUT_CSV_TABLE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "clients/cli/words/language.h"
#include "common/csv/csv.h"

namespace attain::cli {

// A column that is not needed, or one too many of a kind.
struct SkippedColumn {
  std::string word;  // over it; may be empty
  int cells = 0;     // that hold something
};

struct CsvColumn {
  absl::string_view name;
  std::vector<absl::string_view> synonyms;  // other header words, Chinese ones first
  bool required = false;
};

// Thread-compatible value.
class CsvTable {
 public:
  // INVALID_ARGUMENT in `language`, with the line, for broken quotes, a missing column, one that is required
  // and there twice, or a row longer than the header. Other columns are left out and kept in skipped().
  // Header words are compared without case, spaces, a star in front and what stands in brackets behind; rows
  // may be shorter than the header; empty cells at their end and empty rows do not count.
  static absl::StatusOr<CsvTable> Parse(absl::string_view text, const std::vector<CsvColumn>& columns,
                                        Language language);

  size_t size() const { return records_.size(); }
  const std::vector<SkippedColumn>& skipped() const { return skipped_; }
  int Line(size_t row) const { return records_[row].line; }
  // The header word of `column` as the file has it; the column's own name when it has none.
  std::string Header(absl::string_view column) const;
  // Stripped of surrounding spaces; empty when the row or the file has no such cell.
  std::string Get(size_t row, absl::string_view column) const;

 private:
  void CountSkipped();

  // Canonical names, static text; empty for a column that is left out.
  std::vector<absl::string_view> header_;
  std::vector<std::string> words_;  // as they stand in the file
  std::vector<SkippedColumn> skipped_;
  std::vector<csv::Record> records_;
};

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_INPUT_CSV_TABLE_H_
