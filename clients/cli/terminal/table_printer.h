// Prints rows in columns that line up, Chinese text included.
#ifndef ATTAIN_CLIENTS_CLI_TERMINAL_TABLE_PRINTER_H_
#define ATTAIN_CLIENTS_CLI_TERMINAL_TABLE_PRINTER_H_

#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "clients/cli/terminal/style.h"

namespace attain::cli {

enum class Align { kLeft, kRight };

struct Column {
  std::string header;
  Align align = Align::kLeft;
  // May be cut with "…" when the terminal is too narrow.
  bool flexible = false;
  // Above 0: may be left out when the terminal is too narrow, the highest first.
  int drop = 0;
  // A flexible column keeps this width as long as there are columns to leave out.
  int least = 16;
};

struct Cell {
  Cell(absl::string_view text, Colour colour = Colour::kNone)
      : text(text), colour(colour) {}            // NOLINT: reads as text
  Cell(const std::string& text) : text(text) {}  // NOLINT
  Cell(const char* text) : text(text) {}         // NOLINT

  std::string text;
  Colour colour = Colour::kNone;
};

// Thread-compatible. A column that is empty in every row is left out.
class TablePrinter {
 public:
  explicit TablePrinter(std::vector<Column> columns);

  // As many cells as there are columns. Line ends inside a cell become spaces.
  void AddRow(std::vector<Cell> cells);
  bool empty() const { return rows_.empty(); }

  // Header and rows, two spaces between columns, no spaces at line ends. No line is wider than the terminal:
  // flexible columns are cut, the widest first, to their `least`; then columns are left out; then flexible
  // ones are cut to 8 columns; then lines are cut.
  void Print(std::ostream& out, const Style& style) const;

 private:
  std::vector<int> NaturalWidths() const;
  // Cuts flexible columns until the line fits, none below the smaller of its `least` and `least`.
  void Cut(int columns, int least, std::vector<int>* widths) const;
  std::vector<int> Widths(const Style& style) const;
  void PrintRow(std::ostream& out, const Style& style, const std::vector<int>& widths,
                const std::vector<Cell>& cells) const;

  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_TERMINAL_TABLE_PRINTER_H_
