#include "service/importing/tables/cell_lines.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/importing/columns/header.h"
#include "service/importing/columns/labels.h"
#include "service/importing/tables/footing.h"
#include "service/importing/tables/heading.h"
#include "service/importing/tables/sections.h"
#include "service/importing/values/numerals.h"
#include "service/importing/values/text.h"

namespace attain::importing {
namespace {

constexpr size_t kMaxWrapped = 3;     // lines of one header word
constexpr size_t kLongestCell = 400;  // bytes: a longer line is prose
constexpr size_t kMaxHeading = 40;    // lines above a header
constexpr size_t kMaxHeader = 40;     // words of a header

// Tables of one cell a line within the lines of a source that hold one cell each.
class CellLines {
 public:
  CellLines(Source* source, const scoring::Profile& profile)
      : source_(*source), levels_(profile), profile_(profile) {
    for (size_t i = 0; i < source_.rows.size(); ++i) {
      if (!source_.rows[i].blank()) lines_.push_back(i);
    }
  }

  void Run() {
    for (size_t at = 0; at < lines_.size();) at = std::max(at + 1, ReadTable(at));
  }

 private:
  Row& Line(size_t at) { return source_.rows[lines_[at]]; }
  bool IsCell(size_t at) {
    const Row& row = Line(at);
    return row.grid < 0 && row.single() && row.text.size() <= kLongestCell;
  }

  // The header cell that begins at `at` and how many lines it takes; 0 when there is none.
  size_t HeaderCell(size_t at, Cell* cell) {
    std::string word;
    for (size_t lines = 1; lines <= kMaxWrapped && at + lines <= lines_.size() && IsCell(at + lines - 1);
         ++lines) {
      word += Line(at + lines - 1).cells[0].word;
      if (ColumnOf(word, 0).kind == Column::kUnknown) continue;
      // "指标" may be the end of the word before it or a word of its own: the longer reading counts.
      const bool more =
          at + lines < lines_.size() && IsCell(at + lines) &&
          ColumnOf(absl::StrCat(word, Line(at + lines).cells[0].word), 0).kind != Column::kUnknown &&
          ColumnOf(Line(at + lines).cells[0].word, 0).kind == Column::kUnknown;
      if (more) continue;
      *cell = MakeCell(word, 0);
      return lines;
    }
    return 0;
  }

  // A header word that no list has: it stands between two that are known, or right before the first level.
  bool IsUnknownWord(size_t at, size_t words) {
    if (words < 3 || at + 1 >= lines_.size() || !IsCell(at) || !IsCell(at + 1)) return false;
    const CellTraits traits = Traits(at);
    if (traits.level1 || traits.level2 || traits.compared || traits.number || traits.measured ||
        traits.unit || traits.comparator)
      return false;
    Cell cell;
    const CellTraits next = Traits(at + 1);
    return traits.length <= 10 && ((next.level1 && next.level_word) || HeaderCell(at + 1, &cell) > 0);
  }

  // Reads the table whose header begins at `at`; the line behind it, or `at`.
  size_t ReadTable(size_t at) {
    if (!IsCell(at) || IsTitle(Line(at))) return at;
    std::vector<Cell> header;
    size_t next = at;
    Cell cell;
    for (size_t taken = HeaderCell(next, &cell); taken > 0 || IsUnknownWord(next, header.size());
         taken = HeaderCell(next, &cell)) {
      if (taken == 0) {
        cell = MakeCell(Line(next).cells[0].text, 0);
        taken = 1;
      }
      header.push_back(cell);
      next += taken;
    }
    // Only the last of so many can be a header; trying each of them would take the square of their number.
    if (header.size() > kMaxHeader) return next - kMaxHeader;
    // 绩效指标 beside the levels is a merged cell: it stands once and no row has it.
    const auto group = std::find_if(header.begin(), header.end(),
                                    [](const Cell& c) { return ColumnOf(c.word, 0).kind == Column::kGroup; });
    if (group != header.end() && header.size() > 3) header.erase(group);
    for (size_t i = 0; i < header.size(); ++i) header[i].column = static_cast<int>(i);
    if (!IsHeaderOf(header)) return at;
    columns_.clear();
    for (const Cell& c : header) columns_.push_back(ColumnOf(c.word, 0).kind);
    GridOrigin& origin = source_.grids.emplace_back();
    origin.separator = document::SEPARATOR_LINE;
    grid_ = static_cast<int>(source_.grids.size()) - 1;
    PairHeading(at);
    SetRow(at, next, std::move(header), false);
    return ReadRows(next);
  }

  // Puts the cells of lines [from, to) into the first of them; the others become blank.
  void SetRow(size_t from, size_t to, std::vector<Cell> cells, bool loose) {
    Row& row = Line(from);
    for (size_t i = from + 1; i < to; ++i) {
      absl::StrAppend(&row.text, "\t", Line(i).text);
      Line(i).cells.clear();
    }
    row.cells = std::move(cells);
    row.grid = grid_;
    row.loose = loose;
  }

  // Labels above the header and the line behind each.
  void PairHeading(size_t header) {
    size_t first = header;
    while (first > 0 && header - first < kMaxHeading && IsCell(first - 1) && !IsTitle(Line(first - 1)))
      --first;
    for (size_t at = first; at + 1 < header; ++at) {
      const Cell label = Line(at).cells[0];
      const Cell value = Line(at + 1).cells[0];
      if (LabelOf(label.word).empty() || !LabelOf(value.word).empty()) continue;
      std::vector<Cell> pair = {label, MakeCell(value.text, 1)};
      SetRow(at, at + 2, std::move(pair), false);
      ++at;
    }
  }

