#include "service/extract/pdf/grid.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "service/extract/common/result.h"

namespace attain::extract {
namespace {

constexpr double kSnap = 3;      // lines of a grid nearer than this are one: no text fits between
constexpr double kOpenSide = 6;  // how far lines must go beyond the last crossing one to mean an open side
constexpr double kCorner = 0.8;  // how far a line may fall short of a corner
constexpr double kWall = 0.5;    // share of a side that must be drawn

std::vector<double> Snap(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  std::vector<double> out;
  for (size_t begin = 0; begin < values.size();) {
    size_t end = begin;
    double sum = 0;
    while (end < values.size() && values[end] - values[begin] <= kSnap) sum += values[end++];
    out.push_back(sum / static_cast<double>(end - begin));
    begin = end;
  }
  return out;
}

size_t Nearest(const std::vector<double>& values, double x) {
  const size_t after = std::lower_bound(values.begin(), values.end(), x) - values.begin();
  if (after == 0) return 0;
  if (after == values.size()) return after - 1;
  return x - values[after - 1] < values[after] - x ? after - 1 : after;
}

// Index of the gap between lines that holds x.
size_t Between(const std::vector<double>& values, double x) {
  const size_t after = std::upper_bound(values.begin(), values.end(), x) - values.begin();
  return std::min(after == 0 ? 0 : after - 1, values.size() - 2);
}

// Closes a side that at least two lines run out of.
void CloseSides(const std::vector<Rule>& rules, std::vector<double>* across) {
  int before = 0, after = 0;
  double low = across->front(), high = across->back();
  for (const Rule& rule : rules) {
    before += rule.low < across->front() - kOpenSide ? 1 : 0;
    after += rule.high > across->back() + kOpenSide ? 1 : 0;
    low = std::min(low, rule.low);
    high = std::max(high, rule.high);
  }
  if (before >= 2) across->insert(across->begin(), low);
  if (after >= 2) across->push_back(high);
}

// How much of each side is drawn: [line * gaps + gap], lines at `lines`, gaps between `gaps`.
std::vector<double> Drawn(const std::vector<Rule>& rules, const std::vector<double>& lines,
                          const std::vector<double>& gaps) {
  const size_t count = gaps.size() - 1;
  std::vector<double> drawn(lines.size() * count);
  for (const Rule& rule : rules) {
    const size_t line = Nearest(lines, rule.at);
    const double low = rule.low - kCorner, high = rule.high + kCorner;
    for (size_t gap = Between(gaps, low); gap < count && gaps[gap] < high; ++gap)
      drawn[line * count + gap] += std::max(0.0, std::min(high, gaps[gap + 1]) - std::max(low, gaps[gap]));
  }
  return drawn;
}

class Shapes {
 public:
  explicit Shapes(size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0); }
  int Find(int a) {
    while (parent_[a] != a) a = parent_[a] = parent_[parent_[a]];
    return a;
  }
  void Join(int a, int b) {
    a = Find(a);
    b = Find(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<int> parent_;
};

// Cuts shapes into rectangles, from the top left. A shape that is one becomes one cell.
void CutCells(Shapes* shapes, PdfGrid* grid) {
  const int rows = grid->rows(), columns = grid->columns();
  std::vector<int> pieces(static_cast<size_t>(rows) * columns);
  grid->cell_at.assign(pieces.size(), -1);
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      const int at = row * columns + column;
      if (grid->cell_at[at] >= 0) continue;
      const int shape = shapes->Find(at);
      const auto free = [&](int r, int c) {
        return grid->cell_at[r * columns + c] < 0 && shapes->Find(r * columns + c) == shape;
      };
      PdfCell cell;
      cell.row = row;
      cell.column = column;
      while (column + cell.column_span < columns && free(row, column + cell.column_span)) ++cell.column_span;
      const auto whole = [&](int r) {
        for (int c = column; c < column + cell.column_span; ++c)
          if (!free(r, c)) return false;
        return true;
      };
      while (row + cell.row_span < rows && whole(row + cell.row_span)) ++cell.row_span;
      for (int r = row; r < row + cell.row_span; ++r)
        for (int c = column; c < column + cell.column_span; ++c)
          grid->cell_at[r * columns + c] = static_cast<int>(grid->cells.size());
      ++pieces[shape];
      grid->cells.push_back(cell);
    }
  }
  for (PdfCell& cell : grid->cells)
    cell.irregular = pieces[shapes->Find(cell.row * columns + cell.column)] > 1;
}

}  // namespace

int PdfGrid::CellAt(double x, double y) const {
  return cell_at[Between(ys, y) * columns() + Between(xs, x)];
}

std::optional<PdfGrid> MakeGrid(const RuleGroup& rules, const Limits& limits) {
  PdfGrid grid;
  std::vector<double> across, down;
  for (const Rule& rule : rules.vertical) across.push_back(rule.at);
  for (const Rule& rule : rules.horizontal) down.push_back(rule.at);
  if (across.empty() || down.empty()) return std::nullopt;
  grid.xs = Snap(std::move(across));
  grid.ys = Snap(std::move(down));
  CloseSides(rules.horizontal, &grid.xs);
  CloseSides(rules.vertical, &grid.ys);
  const size_t rows = grid.ys.size() - 1, columns = grid.xs.size() - 1;
  if (rows < 1 || columns < 1 || rows * columns < 2) return std::nullopt;
  if (rows > limits.cells / columns)
    throw Refused("DOCUMENT_TOO_COSTLY",
                  absl::StrCat("the lines of a page make a table of more than ", limits.cells,
                               " cells: upload the document it was made from"));
  grid.box = {grid.xs.front(), grid.ys.front(), grid.xs.back(), grid.ys.back()};
  const std::vector<double> walls = Drawn(rules.vertical, grid.xs, grid.ys);
  const std::vector<double> floors = Drawn(rules.horizontal, grid.ys, grid.xs);
  Shapes shapes(rows * columns);
  for (size_t i = 0; i < rows; ++i) {
    for (size_t j = 0; j < columns; ++j) {
      const int at = static_cast<int>(i * columns + j);
      if (j + 1 < columns && walls[(j + 1) * rows + i] <= kWall * (grid.ys[i + 1] - grid.ys[i]))
        shapes.Join(at, at + 1);
      if (i + 1 < rows && floors[(i + 1) * columns + j] <= kWall * (grid.xs[j + 1] - grid.xs[j]))
        shapes.Join(at, at + static_cast<int>(columns));
    }
  }
  CutCells(&shapes, &grid);
  if (grid.cells.size() < 2) return std::nullopt;
  return grid;
}

}  // namespace attain::extract
