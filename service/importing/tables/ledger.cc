#include "service/importing/tables/ledger.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "service/importing/columns/cell_traits.h"
#include "service/importing/columns/header.h"
#include "service/importing/values/comparators.h"
#include "service/importing/values/text.h"

namespace attain::importing {
namespace {

constexpr int kMaxLines = 100;       // of text told one by one
constexpr int kMaxRowsOfGrid = 40;   // told one by one; what is beyond is told together
constexpr size_t kLongestRow = 300;  // bytes of a line that could be a row
constexpr size_t kMaxAbove = 12;     // lines of a heading
constexpr int kOwnWords = 2;         // header words that only target tables have

// A sign of comparison with a figure behind it, anywhere, or one at the end: "发放面积≤100平方米",
// "培训人数≥".
bool HoldsComparison(absl::string_view word) {
  for (const absl::string_view sign : {"≥", "≤", "≧", "≦", ">", "<", "="}) {
    for (size_t at = word.find(sign); at != absl::string_view::npos; at = word.find(sign, at + sign.size())) {
      const absl::string_view behind = absl::StripPrefix(word.substr(at + sign.size()), "=");
      if (!behind.empty() && absl::ascii_isdigit(static_cast<unsigned char>(behind[0]))) return true;
    }
  }
  return absl::EndsWith(word, "≥") || absl::EndsWith(word, "≤");
}

// What is known of a grid when all sections are read.
struct GridState {
  bool taken = false;  // a target table was read from it
  bool own = false;    // it has a header of levels, comparators or weights
  int told = 0;        // rows
  int64_t open = 0;    // cells
  const Row* first_open = nullptr;
};

class Closer {
 public:
  Closer(const scoring::Profile& profile, Source* source, ParsedDocument* document)
      : profile_(profile),
        levels_(profile),
        source_(*source),
        document_(*document),
        grids_(source->grids.size()) {}

  void Close() {
    for (const Row& row : source_.rows) Look(row);
    for (const Row& row : source_.rows) LookForHeader(row);
    for (size_t at = 0; at < source_.rows.size(); ++at) CloseRow(at);
    for (size_t i = 0; i < grids_.size(); ++i) CloseGrid(i);
    for (const Row& row : source_.rows) Count(row);
  }

 private:
  void Look(const Row& row) {
    if (row.grid < 0) return;
    GridState& grid = grids_[static_cast<size_t>(row.grid)];
    for (const Cell& cell : row.cells) {
      if (cell.fate == Fate::kRead) grid.taken = true;
      if (cell.fate != Fate::kOpen) continue;
      ++grid.open;
      if (grid.first_open == nullptr) grid.first_open = &row;
    }
  }

  // Only a grid that nothing was read from is asked for words of a header.
  void LookForHeader(const Row& row) {
    if (row.grid < 0 || row.cells.size() < 2) return;
    GridState& grid = grids_[static_cast<size_t>(row.grid)];
    if (grid.taken || grid.own) return;
    const HeaderLikeness likeness = LikenessOf(row);
    const bool named = likeness.listed + (likeness.own > 0 ? 1 : 0) > 1;
    grid.own = likeness.own >= kOwnWords || likeness.sure > 0 || named || HoldsIndicator(row);
  }

  // "产出指标 | … | ≥48次": a row of a table whose header is lost.
  bool HoldsIndicator(const Row& row) const {
    bool level = false, compared = false;
    for (size_t i = 0; i < row.cells.size(); ++i) {
      const Cell& cell = row.cells[i];
      const CellTraits traits = TraitsOf(cell, levels_, profile_);
      const bool beside = (i > 0 && IsComparator(row.cells[i - 1].word)) ||
                          (i + 1 < row.cells.size() && IsComparator(row.cells[i + 1].word));
      if (beside && (traits.number || traits.measured)) return true;
      level = level || (absl::EndsWith(cell.word, "指标") && levels_.Of(cell.word) != 0) ||
              AreTwoLevels(cell.word);
      compared = compared || (ParseComparator(cell.word) != scoring::Comparator::kNone && traits.compared);
    }
    return level || compared;
  }

  static bool IsOpen(const Row& row) {
    return std::any_of(row.cells.begin(), row.cells.end(),
                       [](const Cell& cell) { return cell.fate == Fate::kOpen; });
  }

  void CloseRow(size_t at) {
    Row* row = &source_.rows[at];
    if (!IsOpen(*row)) return;
    if (row->grid < 0) return CloseLine(at);
    GridState& grid = grids_[static_cast<size_t>(row->grid)];
    if (!grid.taken && !grid.own) {
      for (Cell& cell : row->cells) {
        if (cell.fate == Fate::kOpen) cell.fate = Fate::kOutside;
      }
      return;
    }
    if (grid.taken && IsProse(*row)) return MarkFurniture(row, "line of text");
    if (++grid.told <= kMaxRowsOfGrid) Tell(*row, grid.taken);
    for (Cell& cell : row->cells) MarkTold(&cell);
  }

