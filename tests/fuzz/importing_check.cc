#include "tests/fuzz/importing_check.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "service/importing/document.h"
#include "service/importing/linter.h"
#include "service/importing/values/text.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::importing {
namespace {

constexpr int kAnyLine = 1 << 30;

std::string CheckFinding(const Finding& finding, int lines, size_t tables) {
  if (finding.code.empty() || finding.message.zh.empty() || finding.message.en.empty() ||
      finding.repair.zh.empty() || finding.repair.en.empty()) {
    return absl::StrCat("a finding without words: ", finding.code);
  }
  // The linter places what belongs to a whole table of a document cut short at its first line.
  if (finding.place.line < 0 || finding.place.line > lines)
    return absl::StrCat(finding.code, " at line ", finding.place.line, " of ", lines);
  // What heads a table that could not be read has the number that the table would have had.
  if (finding.place.table < 0 || static_cast<size_t>(finding.place.table) > tables + 1)
    return absl::StrCat(finding.code, " in table ", finding.place.table, " of ", tables);
  if (finding.place.row < 0 || finding.place.page < 0)
    return absl::StrCat(finding.code, " at a place below zero");
  if (FindInvalidUtf8(finding.raw) != absl::string_view::npos)
    return absl::StrCat(finding.code, " cuts a character in two");
  return "";
}

std::string CheckTable(const ParsedTable& table, int lines) {
  for (const ParsedIndicator& row : table.indicators) {
    if (row.line < (lines == kAnyLine ? 0 : 1) || row.line > lines)
      return absl::StrCat("a row of line ", row.line, " of ", lines);
    if (row.comparator != scoring::Comparator::kNone && !row.target.has_value())
      return "a comparator without a number";
    if (row.raw.empty()) return "a row without what it was read from";
  }
  return "";
}

std::string CheckParsed(const ParsedDocument& document, const scoring::Profile& profile, int lines) {
  for (const Finding& finding : document.findings) {
    if (std::string wrong = CheckFinding(finding, lines, document.tables.size()); !wrong.empty())
      return wrong;
  }
  int number = 0;
  for (const ParsedTable& table : document.tables) {
    if (std::string wrong = CheckTable(table, lines); !wrong.empty()) return wrong;
    for (const Finding& finding : Lint(table, ++number, profile)) {
      if (std::string wrong = CheckFinding(finding, lines, document.tables.size()); !wrong.empty())
        return wrong;
    }
  }
  const Ledger& ledger = document.ledger;
  int64_t kinds = 0, outside = 0;
  for (const auto& [kind, cells] : ledger.furniture_kinds) {
    if (kind.empty() || cells <= 0) return "furniture of no kind";
    kinds += cells;
  }
  for (const Ledger::OutsideGrid& grid : ledger.outside_grids) outside += grid.cells;
  if (kinds != ledger.furniture)
    return absl::StrCat("kinds of furniture add up to ", kinds, ", not ", ledger.furniture);
  if (outside != ledger.outside)
    return absl::StrCat("grids outside hold ", outside, " cells, not ", ledger.outside);
  return "";
}

const scoring::Profile& TheProfile() {
  static const scoring::Profile& profile = *new scoring::Profile(scoring::Xinjiang());
  return profile;
}

}  // namespace

std::string CheckImport(absl::string_view bytes) {
  ImportOptions options;
  options.profile = &TheProfile();
  const absl::StatusOr<ParsedDocument> document = ParseDocument(bytes, options);
  if (!document.ok())
    return document.status().code() == absl::StatusCode::kInvalidArgument ? "" : document.status().ToString();
  return CheckParsed(*document, TheProfile(),
                     static_cast<int>(std::count_if(bytes.begin(), bytes.end(),
                                                    [](char c) { return c == '\n' || c == '\r'; })) +
                         1);
}

std::string CheckDocument(const attain::document::v1::Document& source) {
  ImportOptions options;
  options.profile = &TheProfile();
  const absl::StatusOr<ParsedDocument> document = ReadDocument(source, options);
  if (!document.ok())
    return document.status().code() == absl::StatusCode::kInvalidArgument ? "" : document.status().ToString();
  if (std::string wrong = CheckParsed(*document, TheProfile(), kAnyLine); !wrong.empty()) return wrong;
  if (source.media() == attain::document::v1::MEDIA_TEXT) return "";  // what a cell is, importing decides
  int64_t cells = 0, lines = 0;
  for (const auto& block : source.blocks()) {
    for (const auto& cell : block.grid().cells()) cells += Squeeze(cell.text()).empty() ? 0 : 1;
    // A line of several cells counts as so many.
    if (block.has_line())
      lines += 1 + std::count_if(block.line().text().begin(), block.line().text().end(),
                                 [](char c) { return c == '\t' || c == '|'; });
  }
  const int64_t total = document->ledger.total();
  if (total < cells || total > cells + lines)
    return absl::StrCat("the ledger counts ", total, " of ", cells, " cells and up to ", lines, " lines");
  return "";
}

}  // namespace attain::importing
