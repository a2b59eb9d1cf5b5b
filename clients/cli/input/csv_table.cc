#include "clients/cli/input/csv_table.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "clients/cli/words/csv_words.h"
#include "clients/cli/words/say.h"

namespace attain::cli {
namespace {

// "* 实际完成值（必填）" → "实际完成值"
std::string Bare(absl::string_view word) {
  std::string bare = absl::StrReplaceAll(
      word, {{" ", ""}, {"　", ""}, {"（", "("}, {"）", ")"}, {"＊", "*"}, {"\xef\xbb\xbf", ""}});
  bare = std::string(absl::StripPrefix(bare, "*"));
  const size_t open = bare.rfind('(');
  return open != std::string::npos && open > 0 && absl::EndsWith(bare, ")") ? bare.substr(0, open) : bare;
}

const CsvColumn* FindColumn(absl::string_view word, const std::vector<CsvColumn>& columns) {
  const std::string bare = Bare(absl::StripAsciiWhitespace(word));
  for (const CsvColumn& column : columns) {
    if (absl::EqualsIgnoreCase(bare, column.name)) return &column;
    if (std::find(column.synonyms.begin(), column.synonyms.end(), bare) != column.synonyms.end())
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
  csv::Records read = csv::Parse(text);
  // Figures behind a broken quote may stand in another column than they seem to.
  if (const int broken = read.torn > 0 ? read.torn : read.unclosed; broken > 0)
    return absl::InvalidArgumentError(Say(language, words::kBadCsvQuote, broken));
  std::vector<csv::Record>& records = read.records;
  if (records.empty())
    return absl::InvalidArgumentError(Say(language, words::kEmptyCsv, ColumnList(columns, language)));
  CsvTable table;
  std::vector<std::string> unknown;
  for (const std::string& word : records.front().cells) {
    const CsvColumn* column = FindColumn(word, columns);
    const std::string bare(absl::StripAsciiWhitespace(word));
    const auto first = column == nullptr
                           ? table.header_.end()
                           : std::find(table.header_.begin(), table.header_.end(), column->name);
    if (first != table.header_.end() && column->required) {
      return absl::InvalidArgumentError(Say(language, words::kColumnTwice, NameOf(*column, language),
                                            table.words_[static_cast<size_t>(first - table.header_.begin())],
                                            bare));
    }
    const bool taken = column != nullptr && first == table.header_.end();
    if (!taken && !bare.empty()) unknown.push_back(bare);
    table.header_.push_back(taken ? column->name : absl::string_view());
    table.words_.push_back(bare);
  }
  for (const CsvColumn& column : columns) {
    const bool there =
        std::find(table.header_.begin(), table.header_.end(), column.name) != table.header_.end();
    if (!column.required || there) continue;
    const std::string others = absl::StrJoin(unknown, language == Language::kChinese ? "、" : ", ");
    return absl::InvalidArgumentError(
        unknown.empty()
            ? Say(language, words::kMissingColumn, NameOf(column, language), ColumnList(columns, language))
            : Say(language, words::kUnknownColumn, NameOf(column, language), ColumnList(columns, language),
                  others));
  }
  records.erase(records.begin());
  for (csv::Record& record : records) {
    // Spreadsheets pad rows, and files, with empty cells.
    while (!record.cells.empty() && absl::StripAsciiWhitespace(record.cells.back()).empty())
      record.cells.pop_back();
    if (record.cells.size() > table.header_.size()) {
      return absl::InvalidArgumentError(
          Say(language, words::kTooManyFields, record.line, record.cells.size(), table.header_.size()));
    }
    if (!record.cells.empty()) table.records_.push_back(std::move(record));
  }
  table.CountSkipped();
  return table;
}

void CsvTable::CountSkipped() {
  for (size_t i = 0; i < header_.size(); ++i) {
    if (!header_[i].empty()) continue;
    SkippedColumn column{words_[i], 0};
    for (const csv::Record& record : records_) {
      column.cells += i < record.cells.size() && !absl::StripAsciiWhitespace(record.cells[i]).empty() ? 1 : 0;
    }
    if (!column.word.empty() || column.cells > 0) skipped_.push_back(std::move(column));
  }
}

std::string CsvTable::Header(absl::string_view column) const {
  const auto it = std::find(header_.begin(), header_.end(), column);
  return it == header_.end() ? std::string(column) : words_[static_cast<size_t>(it - header_.begin())];
}

std::string CsvTable::Get(size_t row, absl::string_view column) const {
  const auto it = std::find(header_.begin(), header_.end(), column);
  const auto at = static_cast<size_t>(it - header_.begin());
  const std::vector<std::string>& cells = records_[row].cells;
  return at < cells.size() ? std::string(absl::StripAsciiWhitespace(cells[at])) : std::string();
}

}  // namespace attain::cli