  Finding Place(const Row& row, Severity severity, const char* code) {
    Finding finding;
    finding.severity = severity;
    finding.code = code;
    finding.place = PlaceOf(source_, row);
    const auto open = std::find_if(row.cells.begin(), row.cells.end(),
                                   [](const Cell& cell) { return cell.fate == Fate::kOpen; });
    if (open != row.cells.end() && !open->address.empty()) finding.place.address = open->address;
    for (const ParsedTable& table : document_.tables) {
      if (table.first_row > row.number || row.number > table.last_row) continue;
      finding.place.table = static_cast<int>(&table - document_.tables.data()) + 1;
      finding.table_name = table.name;
      break;
    }
    finding.raw = Shorten(absl::StrJoin(row.cells, " | ", [](std::string* out, const Cell& cell) {
      if (cell.fate == Fate::kOpen) *out += cell.text;
    }));
    return finding;
  }

  // A row that could be an indicator is an error, anything else a warning.
  void Tell(const Row& row, bool taken) {
    Finding finding = Place(row, IsLikeRow(row.cells) ? Severity::kError : Severity::kWarning,
                            taken ? "CELLS_NOT_READ" : "TABLE_NOT_READ");
    finding.message =
        taken ? Text{"这些单元格没有读入任何字段。", "These cells were read into no field."}
              : Text{"这里像是目标表，但读不出来，没有导入。",
                     "This looks like a target table but could not be read; it was not imported."};
    finding.repair = taken ? Text{"请核对；如果是指标，请按表头补齐后重新导入。",
                                  "Check them; if they are an indicator, complete the row under its header "
                                  "and import again."}
                           : Text{"请补上含“三级指标”“指标值”等列的表头后重新导入。",
                                  "Give it a header row with 三级指标, 指标值 and so on, and import again."};
    document_.findings.push_back(std::move(finding));
  }

  // Words that stand alone in a row above, between or below the tables of a sheet.
  bool IsProse(const Row& row) const {
    if (!row.single() || row.cells[0].kind != document::CELL_KIND_TEXT || IsLikeRow(row.cells)) return false;
    const CellTraits traits = TraitsOf(row.cells[0], levels_, profile_);
    if (traits.number || traits.measured || traits.level1 || traits.level2 || traits.length < 4) return false;
    return std::none_of(document_.tables.begin(), document_.tables.end(), [&](const ParsedTable& table) {
      return table.first_row < row.number && row.number < table.last_row;
    });
  }

  // "满意度指标服务对象满意度指标": two cells without anything between them.
  bool AreTwoLevels(absl::string_view word) const {
    constexpr absl::string_view kEnd = "指标";
    const size_t at = word.find(kEnd);
    if (at == absl::string_view::npos || at + kEnd.size() == word.size()) return false;
    return levels_.Of(word.substr(0, at + kEnd.size())) != 0 &&
           levels_.Of(word.substr(at + kEnd.size())) != 0;
  }

  bool IsLikeRow(const std::vector<Cell>& cells) const {
    bool comparator = false;
    for (const Cell& cell : cells) {
      const CellTraits traits = TraitsOf(cell, levels_, profile_);
      if (traits.compared || HoldsComparison(cell.word) ||
          ((traits.level1 || traits.level2) && traits.level_word) || AreTwoLevels(cell.word))
        return true;
      if (comparator && (traits.number || traits.measured)) return true;
      comparator = traits.comparator;
      if (comparator && cells.size() > 2) return true;
    }
    return false;
  }

  // The parts of a line that commas, semicolons or blanks tell apart.
  static Row PartsOf(const Row& line) {
    Row split;
    if (line.cells[0].text.size() > kLongestRow) return split;
    for (const absl::string_view part :
         absl::StrSplit(line.cells[0].text, absl::ByAnyChar(" ,;"), absl::SkipEmpty()))
      split.cells.push_back(MakeCell(part, static_cast<int>(split.cells.size())));
    return split;
  }

  // Two header words, a level's word, or a comparator with a number.
  bool IsLikeTable(const Row& line, const Row& parts) const {
    const HeaderLikeness likeness = LikenessOf(parts);
    if (likeness.known >= 2 && (likeness.own >= 1 || likeness.listed >= 2)) return true;
    if (!IsLikeRow(parts.cells)) return false;
    const absl::string_view word = line.cells[0].word;
    return parts.cells.size() > 1 || word.size() < 40 || HoldsComparison(word);
  }

