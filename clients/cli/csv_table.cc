#include "clients/cli/csv_table.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "clients/cli/messages.h"

namespace attain::cli {
namespace {

const CsvColumn* FindColumn(absl::string_view word, const std::vector<CsvColumn>& columns) {
  word = absl::StripAsciiWhitespace(word);
  for (const CsvColumn& column : columns) {
    if (absl::EqualsIgnoreCase(word, column.name)) return &column;
    if (std::find(column.synonyms.begin(), column.synonyms.end(), word) != column.synonyms.end())
      return &column;
  }
  return nullptr;
}

absl::string_view NameOf(const CsvColumn& column, Language language) {
  return language == Language::kChinese && !column.synonyms.empty() ? column.synonyms[0] : column.name;
}

std::string ColumnList(const std::vector<CsvColumn>& columns, Language language) {
  return absl::StrJoin(
      columns, language == Language::kChinese ? "、" : ", ",
      [&](std::string* out, const CsvColumn& column) { absl::StrAppend(out, NameOf(column, language)); });
}

}  // namespace

absl::StatusOr<CsvTable> CsvTable::Parse(absl::string_view text, const std::vector<CsvColumn>& columns,
                                         Language language) {
  absl::StatusOr<std::vector<CsvRecord>> records = ParseCsv(text);
  if (!records.ok())
    return absl::InvalidArgumentError(Say(language, Msg::kBadCsvQuote, records.status().message()));
  if (records->empty())
    return absl::InvalidArgumentError(Say(language, Msg::kEmptyCsv, ColumnList(columns, language)));
  CsvTable table;
  for (const std::string& word : records->front().fields) {
    const CsvColumn* column = FindColumn(word, columns);
    if (column == nullptr)
      return absl::InvalidArgumentError(
          Say(language, Msg::kUnknownColumn, word, ColumnList(columns, language)));
    table.header_.push_back(column->name);
    table.words_.emplace_back(absl::StripAsciiWhitespace(word));
  }
  for (const CsvColumn& column : columns) {
    const bool there =
        std::find(table.header_.begin(), table.header_.end(), column.name) != table.header_.end();
    if (column.required && !there)
      return absl::InvalidArgumentError(
          Say(language, Msg::kMissingColumn, NameOf(column, language), ColumnList(columns, language)));
  }
  records->erase(records->begin());
  for (CsvRecord& record : *records) {
    // Spreadsheets pad rows, and files, with empty cells.
    while (!record.fields.empty() && absl::StripAsciiWhitespace(record.fields.back()).empty())
      record.fields.pop_back();
    if (record.fields.size() > table.header_.size()) {
      return absl::InvalidArgumentError(
          Say(language, Msg::kTooManyFields, record.line, record.fields.size(), table.header_.size()));
    }
    if (!record.fields.empty()) table.records_.push_back(std::move(record));
  }
  return table;
}

std::string CsvTable::Header(absl::string_view column) const {
  const auto it = std::find(header_.begin(), header_.end(), column);
  return it == header_.end() ? std::string(column) : words_[static_cast<size_t>(it - header_.begin())];
}

std::string CsvTable::Get(size_t row, absl::string_view column) const {
  const auto it = std::find(header_.begin(), header_.end(), column);
  const auto at = static_cast<size_t>(it - header_.begin());
  const std::vector<std::string>& fields = records_[row].fields;
  return at < fields.size() ? std::string(absl::StripAsciiWhitespace(fields[at])) : std::string();
}

}  // namespace attain::cli
