#include "service/importing/text_grids.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "service/importing/cells/source.h"
#include "service/importing/tables/blank_rows.h"
#include "service/importing/tables/cell_lines.h"
#include "service/importing/tables/source_of.h"
#include "service/scoring/model.h"

namespace attain::importing {
namespace {

constexpr size_t kLongestLine = 64 << 10;  // bytes

bool HasLongLine(const std::string& text) {
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    if (end - at > kLongestLine) return true;
    at = end + 1;
  }
  return false;
}

void AddLine(const Row& row, document::Document* out) {
  document::Line* const line = out->add_blocks()->mutable_line();
  line->set_text(row.cells[0].text);
  line->set_number(row.line);
}

void AddRow(const Row& row, document::Grid* grid) {
  const int at = grid->rows();
  grid->set_rows(at + 1);
  for (size_t i = 0; i < row.cells.size(); ++i) {
    // Where blanks or line ends tell cells apart they stand in order and nowhere else.
    const int column = row.joins || row.loose ? static_cast<int>(i) : row.cells[i].column;
    document::Cell* const cell = grid->add_cells();
    cell->set_row(at);
    cell->set_column(column);
    cell->set_text(row.cells[i].text);
    cell->set_kind(document::CELL_KIND_TEXT);
    cell->set_address(absl::StrCat("R", at + 1, "C", column + 1));
    cell->set_line(row.line);
    grid->set_columns(std::max(grid->columns(), column + 1));
  }
}

}  // namespace

document::Document WithTextGrids(const document::Document& source) {
  if (source.media() != document::MEDIA_TEXT || HasLongLine(source.text())) return source;
  document::Document shown = source;
  shown.clear_text();
  Source rows = SourceOf(source);
  SplitBlankRows(&rows);
  GatherCellLines(&rows, scoring::Profile());
  int open = -1;  // the grid that is being filled
  document::Grid* grid = nullptr;
  for (const Row& row : rows.rows) {
    if (row.blank()) continue;
    if (row.grid < 0) {
      AddLine(row, &shown);
      open = -1;
      continue;
    }
    if (row.grid != open) {
      open = row.grid;
      grid = shown.add_blocks()->mutable_grid();
      grid->set_separator(rows.grids[static_cast<size_t>(open)].separator);
    }
    AddRow(row, grid);
  }
  return shown;
}

}  // namespace attain::importing
