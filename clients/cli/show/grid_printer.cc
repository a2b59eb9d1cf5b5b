#include "clients/cli/show/grid_printer.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "clients/cli/terminal/table_printer.h"
#include "clients/cli/terminal/width.h"
#include "clients/cli/words/document_words.h"
#include "clients/cli/words/finding_words.h"

namespace attain::cli {
namespace {

using document::v1::Document;
using document::v1::Grid;
using GridCell = document::v1::Cell;

// A span from a file may say anything; what is shown follows the cells.
constexpr int kWidest = 1000, kTallest = 100'000;

// 1 → "A", 27 → "AA".
std::string Letters(int number) {
  std::string letters;
  for (; number > 0; number = (number - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (number - 1) % 26));
  return letters;
}

// How rows and columns are called, by the address of one cell: "B7" for row 0 and column 0 makes the next
// column "C"; else "C2" and "R7".
class Names {
 public:
  explicit Names(const Grid& grid) {
    if (grid.cells().empty()) return;
    const GridCell& cell = grid.cells(0);
    int column = 0, row = 0;
    absl::string_view address = cell.address();
    while (!address.empty() && absl::ascii_isupper(address[0]) && column < kWidest * 26) {
      column = column * 26 + (address[0] - 'A' + 1);
      address.remove_prefix(1);
    }
    workbook_ = column > 0 && absl::SimpleAtoi(address, &row);
    row_ = row - cell.row();
    column_ = column - cell.column();
  }
  std::string Row(int row) const { return workbook_ ? absl::StrCat(row_ + row) : absl::StrCat("R", row + 1); }
  std::string Column(int column) const {
    return workbook_ ? Letters(column_ + column) : absl::StrCat("C", column + 1);
  }

 private:
  bool workbook_ = false;
  int row_ = 0, column_ = 0;  // of the grid's first
};

std::string TextOf(const GridCell& cell) {
  std::string text = OneLine(cell.text());
  if (!cell.shown().empty() && cell.shown() != cell.text())
    absl::StrAppend(&text, " (", OneLine(cell.shown()), ")");
  if (cell.hidden()) absl::StrAppend(&text, " [hidden]");
  return text;
}

using Rows = std::map<int, std::map<int, std::string>>;  // text by row and column

// Marks what a merged cell covers, as far as there are other cells.
void Cover(const GridCell& cell, int rows, int columns, Rows* texts) {
  const int right = std::min(columns, cell.column() + std::max(cell.column_span(), 1));
  const int below = std::min(rows, cell.row() + std::max(cell.row_span(), 1));
  for (int row = cell.row(); row < below; ++row) {
    for (int column = cell.column(); column < right; ++column) {
      if (row == cell.row() && column == cell.column()) continue;
      (*texts)[row].emplace(column, column > cell.column() ? "<" : "^");
    }
  }
}

void PrintGrid(const Context& context, const Grid& grid) {
  int rows = 0, columns = 0;
  for (const GridCell& cell : grid.cells()) {
    rows = std::clamp(cell.row() + 1, rows, kTallest);
    columns = std::clamp(cell.column() + std::clamp(cell.column_span(), 1, kWidest), columns, kWidest);
  }
  Rows texts;
  for (const GridCell& cell : grid.cells()) {
    if (cell.row() < 0 || cell.row() >= kTallest || cell.column() < 0 || cell.column() >= kWidest) continue;
    texts[cell.row()][cell.column()] = TextOf(cell);
  }
  for (const GridCell& cell : grid.cells()) Cover(cell, rows, columns, &texts);
  const Names names(grid);
  std::vector<Column> header(static_cast<size_t>(columns) + 1);
  for (int column = 0; column < columns; ++column) {
    header[static_cast<size_t>(column) + 1].header = names.Column(column);
    header[static_cast<size_t>(column) + 1].flexible = true;
    header[static_cast<size_t>(column) + 1].least = 6;
  }
  TablePrinter printer(std::move(header));
  for (const auto& [row, cells] : texts) {
    std::vector<Cell> line(static_cast<size_t>(columns) + 1, Cell(""));
    line[0] = Cell(names.Row(row), Colour::kDim);
    for (const auto& [column, text] : cells) line[static_cast<size_t>(column) + 1] = Cell(text);
    printer.AddRow(std::move(line));
  }
  printer.Print(context.out(), context.style());
}

std::string PlaceOf(const Context& context, const Grid& grid) {
  std::vector<std::string> parts;
  if (!grid.sheet().empty()) parts.push_back(grid.sheet());
  if (grid.first_page() > 0) {
    const std::string pages = grid.last_page() > grid.first_page()
                                  ? absl::StrCat(grid.first_page(), "–", grid.last_page())
                                  : absl::StrCat(grid.first_page());
    parts.push_back(context.Say(words::kFindingPage, pages));
  }
  return absl::StrJoin(parts, " ");
}

void PrintRemarks(const Context& context, const Document& document) {
  if (document.remarks().empty()) return;
  context.out() << '\n' << context.style().Paint(Colour::kBold, context.Say(words::kReaderSaid)) << '\n';
  TablePrinter printer({{""}, {""}, {""}, {"", Align::kRight}, {"", Align::kLeft, /*flexible=*/true}});
  for (const document::v1::Remark& remark : document.remarks()) {
    const std::string page = remark.page() > 0 ? context.Say(words::kFindingPage, remark.page()) : "";
    printer.AddRow({remark.code(), absl::StrCat(remark.sheet(), page), remark.address(),
                    remark.count() > 0 ? absl::StrCat(remark.count()) : "", remark.detail()});
  }
  printer.Print(context.out(), context.style());
}

}  // namespace

void PrintDocument(const Context& context, const Document& document) {
  std::ostream& out = context.out();
  std::vector<std::string> parts = {
      std::string(absl::StripPrefix(document::v1::Media_Name(document.media()), "MEDIA_")),
      document.reader()};
  if (document.pages() > 0)
    parts.push_back(context.Say(words::kPages, context.Count(document.pages(), "page", "pages")));
  if (!document.sheets().empty())
    parts.push_back(context.Say(words::kSheets, absl::StrJoin(document.sheets(), context.Comma())));
  if (!document.hidden_sheets().empty())
    parts.push_back(
        context.Say(words::kHiddenSheets, absl::StrJoin(document.hidden_sheets(), context.Comma())));
  out << absl::StrJoin(parts, context.In({"；", "; "})) << '\n';
  int number = 0;
  for (const document::v1::Block& block : document.blocks()) {
    if (block.has_line()) {
      out << block.line().text() << '\n';
      continue;
    }
    const Grid& grid = block.grid();
    std::string heading = context.Say(words::kGridLine, ++number, grid.rows(), grid.columns());
    if (const std::string place = PlaceOf(context, grid); !place.empty())
      absl::StrAppend(&heading, "  ", place);
    if (!grid.nested_in().empty())
      absl::StrAppend(&heading, context.Say(words::kNestedGrid, grid.nested_in()));
    out << '\n' << context.style().Paint(Colour::kBold, heading) << '\n';
    PrintGrid(context, grid);
  }
  PrintRemarks(context, document);
}

}  // namespace attain::cli
