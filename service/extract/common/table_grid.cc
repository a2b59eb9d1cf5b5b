#include "service/extract/common/table_grid.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/extract/common/clean.h"

namespace attain::extract {
namespace {

// No table on paper has more; above it spans are numbers that somebody made up.
constexpr int kHonestColumns = 256;

}  // namespace

std::string RowColumn(int row, int column) {
  return absl::StrCat("R", row + 1, "C", column + 1);
}

TableGrid::TableGrid(document::Document* document, Budget* budget, absl::string_view nested_in)
    : budget_(budget), grid_(document->add_blocks()->mutable_grid()) {
  grid_->set_nested_in(std::string(nested_in));
}

document::Cell* TableGrid::Add(int row, int column, int row_span, int column_span, absl::string_view text) {
  budget_->TakeCell();
  document::Cell* cell = grid_->add_cells();
  cell->set_row(row);
  cell->set_column(column);
  cell->set_row_span(row_span);
  cell->set_column_span(column_span);
  cell->set_text(Clean(text));
  cell->set_kind(document::CELL_KIND_TEXT);
  cell->set_address(RowColumn(row, column));
  budget_->TakeText(cell->text().size());
  return cell;
}

void TableGrid::Finish(int rows) {
  int columns = 0;
  for (document::Cell& cell : *grid_->mutable_cells()) {
    cell.set_row_span(std::clamp(cell.row_span(), 1, std::max(rows - cell.row(), 1)));
    cell.set_column_span(std::max(cell.column_span(), 1));
    columns = std::max(columns, cell.column() + cell.column_span());
  }
  grid_->set_rows(rows);
  grid_->set_columns(columns);
  if (columns > kHonestColumns) Narrow();
}

// Keeps only those columns at which a cell begins.
void TableGrid::Narrow() {
  std::vector<int> starts;
  for (const document::Cell& cell : grid_->cells()) starts.push_back(cell.column());
  std::sort(starts.begin(), starts.end());
  starts.erase(std::unique(starts.begin(), starts.end()), starts.end());
  const auto place = [&](int column) {
    return static_cast<int>(std::lower_bound(starts.begin(), starts.end(), column) - starts.begin());
  };
  for (document::Cell& cell : *grid_->mutable_cells()) {
    const int column = place(cell.column());
    cell.set_column_span(std::max(place(cell.column() + cell.column_span()) - column, 1));
    cell.set_column(column);
    cell.set_address(RowColumn(cell.row(), column));
  }
  grid_->set_columns(static_cast<int>(starts.size()));
}

}  // namespace attain::extract
