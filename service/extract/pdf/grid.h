// Grids out of ruling lines: rows and columns where lines stand, merged cells where they are missing. Pure.
#ifndef ATTAIN_SERVICE_EXTRACT_PDF_GRID_H_
#define ATTAIN_SERVICE_EXTRACT_PDF_GRID_H_

#include <optional>
#include <string>
#include <vector>

#include "service/extract/common/limits.h"
#include "service/extract/pdf/geometry.h"
#include "service/extract/pdf/rules.h"
#include "service/extract/pdf/text.h"

namespace attain::extract {

struct PdfCell {
  int row = 0, column = 0, row_span = 1, column_span = 1;
  CellText text;
  bool irregular = false;  // part of a shape that is no rectangle: a line is missing
  bool over_line = false;  // text in it runs over a ruling line
};

struct PdfGrid {
  Box box;
  std::vector<double> xs, ys;  // lines between columns and rows, the outer ones too
  std::vector<PdfCell> cells;  // by row, then column; they cover the grid once
  std::vector<int> cell_at;    // of row * columns + column: index in cells
  int outer = -1;              // index of the grid that holds this one in one of its cells, or -1
  int outer_cell = -1;         // that cell

  int rows() const { return static_cast<int>(ys.size()) - 1; }
  int columns() const { return static_cast<int>(xs.size()) - 1; }
  // The cell at a point; the nearest one for a point outside.
  int CellAt(double x, double y) const;
  bool Holds(double x, double y) const { return x >= box.x0 && x <= box.x1 && y >= box.y0 && y <= box.y1; }
};

// What a page holds: grids from the top, nested ones right behind their outer one, and the lines that stand
// in none.
struct PageContent {
  std::vector<PdfGrid> grids;
  std::vector<TextLine> lines;
};

// The grid that the lines make; nothing when they close fewer than two cells. Sides left open are closed
// where the other lines end. Throws Refused (DOCUMENT_TOO_COSTLY) when it would have more than `limits.cells`
// places.
std::optional<PdfGrid> MakeGrid(const RuleGroup& rules, const Limits& limits);

// Everything on the page. Slanted glyphs are left out; grids without any text are dropped. `page` must live
// while the content is made, not longer. Throws Refused as MakeGrid does, and DOCUMENT_TOO_DEEP for grids in
// grids.
PageContent ReadPage(const PageGeometry& page, const Limits& limits);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_PDF_GRID_H_
