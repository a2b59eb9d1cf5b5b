#include "clients/cli/terminal/table_printer.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "clients/cli/terminal/width.h"

namespace attain::cli {
namespace {

constexpr int kGap = 2, kLeastFlexible = 8;

int TotalOf(const std::vector<int>& widths) {
  int total = -kGap;
  for (const int width : widths) total += width > 0 ? width + kGap : 0;
  return total;
}

}  // namespace

TablePrinter::TablePrinter(std::vector<Column> columns) : columns_(std::move(columns)) {}

void TablePrinter::AddRow(std::vector<Cell> cells) {
  cells.resize(columns_.size(), "");
  for (Cell& cell : cells) cell.text = OneLine(cell.text);
  rows_.push_back(std::move(cells));
}

std::vector<int> TablePrinter::NaturalWidths() const {
  std::vector<int> widths(columns_.size(), 0);
  for (size_t c = 0; c < columns_.size(); ++c) {
    for (const std::vector<Cell>& row : rows_) widths[c] = std::max(widths[c], DisplayWidth(row[c].text));
    if (widths[c] > 0) widths[c] = std::max(widths[c], DisplayWidth(columns_[c].header));
  }
  return widths;
}

void TablePrinter::Cut(int columns, int least, std::vector<int>* widths) const {
  for (int total = TotalOf(*widths); total > columns; --total) {
    int* widest = nullptr;
    for (size_t c = 0; c < columns_.size(); ++c) {
      int& width = (*widths)[c];
      const bool may = columns_[c].flexible && width > std::min(least, columns_[c].least);
      if (may && (widest == nullptr || width > *widest)) widest = &width;
    }
    if (widest == nullptr) return;
    --*widest;
  }
}

std::vector<int> TablePrinter::Widths(const Style& style) const {
  std::vector<int> natural = NaturalWidths();
  if (style.columns() == 0) return natural;
  while (true) {
    std::vector<int> widths = natural;
    Cut(style.columns(), std::numeric_limits<int>::max(), &widths);
    if (TotalOf(widths) <= style.columns()) return widths;
    size_t next = columns_.size();
    for (size_t c = 0; c < columns_.size(); ++c) {
      const bool may = columns_[c].drop > 0 && natural[c] > 0;
      if (may && (next == columns_.size() || columns_[c].drop > columns_[next].drop)) next = c;
    }
    if (next == columns_.size()) {
      Cut(style.columns(), kLeastFlexible, &widths);
      return widths;
    }
    natural[next] = 0;
  }
}

void TablePrinter::PrintRow(std::ostream& out, const Style& style, const std::vector<int>& widths,
                            const std::vector<Cell>& cells) const {
  std::string line;
  int owed = 0;  // spaces before the next text, so that none stand at the end
  int left = style.columns() > 0 ? style.columns() : std::numeric_limits<int>::max();
  for (size_t c = 0; c < cells.size(); ++c) {
    if (widths[c] == 0) continue;
    std::string text = Shorten(cells[c].text, widths[c]);
    const int room = widths[c] - DisplayWidth(text);
    if (text.empty()) {
      owed += kGap + room;
      continue;
    }
    const bool right = columns_[c].align == Align::kRight;
    const int spaces = right ? owed + room : owed;
    if (spaces >= left) break;
    left -= spaces;
    text = Shorten(text, left);
    left -= DisplayWidth(text);
    line.append(static_cast<size_t>(spaces), ' ');
    line += style.Paint(cells[c].colour, text);
    owed = right ? kGap : kGap + room;
  }
  out << line << '\n';
}

void TablePrinter::Print(std::ostream& out, const Style& style) const {
  const std::vector<int> widths = Widths(style);
  std::vector<Cell> header;
  for (const Column& column : columns_) header.emplace_back(column.header, Colour::kBold);
  PrintRow(out, style, widths, header);
  for (const std::vector<Cell>& row : rows_) PrintRow(out, style, widths, row);
}

}  // namespace attain::cli
