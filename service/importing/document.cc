#include "service/importing/document.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "service/importing/cross_checks.h"
#include "service/importing/heading.h"
#include "service/importing/table_reader.h"
#include "service/importing/template.h"
#include "service/importing/text.h"

namespace attain::importing {
namespace {

constexpr size_t kMaxTitle = 120;  // bytes

std::vector<Line> SplitLines(absl::string_view text) {
  std::vector<Line> lines;
  int number = 0;
  for (absl::string_view raw : absl::StrSplit(text, '\n')) {
    Line line;
    line.number = ++number;
    line.text = std::string(absl::StripSuffix(raw, "\r"));
    line.cells = absl::StrSplit(line.text, '\t');
    lines.push_back(std::move(line));
  }
  return lines;
}

// A title stands alone on its line: "项目支出绩效目标表".
bool IsTitle(const Line& line, ParsedTable::Kind* kind) {
  if (line.text.size() > kMaxTitle || !absl::StrContains(line.text, "表")) return false;
  const std::string squeezed = Squeeze(Narrow(line.text));
  if (!absl::StrContains(squeezed, "绩效目标") || !absl::EndsWith(squeezed.substr(0, squeezed.find('(')), "表")) return false;
  if (absl::StrContains(squeezed, "见") || absl::StrContains(squeezed, "。")) return false;
  *kind = absl::StrContains(squeezed, "整体") ? ParsedTable::Kind::kUnit : ParsedTable::Kind::kProject;
  return true;
}

// The year of "2025年" or "(2025年度)" when the line says nothing else: a date of signing belongs to the
// table above.
int YearAlone(const std::string& squeezed) {
  const int year = YearIn(squeezed);
  for (const absl::string_view form : {"年", "年度", "(年)", "(年度)"}) {
    const std::string whole = absl::StrReplaceAll(form, {{"年", absl::StrCat(year, "年")}});
    if (squeezed == whole) return year;
  }
  return 0;
}

std::vector<Section> FindSections(std::vector<Line> lines) {
  std::vector<Section> sections;
  int year_above = 0;
  for (Line& line : lines) {
    ParsedTable::Kind kind;
    const bool title = IsTitle(line, &kind);
    const int title_year = title ? YearIn(line.text) : 0;
    const int above = year_above;
    const std::string squeezed = line.text.size() > kMaxTitle ? "-" : Squeeze(Narrow(line.text));
    if (!squeezed.empty()) year_above = YearAlone(squeezed);
    if (title) {
      sections.emplace_back();
      sections.back().kind = kind;
      sections.back().title_line = line.number;
      sections.back().title_year = title_year != 0 ? title_year : above;
    } else if (!sections.empty()) {
      sections.back().lines.push_back(std::move(line));
    }
  }
  return sections;
}

absl::Status CheckText(absl::string_view bytes, const ImportOptions& options) {
  if (bytes.size() > options.max_bytes) {
    return absl::InvalidArgumentError(absl::StrCat("it has ", bytes.size(), " bytes, at most ", options.max_bytes, " are read"));
  }
  if (absl::StartsWith(bytes, "PK\x03\x04") || absl::StartsWith(bytes, "%PDF") || absl::StartsWith(bytes, "\xd0\xcf\x11\xe0")) {
    return absl::InvalidArgumentError("it is a workbook or PDF; save its text or CSV first");
  }
  const size_t invalid = FindInvalidUtf8(bytes);
  if (invalid != absl::string_view::npos) {
    return absl::InvalidArgumentError(absl::StrCat("byte ", invalid + 1, " is not UTF-8 (a GB18030 file must be converted first)"));
  }
  if (bytes.find('\0') != absl::string_view::npos) return absl::InvalidArgumentError("it holds zero bytes and is no text");
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<ParsedDocument> ParseDocument(absl::string_view bytes, const ImportOptions& options) {
  if (absl::Status text = CheckText(bytes, options); !text.ok()) return text;
  absl::ConsumePrefix(&bytes, "\ufeff");
  if (IsTemplate(bytes)) return ReadTemplate(bytes, options);
  ParsedDocument document;
  size_t rows = 0;
  for (const Section& section : FindSections(SplitLines(bytes))) {
    ParsedTable table;
    const int number = static_cast<int>(document.tables.size()) + 1;
    bool tabbed = false;
    for (const Line& line : section.lines) tabbed = tabbed || line.cells.size() > 1;
    if (!ReadSection(tabbed ? section : Reflow(section), number, options, &table, &document.findings)) continue;
    rows += table.indicators.size();
    if (rows > options.max_rows) {
      return absl::InvalidArgumentError(absl::StrCat("it has more than ", options.max_rows, " indicator rows"));
    }
    document.tables.push_back(std::move(table));
  }
  CrossCheck(bytes, &document);
  return document;
}

std::string SuggestId(const ParsedTable& table, int project_number) {
  return table.kind == ParsedTable::Kind::kUnit ? "unit" : absl::StrCat("p", project_number);
}

}  // namespace attain::importing
