// One table of a text or a web page: rows come one after the other, and a cell takes the next place.
#ifndef ATTAIN_SERVICE_EXTRACT_COMMON_TABLE_GRID_H_
#define ATTAIN_SERVICE_EXTRACT_COMMON_TABLE_GRID_H_

#include <string>

#include "absl/strings/string_view.h"
#include "service/extract/common/budget.h"
#include "service/extract/common/result.h"

namespace attain::extract {

// "R3C2" for row 2, column 1.
std::string RowColumn(int row, int column);

// Not thread-safe. `document` and `budget` must outlive it. Throws Refused as Budget does.
class TableGrid {
 public:
  // `nested_in` is the address of the outer cell, or empty.
  TableGrid(document::Document* document, Budget* budget, absl::string_view nested_in);

  // Adds a cell with a cleaned text. Spans may state anything: they are cut to what exists by Finish. The
  // pointer stays good.
  document::Cell* Add(int row, int column, int row_span, int column_span, absl::string_view text);
  // To be called once, with the number of rows that exist.
  void Finish(int rows);
  const document::Grid& grid() const { return *grid_; }

 private:
  void Narrow();

  Budget* const budget_;
  document::Grid* const grid_;
};

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_COMMON_TABLE_GRID_H_