  CellTraits Traits(size_t at) { return TraitsOf(Line(at).cells[0], levels_, profile_); }
  int IndexOf(Column kind) const {
    return static_cast<int>(std::find(columns_.begin(), columns_.end(), kind) - columns_.begin());
  }
  bool Has(Column kind) const { return IndexOf(kind) < static_cast<int>(columns_.size()); }

  // Behind the name stand these many columns.
  size_t Behind() const {
    const auto name = std::find_if(columns_.begin(), columns_.end(), [](Column c) {
      return c == Column::kName || c == Column::kDescription || c == Column::kGroup;
    });
    return static_cast<size_t>(columns_.end() - name) - 1;
  }

  size_t ReadRows(size_t at) {
    while (at < lines_.size() && IsCell(at) && !IsTitle(Line(at))) {
      const Footing footing = FootingAt(at);
      if (footing == Footing::kPage) {
        ++at;
        continue;
      }
      if (footing != Footing::kNone || BeginsHeading(Line(at))) break;
      size_t next = ReadRow(at);
      // A figure that no row has is told as a line; the table goes on with the next level.
      if (next == at && Traits(at).compared && at + 1 < lines_.size() && IsCell(at + 1) &&
          StartsRow(Traits(at + 1)))
        ++next;
      if (next == at) break;
      at = next;
    }
    return at;
  }

  // A bare number on a line of its own is a cell here: points.
  Footing FootingAt(size_t at) {
    const std::vector<Cell>& cells = Line(at).cells;
    const Footing footing = FootingOf(cells);
    return footing == Footing::kPage && ParseNumber(cells[0].word).has_value() ? Footing::kNone : footing;
  }

  // One row: levels that are there, the name, and up to as many cells as columns stand behind the name.
  size_t ReadRow(size_t at) {
    const size_t first = at;
    std::vector<Cell> cells;
    for (const Column level : {Column::kLevel1, Column::kLevel2}) {
      if (!Has(level) || at >= lines_.size() || !IsCell(at)) continue;
      const CellTraits traits = Traits(at);
      const bool fits = level == Column::kLevel1 ? traits.level1 && (traits.level_word || !traits.level2)
                                                 : traits.level2 || traits.level_word;
      if (fits) Take(&at, IndexOf(level), &cells);
    }
    const size_t levels = cells.size();
    size_t behind = Behind();
    bool named = false;
    while (at < lines_.size() && IsCell(at) && !IsTitle(Line(at)) && (!named || behind > 0)) {
      const CellTraits traits = Traits(at);
      if (named && (StartsRow(traits) || IsNextName(at, traits, behind))) break;
      if (FootingAt(at) != Footing::kNone) break;
      if (named && ContinuesName(at, traits, cells.size() == levels + 1)) {
        cells.back() = MakeCell(absl::StrCat(cells.back().text, Line(at).cells[0].text), cells.back().column);
        ++at;
        continue;
      }
      if (named) --behind;
      named = true;
      Take(&at, static_cast<int>(columns_.size() - 1 - behind), &cells);
    }
    if (cells.size() < 2) return first;  // no row: prose behind the table
    const bool complete = named && behind == 0;
    SetRow(first, at, std::move(cells), !complete);
    return at;
  }

  // Behind the target, words right before a figure with a comparator are the next row's name: cells of this
  // one are blank.
  bool IsNextName(size_t at, const CellTraits& traits, size_t behind) {
    const size_t column = columns_.size() - behind;
    if (static_cast<int>(column) <= IndexOf(Column::kTarget) || !Has(Column::kTarget)) return false;
    if (traits.compared || traits.number || traits.measured || traits.comparator || traits.unit ||
        traits.rule)
      return false;
    const bool value_follows = column + 1 < columns_.size() && (columns_[column + 1] == Column::kPrior ||
                                                                columns_[column + 1] == Column::kActual);
    return !value_follows && at + 1 < lines_.size() && IsCell(at + 1) && Traits(at + 1).compared;
  }

  // A level's name begins the next row.
  static bool StartsRow(const CellTraits& traits) {
    return (traits.level1 || traits.level2) && traits.level_word;
  }

  // A second line of the name: words before what can only be the target.
  bool ContinuesName(size_t at, const CellTraits& traits, bool at_target) {
    const int name = IndexOf(Column::kName);
    if (name < static_cast<int>(columns_.size()) && IndexOf(Column::kTarget) != name + 1) return false;
    if (!at_target || traits.compared || traits.measured || traits.number || traits.date ||
        traits.comparator || traits.unit)
      return false;
    if (at + 1 >= lines_.size() || !IsCell(at + 1)) return false;
    return Traits(at + 1).compared;
  }

  // A cell and the "指标" that a line break cut off from it.
  void Take(size_t* at, int column, std::vector<Cell>* cells) {
    std::string text = Line((*at)++).cells[0].text;
    while (*at < lines_.size() && IsCell(*at) && Line(*at).cells[0].word == "指标")
      absl::StrAppend(&text, Line((*at)++).cells[0].text);
    cells->push_back(MakeCell(text, column));
  }

  Source& source_;
  const LevelNames levels_;
  const scoring::Profile& profile_;
  std::vector<size_t> lines_;  // rows that are not blank
  std::vector<Column> columns_;
  int grid_ = -1;
};

}  // namespace

void GatherCellLines(Source* source, const scoring::Profile& profile) {
  CellLines(source, profile).Run();
}

}  // namespace attain::importing
