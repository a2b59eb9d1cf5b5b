#include "service/extract/office/sheet_grid.h"

#include <algorithm>
#include <map>
#include <optional>

#include "absl/strings/str_cat.h"
#include "service/extract/common/clean.h"
#include "service/extract/office/decimal.h"
#include "service/extract/office/shown.h"

namespace attain::extract {
namespace {

// A merged area may state any size. Beyond the last cell it keeps this much: a note below a table is merged
// over a few rows without text.
constexpr int kRowsBeyond = 200;
constexpr int kColumnsBeyond = 64;
// Nobody merges more; whoever states it would hide every other cell.
constexpr int64_t kHonestArea = 1'000'000;

bool Before(const CellPtr& a, const CellPtr& b) {
  return a->row() != b->row() ? a->row() < b->row() : a->column() < b->column();
}

}  // namespace

std::string A1(int row, int column) {
  std::string letters;
  for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return absl::StrCat(letters, row + 1);
}

void Ranges::Close() {
  std::sort(ranges_.begin(), ranges_.end(), [](const Range& a, const Range& b) { return a.from < b.from; });
  std::vector<Range> joined;
  for (const Range& range : ranges_) {
    if (joined.empty() || joined.back().to < range.from) joined.push_back(range);
    joined.back().to = std::max(joined.back().to, range.to);
  }
  ranges_ = std::move(joined);
}

bool Ranges::Has(int number) const {
  const auto after = std::upper_bound(ranges_.begin(), ranges_.end(), number,
                                      [](int n, const Range& range) { return n < range.from; });
  return after != ranges_.begin() && std::prev(after)->to >= number;
}

SheetGrid::SheetGrid(document::Document* document, Budget* budget, std::string name)
    : document_(document), budget_(budget), name_(std::move(name)), remarks_(document, name_) {}

CellPtr CellAt(int row, int column) {
  auto cell = std::make_unique<document::Cell>();
  cell->set_row(row);
  cell->set_column(column);
  return cell;
}

void SheetGrid::Put(CellPtr cell) {
  cell->set_text(Clean(cell->text()));
  if (cell->kind() == document::CELL_KIND_UNSPECIFIED) cell->set_kind(document::CELL_KIND_TEXT);
  if (cell->text().empty() && cell->kind() != document::CELL_KIND_FORMULA) return;
  cell->set_address(A1(cell->row(), cell->column()));
  if (cell->kind() == document::CELL_KIND_FORMULA) {
    remarks_.Tell("FORMULA_WITHOUT_VALUE", document::LEVEL_ERROR, cell->address(), "");
  }
  budget_->TakeCell();
  budget_->TakeText(cell->text().size() + cell->shown().size());
  cells_.push_back(std::move(cell));
}

void SheetGrid::PutNumber(CellPtr cell, absl::string_view stored, const NumberFormat& format,
                          bool since_1904) {
  const std::optional<std::string> plain = PlainDecimal(stored);
  if (!plain.has_value()) return PutUnreadable(std::move(cell), stored);
  PutRead(std::move(cell), *plain, format.Show(*plain, since_1904));
}

void SheetGrid::PutShown(CellPtr cell, absl::string_view stored, absl::string_view shown) {
  const std::optional<std::string> plain = PlainDecimal(stored);
  if (!plain.has_value()) return PutUnreadable(std::move(cell), stored);
  const bool percent = cell->kind() == document::CELL_KIND_PERCENT;
  PutRead(std::move(cell), *plain, CompareShown(*plain, percent, shown));
}

void SheetGrid::PutUnreadable(CellPtr cell, absl::string_view stored) {
  cell->set_text(std::string(stored));
  cell->set_kind(document::CELL_KIND_ERROR);
  remarks_.Tell("NUMBER_UNREADABLE", document::LEVEL_ERROR, A1(cell->row(), cell->column()), stored);
  Put(std::move(cell));
}

void SheetGrid::PutRead(CellPtr cell, absl::string_view plain, const ShownNumber& number) {
  const std::string address = A1(cell->row(), cell->column());
  cell->set_kind(number.kind);
  cell->set_text(number.text);
  cell->set_exact(std::string(plain));
  cell->set_shown(number.shown);
  const std::string both = absl::StrCat(number.text, " shown as ", number.shown);
  if (number.scaled) {
    remarks_.Tell("VALUE_SHOWN_SCALED", document::LEVEL_WARNING, address, both);
  } else if (number.rounded) {
    remarks_.Tell("VALUE_SHOWN_ROUNDED", document::LEVEL_NOTE, address, both);
  } else if (number.invisible) {
    cell->set_hidden(true);
    remarks_.Tell("VALUE_NOT_SHOWN", document::LEVEL_WARNING, address, number.text);
  }
  Put(std::move(cell));
}

void SheetGrid::Merge(int row, int column, int rows, int columns) {
  if (rows <= 1 && columns <= 1) return;
  budget_->TakeCell();
  if (int64_t{rows} * columns > kHonestArea) {
    remarks_.Tell("MERGE_IGNORED", document::LEVEL_WARNING, A1(row, column), "an area of a whole sheet");
    return;
  }
  areas_.push_back(
      {row, column, std::min(row + rows, kMaxRows) - 1, std::min(column + columns, kMaxColumns) - 1});
}

void SheetGrid::Finish() {
  Sort();
  DropTwice();
  ApplyMerges();
  Hide();
  if (!cells_.empty()) Append();
}

void SheetGrid::Sort() {
  // Programs write cells in order, and then nothing has to move.
  if (!std::is_sorted(cells_.begin(), cells_.end(), Before))
    std::stable_sort(cells_.begin(), cells_.end(), Before);
}

void SheetGrid::DropTwice() {
  const auto same = [this](const CellPtr& a, const CellPtr& b) {
    if (Before(a, b) || Before(b, a)) return false;
    remarks_.Tell("CELL_TWICE", document::LEVEL_ERROR, b->address(), b->text());
    return true;
  };
  cells_.erase(std::unique(cells_.begin(), cells_.end(), same), cells_.end());
}

// Walks cells and areas from the top; `open` holds the areas that reach the current row, by their first
// column.
void SheetGrid::ApplyMerges() {
  if (areas_.empty()) return;
  std::sort(areas_.begin(), areas_.end(), [](const Area& a, const Area& b) {
    return a.row != b.row ? a.row < b.row : a.column < b.column;
  });
  int last_row = 0;
  int last_column = 0;
  for (const CellPtr& cell : cells_) {
    last_row = std::max(last_row, cell->row());
    last_column = std::max(last_column, cell->column());
  }
  std::map<int, Area> open;
  std::vector<CellPtr> kept;
  kept.reserve(cells_.size());
  size_t next_cell = 0;
  const auto cover = [&](document::Cell& cell) {
    const auto after = open.upper_bound(cell.column());
    if (after == open.begin()) return;
    const Area& area = std::prev(after)->second;
    if (cell.row() > area.last_row || cell.column() > area.last_column) return;
    remarks_.Tell("MERGED_CELL_COVERED", document::LEVEL_WARNING, cell.address(), cell.text());
    cell.clear_address();  // left out
  };
  const auto take_until = [&](int row, int column) {
    for (; next_cell < cells_.size(); ++next_cell) {
      document::Cell& cell = *cells_[next_cell];
      if (cell.row() > row || (cell.row() == row && cell.column() >= column)) return;
      cover(cell);
      if (!cell.address().empty()) kept.push_back(std::move(cells_[next_cell]));
    }
  };
  for (Area area : areas_) {
    take_until(area.row, area.column);
    const auto after = open.upper_bound(area.last_column);
    if (after != open.begin() && std::prev(after)->second.last_column >= area.column &&
        std::prev(after)->second.last_row >= area.row) {
      remarks_.Tell("MERGE_OVERLAPS", document::LEVEL_WARNING, A1(area.row, area.column), "");
      continue;
    }
    open.erase(open.lower_bound(area.column), after);
    area.last_row = std::min(area.last_row, std::max(last_row, area.row + kRowsBeyond));
    area.last_column = std::min(area.last_column, std::max(last_column, area.column + kColumnsBeyond));
    CellPtr cell;
    if (next_cell < cells_.size() && cells_[next_cell]->row() == area.row &&
        cells_[next_cell]->column() == area.column) {
      cell = std::move(cells_[next_cell++]);
    } else {
      cell = CellAt(area.row, area.column);
      cell->set_kind(document::CELL_KIND_TEXT);
      cell->set_address(A1(area.row, area.column));
    }
    cell->set_row_span(area.last_row - area.row + 1);
    cell->set_column_span(area.last_column - area.column + 1);
    kept.push_back(std::move(cell));
    open.emplace(area.column, area);
  }
  take_until(kMaxRows, 0);
  cells_ = std::move(kept);
}

void SheetGrid::Hide() {
  hidden_rows_.Close();
  hidden_columns_.Close();
  std::map<int, bool> columns;
  int row = -1;
  for (CellPtr& cell : cells_) {
    const bool row_hidden = hidden_rows_.Has(cell->row());
    if (row_hidden && cell->row() != row && !cell->text().empty()) {
      row = cell->row();
      remarks_.Count("HIDDEN_ROWS", document::LEVEL_WARNING, cell->address(), cell->text());
    }
    const bool column_hidden = hidden_columns_.Has(cell->column());
    if (column_hidden && !cell->text().empty() && columns.emplace(cell->column(), true).second) {
      remarks_.Count("HIDDEN_COLUMNS", document::LEVEL_WARNING, cell->address(), cell->text());
    }
    if (row_hidden || column_hidden) cell->set_hidden(true);
  }
}

void SheetGrid::Append() {
  document::Grid* grid = document_->add_blocks()->mutable_grid();
  grid->set_sheet(name_);
  grid->mutable_cells()->Reserve(static_cast<int>(cells_.size()));
  int rows = 0;
  int columns = 0;
  for (CellPtr& cell : cells_) {
    rows = std::max(rows, cell->row() + std::max(cell->row_span(), 1));
    columns = std::max(columns, cell->column() + std::max(cell->column_span(), 1));
    grid->mutable_cells()->AddAllocated(cell.release());
  }
  grid->set_rows(rows);
  grid->set_columns(columns);
}

}  // namespace attain::extract
