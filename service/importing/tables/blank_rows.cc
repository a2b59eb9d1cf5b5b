#include "service/importing/tables/blank_rows.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/importing/columns/header.h"
#include "service/importing/columns/labels.h"
#include "service/importing/tables/footing.h"
#include "service/importing/tables/sections.h"
#include "service/importing/values/comparators.h"
#include "service/importing/values/quantity.h"
#include "service/importing/values/text.h"

namespace attain::importing {
namespace {

constexpr size_t kMaxAbove = 12;      // rows of a heading
constexpr size_t kLongestLine = 600;  // bytes of a line that can be a row

bool IsBlankCharacter(absl::string_view c) {
  return c == " " || c == "　" || c == "\u00a0";
}

// The parts of a line between runs of at least `least` blanks; a wide blank counts as two.
// `starts`, if given, gets where each begins when a wide character takes the room of two.
std::vector<Cell> Parts(absl::string_view line, int least, std::vector<int>* starts = nullptr) {
  std::vector<Cell> cells;
  std::string part;
  int blanks = 0, at = 0, start = 0;
  const auto end = [&] {
    Cell cell = MakeCell(part, static_cast<int>(cells.size()));
    if (!cell.word.empty()) {
      cells.push_back(std::move(cell));
      if (starts != nullptr) starts->push_back(start);
    }
    part.clear();
  };
  for (const std::string& c : Characters(line)) {
    const int here = at;
    at += c.size() > 1 ? 2 : 1;
    if (IsBlankCharacter(c)) {
      blanks += c == " " ? 1 : 2;
      continue;
    }
    if (blanks >= least) {
      end();
    } else if (blanks > 0) {
      part += ' ';
    }
    if (part.empty()) start = here;
    blanks = 0;
    part += c;
  }
  end();
  return cells;
}

class BlankTables {
 public:
  explicit BlankTables(Source* source) : source_(*source) {}

  void Run() {
    for (size_t at = 0; at < source_.rows.size(); ++at) {
      if (!IsLine(source_.rows[at])) continue;
      const std::string& text = source_.rows[at].text;
      for (const int least : {2, 1}) {
        if (!IsHeaderOf(Parts(text, least))) continue;
        at = Convert(at, least);
        break;
      }
    }
  }

 private:
  static bool IsLine(const Row& row) {
    return row.grid < 0 && row.single() && row.text.size() <= kLongestLine;
  }

  // Makes rows of the lines around the header at `at`; the last row of the table.
  size_t Convert(size_t at, int least) {
    GridOrigin& origin = source_.grids.emplace_back();
    origin.separator = document::SEPARATOR_BLANK;
    grid_ = static_cast<int>(source_.grids.size()) - 1;
    for (size_t up = at; up > 0 && at - up < kMaxAbove; --up) {
      Row& row = source_.rows[up - 1];
      if (row.blank()) continue;
      if (!IsLine(row) || IsTitle(row)) break;
      std::vector<Cell> cells = Parts(row.text, least);
      const bool labelled = std::any_of(cells.begin(), cells.end(), [](const Cell& cell) {
        return !LabelOf(cell.word).empty() || ColumnOf(cell.word, 0).kind != Column::kUnknown;
      });
      if (cells.size() > 1 && labelled) Set(&row, std::move(cells));
    }
    size_t last = at;
    Row* above = nullptr;
    std::vector<int> above_starts, header_starts;
    for (size_t down = at; down < source_.rows.size(); ++down) {
      Row& row = source_.rows[down];
      if (row.blank()) continue;
      if (!IsLine(row) || IsTitle(row) || BeginsTable(row)) break;
      std::vector<int> starts;
      std::vector<Cell> cells = Parts(row.text, least, &starts);
      last = down;
      if (above != nullptr && least > 1 && JoinsAbove(cells, starts, above, above_starts)) {
        row.cells.clear();
        continue;
      }
      if (cells.size() < 2) {
        above = nullptr;
        continue;
      }
      if (least > 1) CloseUp(&cells);
      if (down == at) header_starts = starts;
      const bool placed = least > 1 && StandBelow(header_starts, starts, &cells);
      Set(&row, std::move(cells));
      row.joins = !placed;
      above = down == at ? nullptr : &row;
      above_starts = std::move(starts);
    }
    return last;
  }

  // Parts that all begin where a header word begins stand in its column.
  static bool StandBelow(const std::vector<int>& header_starts, const std::vector<int>& starts,
                         std::vector<Cell>* cells) {
    std::vector<int> columns;
    for (const int start : starts) {
      const auto at = std::find_if(header_starts.begin(), header_starts.end(),
                                   [&](int header) { return std::abs(header - start) <= 1; });
      if (at == header_starts.end()) return false;
      columns.push_back(static_cast<int>(at - header_starts.begin()));
    }
    for (size_t i = 1; i < columns.size(); ++i) {
      if (columns[i] <= columns[i - 1]) return false;
    }
    for (size_t i = 0; i < columns.size(); ++i) (*cells)[i].column = columns[i];
    return true;
  }

  // A line whose few parts stand right below cells of the row above it holds their ends: names, never figures
  // or a level of their own.
  static bool JoinsAbove(const std::vector<Cell>& cells, const std::vector<int>& starts, Row* above,
                         const std::vector<int>& above_starts) {
    if (cells.empty() || cells.size() > 2 || cells.size() >= above->cells.size()) return false;
    if (FootingOf(cells) != Footing::kNone) return false;
    std::vector<size_t> targets;
    for (size_t i = 0; i < cells.size(); ++i) {
      const auto under = std::find_if(above_starts.begin(), above_starts.end(),
                                      [&](int start) { return std::abs(start - starts[i]) <= 1; });
      if (under == above_starts.end() || starts[i] == 0) return false;
      const auto at = static_cast<size_t>(under - above_starts.begin());
      if (!MayEnd(above->cells[at].word, cells[i].word)) return false;
      targets.push_back(at);
    }
    for (size_t i = 0; i < cells.size(); ++i) {
      absl::StrAppend(&above->cells[targets[i]].text, cells[i].text);
      absl::StrAppend(&above->cells[targets[i]].word, cells[i].word);
    }
    return true;
  }

  static bool MayEnd(absl::string_view begun, absl::string_view rest) {
    const auto is_level = [](absl::string_view word) {
      return IsLevel1(LevelName(word)) || IsLevel2(LevelName(word));
    };
    if (is_level(rest)) return is_level(absl::StrCat(begun, rest));
    if (ParseQuantity(rest).value.has_value() || ParseQuantity(begun).value.has_value()) return false;
    return !IsComparator(rest) && FootingOf({MakeCell(rest, 0)}) == Footing::kNone;
  }

  // The heading of the next table.
  static bool BeginsTable(const Row& row) {
    const std::vector<Cell> cells = Parts(row.text, 1);
    const absl::string_view key = cells.empty() ? absl::string_view() : LabelOf(cells[0].word);
    return key == "project" || key == "unit_name";
  }

  void Set(Row* row, std::vector<Cell> cells) {
    row->cells = std::move(cells);
    row->grid = grid_;
    row->joins = true;
  }

  Source& source_;
  int grid_ = -1;
};

}  // namespace

void SplitBlankRows(Source* source) {
  BlankTables(source).Run();
}

}  // namespace attain::importing
