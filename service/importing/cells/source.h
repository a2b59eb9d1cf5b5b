// A document as one sequence of rows, whatever its format: what the readers of this folder work on. Nobody
// outside service/importing includes it.
//
// A line of text is a row of one cell. Every cell carries its fate, so that at the end none is left without
// one (ledger.h).
#ifndef ATTAIN_SERVICE_IMPORTING_CELLS_SOURCE_H_
#define ATTAIN_SERVICE_IMPORTING_CELLS_SOURCE_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "service/importing/cells/parsed.h"

namespace attain::importing {

// Where a cell went (document.h, Ledger).
enum class Fate : unsigned char { kOpen, kRead, kFurniture, kTold, kOutside };

// A cell that is not empty.
struct Cell {
  std::string text;           // as a person reads it: line breaks joined, runs of white space as one blank
  std::string word;           // half-width and without white space: what is compared
  int column = 0;             // from 0
  int columns = 1, rows = 1;  // spans
  std::string address;        // "G5", "R5C7"; empty for lines of text
  int page = 0;
  document::CellKind kind = document::CELL_KIND_TEXT;
  Fate fate = Fate::kOpen;
  const char* furniture = "";  // kind of furniture

  int last_column() const { return column + columns - 1; }
};

struct Row {
  std::vector<Cell> cells;  // by column
  int number = 0;           // in the document, from 1
  int line = 0;             // of a text, from 1; 0 elsewhere
  int grid = -1;            // index of its grid; −1 for a line by itself
  int grid_row = 0;         // row within its grid, from 0
  bool page_ends = false;   // behind this row a page ended
  bool loose = false;       // cells are in order, but their columns are not known: one cell a line
  int joined = 0;           // cells that were added to another row's and stand here no more
  bool joins = false;       // blanks tell its cells apart, and stand within them as well
  std::string text;         // the whole row as it stands, cells apart by tabs

  bool blank() const { return cells.empty(); }
  // One cell that stands alone, in a line or a merged row.
  bool single() const { return cells.size() == 1; }
};

// A table or sheet that rows come from.
struct GridOrigin {
  std::string sheet;
  std::string title;  // the line above it
  int page = 0;
  document::Separator separator = document::SEPARATOR_UNSPECIFIED;
  bool nested = false;  // within a cell of another grid
};

struct Source {
  std::vector<Row> rows;
  std::vector<GridOrigin> grids;
  bool text = false;            // cells of plain text: they may stand in the wrong column
  int unclosed_quote_line = 0;  // CSV only
};

// A cell's lines as one: a line break is nothing between Chinese characters and a blank elsewhere.
std::string JoinBreaks(absl::string_view text);

// A cell of text for tests and readers of lines.
Cell MakeCell(absl::string_view text, int column);

// Optical reading puts a blank between all characters: "产 出 指 标", "5 0". Where every cell of a row is so,
// the blanks go.
void CloseUp(std::vector<Cell>* cells);

// What stands where the row does.
Place PlaceOf(const Source& source, const Row& row);

void MarkRead(Cell* cell);
void MarkTold(Cell* cell);
void MarkFurniture(Cell* cell, const char* kind);
void MarkFurniture(Row* row, const char* kind);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_CELLS_SOURCE_H_
