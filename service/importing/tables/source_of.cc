#include "service/importing/tables/source_of.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "service/importing/tables/text_rows.h"
#include "service/importing/values/text.h"

namespace attain::importing {
namespace {

class Flattener {
 public:
  explicit Flattener(const document::Document& document) {
    for (const document::Block& block : document.blocks()) {
      if (block.has_line()) Add(block.line());
      if (block.has_grid()) Add(block.grid());
    }
  }
  Source Take() { return std::move(source_); }

 private:
  Row& NewRow() {
    Row& row = source_.rows.emplace_back();
    row.number = static_cast<int>(source_.rows.size());
    return row;
  }

  // A line whose parts stand far apart comes with tabs: a table without ruling lines.
  void Add(const document::Line& line) {
    Row& row = NewRow();
    row.text = line.text();
    row.cells = CellsOfLine(line.text());
    for (Cell& cell : row.cells) cell.page = line.page();
    row.line = line.number();
    if (row.cells.size() > 1) {
      if (!lined_) NewGrid("", line.page(), document::SEPARATOR_BLANK);
      row.grid = static_cast<int>(source_.grids.size()) - 1;
    } else if (!row.blank()) {
      title_ = row.cells[0].text;
    }
    lined_ = row.cells.size() > 1;
  }

  void NewGrid(const std::string& sheet, int page, document::Separator separator) {
    GridOrigin& origin = source_.grids.emplace_back();
    origin.sheet = sheet;
    origin.page = page;
    origin.separator = separator;
    origin.title = title_;
  }

  void Add(const document::Grid& grid) {
    lined_ = false;
    NewGrid(grid.sheet(), grid.first_page(), grid.separator());
    source_.grids.back().nested = !grid.nested_in().empty();
    const int index = static_cast<int>(source_.grids.size()) - 1;
    const size_t first = source_.rows.size();
    int last = -1;
    for (const document::Cell& from : grid.cells()) {
      if (from.row() != last) {
        // A blank row stands for one row or many that hold nothing.
        if (from.row() > last + 1) NewRow().grid = index;
        Row& row = NewRow();
        row.grid = index;
        row.grid_row = from.row();
        last = from.row();
        if (std::find(grid.page_breaks().begin(), grid.page_breaks().end(), last) !=
            grid.page_breaks().end()) {
          source_.rows.back().page_ends = true;
        }
      }
      AddCell(grid, from, &source_.rows.back());
    }
    for (size_t i = first; i < source_.rows.size(); ++i) Close(&source_.rows[i]);
    title_.clear();
  }

  static void AddCell(const document::Grid& grid, const document::Cell& from, Row* row) {
    Cell cell = MakeCell(JoinBreaks(from.text()), from.column());
    if (cell.word.empty()) return;
    cell.columns = std::max(1, from.column_span());
    cell.rows = std::max(1, from.row_span());
    cell.address =
        from.address().empty() ? absl::StrCat("R", from.row() + 1, "C", from.column() + 1) : from.address();
    cell.page = from.page() != 0 ? from.page() : grid.first_page();
    cell.kind = from.kind();
    row->cells.push_back(std::move(cell));
  }

  static void Close(Row* row) {
    std::stable_sort(row->cells.begin(), row->cells.end(),
                     [](const Cell& a, const Cell& b) { return a.column < b.column; });
    CloseUp(&row->cells);
    row->text =
        absl::StrJoin(row->cells, "\t", [](std::string* out, const Cell& cell) { *out += cell.text; });
  }

  Source source_;
  std::string title_;   // the last line of text
  bool lined_ = false;  // the row before was a line in parts
};

}  // namespace

Source SourceOf(const document::Document& document) {
  return document.media() == document::MEDIA_TEXT ? TextSource(document.text()) : Flattener(document).Take();
}

}  // namespace attain::importing
