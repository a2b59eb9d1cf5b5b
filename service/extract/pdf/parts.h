// Parts of one table on several pages: whether they belong together, and which of their rows are the header
// again. Pure.
#ifndef ATTAIN_SERVICE_EXTRACT_PDF_PARTS_H_
#define ATTAIN_SERVICE_EXTRACT_PDF_PARTS_H_

#include <deque>
#include <vector>

#include "service/extract/pdf/grid.h"

namespace attain::extract {

// A table while its parts come together. Parts are pages of it.
struct PdfTable {
  struct Placed {
    PdfCell cell;
    int page = 0;
    int id = 0;  // among all cells of the document
  };
  int first_page = 0, last_page = 0;
  std::vector<double> xs;
  int rows = 0;
  int first_part = 0;        // rows of it
  std::deque<Placed> cells;  // a long table grows page by page and is never moved as a whole
  std::vector<int> breaks;
  int outer = -1, outer_id = -1;  // index of the table that holds it, and id of the cell there
};

// True when both have the same sides and one uses the column lines of the other, all or fewer of them. The
// one with fewer is then told in the columns of the other; nothing is changed otherwise.
bool AlignColumns(PdfTable* table, PdfTable* part);

// Rows at the top of a part that repeat the table's header; -1 when a new table begins with the same title.
// Their columns must be aligned.
int RepeatedRows(const PdfTable& table, const PdfTable& part);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_PDF_PARTS_H_