  // Lines of text hold no cells unless they could be a row of a table.
  void CloseLine(size_t at) {
    Row& row = source_.rows[at];
    const Row parts = PartsOf(row);
    // What stands in parts right below a line that was told is of the same table.
    const bool below = parts.cells.size() > 1 && told_line_ >= 0 && row.number <= told_line_ + 2;
    if (!below && (parts.blank() || !IsLikeTable(row, parts))) {
      row.cells[0].furniture = "prose";
      return;
    }
    if (told_line_ != row.number - 1) TellAbove(at);
    TellLine(&row);
  }

  // Lines in parts right above a row that is told are the heading of its table.
  void TellAbove(size_t at) {
    size_t first = at;
    while (first > 0 && at - first < kMaxAbove) {
      const Row& above = source_.rows[first - 1];
      if (above.single() && above.cells[0].fate == Fate::kFurniture && !IsOpen(above)) {
        --first;  // a page number between them
        continue;
      }
      if (above.grid >= 0 || !IsOpen(above) || above.number <= told_line_ || PartsOf(above).cells.size() < 2)
        break;
      --first;
    }
    for (; first < at; ++first) {
      if (!IsOpen(source_.rows[first])) continue;
      source_.rows[first].cells[0].furniture = "";
      TellLine(&source_.rows[first]);
    }
  }

  void TellLine(Row* row) {
    told_line_ = row->number;
    if (++lines_told_ <= kMaxLines) {
      Finding finding = Place(*row, Severity::kWarning, "LINE_NOT_READ");
      finding.message = {"这一行文字像是目标表的内容，没有读入任何字段。",
                         "This line looks like part of a target table; it was read into no field."};
      finding.repair = {
          "请核对；如果是指标，请放进带表头的表格后重新导入。",
          "Check it; if it is an indicator, put it into a table with a header and import again."};
      document_.findings.push_back(std::move(finding));
    } else if (lines_told_ == kMaxLines + 1) {
      Finding finding = Place(*row, Severity::kWarning, "LINE_NOT_READ");
      finding.message = {"从这里起还有更多这样的行，没有逐行列出。",
                         "More such lines follow; they are not listed one by one."};
      finding.repair = {"请用 attain extract 查看文件。", "Look at the document with attain extract."};
      document_.findings.push_back(std::move(finding));
    }
    MarkTold(&row->cells[0]);
  }

  void CloseGrid(size_t at) {
    const GridState& grid = grids_[at];
    if (grid.first_open == nullptr) return;
    if (!grid.taken && !grid.own) {
      Ledger::OutsideGrid& outside = document_.ledger.outside_grids.emplace_back();
      outside.title = Shorten(source_.grids[at].title, 90);
      outside.place = PlaceOf(source_, *grid.first_open);
      outside.cells = grid.open;
      return;
    }
    if (grid.told <= kMaxRowsOfGrid) return;
    Finding finding;
    finding.severity = Severity::kWarning;
    finding.code = "CELLS_NOT_READ";
    finding.place = PlaceOf(source_, *grid.first_open);
    finding.message = {
        absl::StrCat("同一张表格里还有 ", grid.told - kMaxRowsOfGrid, " 行没有读入任何字段。"),
        absl::StrCat(grid.told - kMaxRowsOfGrid, " more rows of this grid were read into no field.")};
    finding.repair = {"请用 attain extract 查看这张表格。", "Look at the grid with attain extract."};
    document_.findings.push_back(std::move(finding));
  }

  void Count(const Row& row) {
    Ledger& ledger = document_.ledger;
    ledger.furniture += row.joined;
    if (row.joined > 0) ledger.furniture_kinds["continued cell"] += row.joined;
    for (const Cell& cell : row.cells) {
      switch (cell.fate) {
        case Fate::kRead:
          ++ledger.read;
          break;
        case Fate::kTold:
          ++ledger.told;
          break;
        case Fate::kOutside:
          ++ledger.outside;
          break;
        case Fate::kFurniture:
          ++ledger.furniture;
          ++ledger.furniture_kinds[cell.furniture];
          break;
        case Fate::kOpen:
          break;  // prose: no cell
      }
    }
  }

  const scoring::Profile& profile_;
  const LevelNames levels_;
  Source& source_;
  ParsedDocument& document_;
  std::vector<GridState> grids_;
  int lines_told_ = 0, told_line_ = -1;
};

}  // namespace

void CloseLedger(const scoring::Profile& profile, Source* source, ParsedDocument* document) {
  Closer(profile, source, document).Close();
}

}  // namespace attain::importing
