#include "service/importing/tables/text_rows.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "service/importing/columns/header.h"
#include "service/importing/columns/list_header.h"
#include "service/importing/values/csv.h"
#include "service/importing/values/text.h"

namespace attain::importing {
namespace {

constexpr size_t kListHeaderRows = 10;  // that are looked at for the header of a list

constexpr size_t kMaxQuotedLines = 40;  // lines that a quoted cell may go on over
constexpr absl::string_view kBars[] = {"|", "｜", "│", "┃", "¦"};

bool HasBar(absl::string_view line) {
  return std::any_of(std::begin(kBars), std::end(kBars),
                     [&](absl::string_view bar) { return absl::StrContains(line, bar); });
}

// "| a | b |" → "a", "b": the frame's bars are no cells.
std::vector<std::string> SplitBars(absl::string_view line, bool framed) {
  std::string text(line);
  for (const absl::string_view bar : kBars) {
    if (bar != "|") text = absl::StrReplaceAll(text, {{bar, "|"}});
  }
  absl::string_view rest = text;
  if (framed) rest = absl::string_view(text).substr(text.find('|') + 1);
  std::vector<std::string> parts = absl::StrSplit(rest, '|');
  return parts;
}

// "a ""b""" in quotes → a "b".
std::string Unquote(absl::string_view cell) {
  const absl::string_view inside = absl::StripAsciiWhitespace(cell);
  if (inside.size() < 2 || inside.front() != '"' || inside.back() != '"') return std::string(cell);
  return absl::StrReplaceAll(inside.substr(1, inside.size() - 2), {{"\"\"", "\""}});
}

bool IsOpenQuote(absl::string_view cell) {
  const absl::string_view begun = absl::StripLeadingAsciiWhitespace(cell);
  return absl::StartsWith(begun, "\"") && std::count(begun.begin(), begun.end(), '"') % 2 == 1;
}

// "|---|:--:|", "+----+", "├────┼───┤": a ruling line.
bool IsRuling(absl::string_view line) {
  bool dash = false;
  for (const std::string& c : Characters(line)) {
    const bool of_box = c.size() == 3 && c >= "\u2500" && c <= "\u257f";
    if (!of_box && c != "-" && c != ":" && c != "|" && c != "+" && c != "=" && c != " " && c != "　" &&
        c != "｜" && c != "¦" && c != "\r")
      return false;
    dash = dash || of_box || c == "-" || c == "=";
  }
  return dash;
}

// Markdown: "## title", "**label**: value".
std::string WithoutMarks(absl::string_view line) {
  absl::string_view rest = absl::StripLeadingAsciiWhitespace(line);
  const size_t hashes = rest.find_first_not_of('#');
  if (hashes != absl::string_view::npos && hashes > 0 && hashes <= 6 && rest[hashes] == ' ')
    return WithoutMarks(rest.substr(hashes));
  if (absl::StartsWith(rest, "**") && rest.find("**", 2) != absl::string_view::npos) {
    const size_t end = rest.find("**", 2);
    return absl::StrCat(rest.substr(2, end - 2), rest.substr(end + 2));
  }
  return std::string(line);
}

// The line at `at` and those that its last cell goes on over, as one; `at` moves behind them. A quote that is
// not closed soon is a character like any other.
std::string QuotedLine(const std::vector<absl::string_view>& lines, size_t* at) {
  std::string line(absl::StripSuffix(lines[(*at)++], "\r"));
  const size_t tab = line.rfind('\t');
  if (tab == std::string::npos || !IsOpenQuote(absl::string_view(line).substr(tab + 1))) return line;
  std::string joined = line;
  for (size_t next = *at; next < lines.size() && next < *at + kMaxQuotedLines; ++next) {
    const absl::string_view more = absl::StripSuffix(lines[next], "\r");
    absl::StrAppend(&joined, "\n", more);
    const size_t quote = more.find('"');
    if (quote == absl::string_view::npos) continue;
    const absl::string_view behind = more.substr(quote + 1);
    if (!behind.empty() && behind[0] != '\t') return line;
    *at = next + 1;
    return joined;
  }
  return line;
}

std::vector<Cell> CellsOf(const std::vector<std::string>& parts) {
  std::vector<Cell> cells;
  for (size_t i = 0; i < parts.size(); ++i) {
    Cell cell = MakeCell(parts[i], static_cast<int>(i));
    if (!cell.word.empty()) cells.push_back(std::move(cell));
  }
  return cells;
}

std::vector<Cell> Cells(absl::string_view line, bool framed) {
  std::vector<std::string> parts;
  if (absl::StrContains(line, '\t')) {
    parts = absl::StrSplit(line, '\t');
    for (std::string& part : parts) part = JoinBreaks(Unquote(part));
  } else if (HasBar(line)) {
    if (IsRuling(line)) return {};
    parts = SplitBars(line, framed);
    for (std::string& part : parts) part = WithoutMarks(part);
  } else {
    if (line.size() > 3 && IsRuling(line)) return {};
    parts = {WithoutMarks(line)};
  }
  std::vector<Cell> cells = CellsOf(parts);
  CloseUp(&cells);
  return cells;
}

class TextReader {
 public:
  Source Read(absl::string_view text) {
    source_.text = true;
    const std::vector<absl::string_view> lines = absl::StrSplit(text, '\n');
    for (size_t at = 0; at < lines.size();) {
      const int number = static_cast<int>(at) + 1;
      LookAhead(lines, at);
      const std::string line = QuotedLine(lines, &at);
      Add(line, number, Cells(line, framed_), SeparatorOf(line));
    }
    return std::move(source_);
  }

