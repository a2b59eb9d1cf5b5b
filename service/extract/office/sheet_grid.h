// One sheet of a workbook, whatever the format: cells come in any order and say where they stand.
#ifndef ATTAIN_SERVICE_EXTRACT_OFFICE_SHEET_GRID_H_
#define ATTAIN_SERVICE_EXTRACT_OFFICE_SHEET_GRID_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "service/extract/common/budget.h"
#include "service/extract/common/remarks.h"
#include "service/extract/common/result.h"
#include "service/extract/office/number_format.h"

namespace attain::extract {

inline constexpr int kMaxRows = 1048576;
inline constexpr int kMaxColumns = 16384;

// "B7" for row 6, column 1.
std::string A1(int row, int column);

// Rows or columns from..to, both included.
class Ranges {
 public:
  void Add(int from, int to) { ranges_.push_back({from, to}); }
  // To be called once all are there, before Has.
  void Close();
  bool Has(int number) const;

 private:
  struct Range {
    int from, to;
  };
  std::vector<Range> ranges_;
};

// Cells are handed on by pointer: a message of fourteen fields is slow to move.
using CellPtr = std::unique_ptr<document::Cell>;
// A new cell at a place.
CellPtr CellAt(int row, int column);

// Not thread-safe. `document` and `budget` must outlive it. Throws Refused as Budget does.
class SheetGrid {
 public:
  SheetGrid(document::Document* document, Budget* budget, std::string name);

  // Takes a cell whose row and column are set; gives it its address. Text is cleaned here. A cell without
  // text that is no formula is dropped.
  void Put(CellPtr cell);
  // A cell with a stored number, as the format shows it. `cell` has its place and flags already. Tells of
  // rounding and scaling.
  void PutNumber(CellPtr cell, absl::string_view stored, const NumberFormat& format, bool since_1904);
  // A number of a file that writes both what is stored and what is shown; the kind says whether it is a rate.
  void PutShown(CellPtr cell, absl::string_view stored, absl::string_view shown);
  // Rows and columns as spans, at least 1 each.
  void Merge(int row, int column, int rows, int columns);
  void HideRows(int from, int to) { hidden_rows_.Add(from, to); }
  void HideColumns(int from, int to) { hidden_columns_.Add(from, to); }

  Remarks& remarks() { return remarks_; }
  // Adds the grid to the document, unless it holds no cell. To be called once.
  void Finish();

 private:
  struct Area {
    int row, column, last_row, last_column;
  };

  void PutRead(CellPtr cell, absl::string_view plain, const ShownNumber& number);
  void PutUnreadable(CellPtr cell, absl::string_view stored);
  void Sort();
  void DropTwice();
  void ApplyMerges();
  void Hide();
  void Append();

  document::Document* const document_;
  Budget* const budget_;
  const std::string name_;
  Remarks remarks_;
  std::vector<CellPtr> cells_;
  std::vector<Area> areas_;
  Ranges hidden_rows_;
  Ranges hidden_columns_;
};

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_OFFICE_SHEET_GRID_H_
