#include "clients/cli/table_printer.h"

#include <algorithm>
#include <utility>

#include "clients/cli/width.h"

namespace attain::cli {
namespace {

constexpr int kGap = 2, kLeastFlexible = 8;

}  // namespace

TablePrinter::TablePrinter(std::vector<Column> columns) : columns_(std::move(columns)) {}

void TablePrinter::AddRow(std::vector<Cell> cells) {
  cells.resize(columns_.size(), "");
  for (Cell& cell : cells) cell.text = OneLine(cell.text);
  rows_.push_back(std::move(cells));
}

std::vector<int> TablePrinter::Widths(const Style& style) const {
  std::vector<int> widths(columns_.size(), 0);
  for (size_t c = 0; c < columns_.size(); ++c) {
    for (const std::vector<Cell>& row : rows_) widths[c] = std::max(widths[c], DisplayWidth(row[c].text));
    if (widths[c] > 0) widths[c] = std::max(widths[c], DisplayWidth(columns_[c].header));
  }
  if (style.columns() == 0) return widths;
  int total = -kGap;
  for (const int width : widths) total += width > 0 ? width + kGap : 0;
  while (total > style.columns()) {
    int widest = -1;
    for (size_t c = 0; c < columns_.size(); ++c) {
      const bool wider = widest < 0 || widths[c] > widths[static_cast<size_t>(widest)];
      if (columns_[c].flexible && widths[c] > kLeastFlexible && wider) widest = static_cast<int>(c);
    }
    if (widest < 0) break;
    --widths[static_cast<size_t>(widest)];
    --total;
  }
  return widths;
}

void TablePrinter::PrintRow(std::ostream& out, const Style& style, const std::vector<int>& widths,
                            const std::vector<Cell>& cells) const {
  std::string line;
  int owed = 0;  // spaces before the next text, so that none stand at the end
  for (size_t c = 0; c < cells.size(); ++c) {
    if (widths[c] == 0) continue;
    const std::string text = Shorten(cells[c].text, widths[c]);
    const int room = widths[c] - DisplayWidth(text);
    if (text.empty()) {
      owed += kGap + room;
      continue;
    }
    const bool right = columns_[c].align == Align::kRight;
    const int spaces = right ? owed + room : owed;
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