  Source ReadCsv(CsvRecords csv) {
    source_.text = true;
    source_.unclosed_quote_line = csv.unclosed;
    for (size_t i = 0; i < csv.records.size(); ++i) {
      for (std::string& cell : csv.records[i]) cell = JoinBreaks(cell);
      Add(absl::StrJoin(csv.records[i], "\t"), csv.lines[i], CellsOf(csv.records[i]),
          document::SEPARATOR_COMMA);
    }
    return std::move(source_);
  }

 private:
  // Lines with bars that follow each other are of one frame or of none.
  void LookAhead(const std::vector<absl::string_view>& lines, size_t at) {
    if (at < bars_end_ || !HasBar(lines[at])) return;
    framed_ = true;
    for (bars_end_ = at; bars_end_ < lines.size() && HasBar(lines[bars_end_]); ++bars_end_) {
      framed_ = framed_ && (IsRuling(lines[bars_end_]) || IsFramed(lines[bars_end_]));
    }
  }

  static document::Separator SeparatorOf(absl::string_view line) {
    return absl::StrContains(line, '\t') ? document::SEPARATOR_TAB : document::SEPARATOR_BAR;
  }

  void Add(const std::string& text, int number, std::vector<Cell> cells, document::Separator separator) {
    Row& row = source_.rows.emplace_back();
    row.number = static_cast<int>(source_.rows.size());
    row.line = number;
    row.text = text;
    row.cells = std::move(cells);
    if (row.cells.size() < 2) {
      if (!row.cells.empty()) title_ = row.cells[0].text;
      in_grid_ = false;
      return;
    }
    if (!in_grid_) {
      GridOrigin& origin = source_.grids.emplace_back();
      origin.title = title_;
      origin.separator = separator;
      in_grid_ = true;
    }
    row.grid = static_cast<int>(source_.grids.size()) - 1;
  }

  Source source_;
  std::string title_;
  bool in_grid_ = false;
  bool framed_ = false;  // the lines of bars up to bars_end_
  size_t bars_end_ = 0;
};

// "产出指标", "数量指标"
bool IsLevelWord(absl::string_view word) {
  return absl::EndsWith(word, "指标") && (IsLevel1(LevelName(word)) || IsLevel2(LevelName(word)));
}

// Commas are cells only where they make a header: in prose they are commas.
bool IsCsv(const CsvRecords& csv) {
  for (size_t i = 0; i < csv.records.size(); ++i) {
    const std::vector<std::string>& record = csv.records[i];
    if (record.size() < 2) continue;
    Row row;
    row.cells = CellsOf(record);
    if (i < kListHeaderRows &&
        (IsListHeader(row.cells, ListKind::kActuals) || IsListHeader(row.cells, ListKind::kSpending)))
      return true;
    const HeaderLikeness likeness = LikenessOf(row);
    // What is left of a header of many columns.
    if (record.size() == 2 && likeness.known == 2 && (likeness.own > 0 || likeness.listed == 2)) return true;
    if (record.size() < 3) continue;
    if (IsHeaderOf(row.cells) || likeness.own > 1 || (likeness.sure > 0 && likeness.known > 1)) return true;
    // A table whose header is lost has rows all the same.
    const auto levels = std::count_if(row.cells.begin(), row.cells.end(),
                                      [](const Cell& cell) { return IsLevelWord(cell.word); });
    if (levels > 1) return true;
  }
  return false;
}

}  // namespace

bool IsFramed(absl::string_view line) {
  const std::string tidy = Tidy(line);
  absl::string_view rest = tidy;
  const auto begins = [&] {
    return std::any_of(std::begin(kBars), std::end(kBars),
                       [&](absl::string_view bar) { return absl::StartsWith(rest, bar); });
  };
  const auto ends = [&] {
    return std::any_of(std::begin(kBars), std::end(kBars),
                       [&](absl::string_view bar) { return absl::EndsWith(rest, bar); });
  };
  return tidy.size() > 3 && begins() && ends();
}

std::vector<Cell> CellsOfLine(absl::string_view line) {
  return Cells(line, IsFramed(line));
}

Source TextSource(absl::string_view text) {
  // Lines that end as on old Macintoshes.
  if (absl::StrContains(text, '\r') && !absl::StrContains(text, '\n'))
    return TextSource(absl::StrReplaceAll(text, {{"\r", "\n"}}));
  for (const char separator : {',', ';'}) {
    if (absl::StrContains(text, '\t') || !absl::StrContains(text, separator)) continue;
    CsvRecords csv = ParseCsv(text, separator);
    if (IsCsv(csv)) return TextReader().ReadCsv(std::move(csv));
  }
  return TextReader().Read(text);
}

}  // namespace attain::importing
