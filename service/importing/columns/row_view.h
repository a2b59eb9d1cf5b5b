// One row's cells seen through the header. Nobody outside this folder includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_COLUMNS_ROW_VIEW_H_
#define ATTAIN_SERVICE_IMPORTING_COLUMNS_ROW_VIEW_H_

#include <string>
#include <vector>

#include "service/importing/columns/alignment.h"
#include "service/importing/columns/cell_traits.h"
#include "service/importing/columns/header.h"

namespace attain::importing {

class RowView {
 public:
  // Aligns the row's cells. The row must outlive the view.
  RowView(const Header& header, Row* row, const LevelNames& levels, const scoring::Profile& profile);

  const Header& header() const { return header_; }
  const Alignment& alignment() const { return alignment_; }
  Row& row() const { return *row_; }

  // The text under the first column of a kind; cells that were cut apart are joined by a blank. Empty when
  // there is none.
  std::string operator[](Column column) const;
  // The first cell under it; null when there is none.
  Cell* At(Column column) const;
  // Comparators and directions may be two columns: "正向" and "大于等于". All their text, in order.
  std::string Nature() const;
  // What the content of the cell under a column looks like.
  CellTraits Traits(Column column) const;
  // Of the cell with this index.
  const CellTraits& TraitsAt(size_t cell) const { return traits_[cell]; }

  // In its place under every header, whatever stands around it: levels, weight and rule fit, name and target
  // are there.
  bool IsPlain() const;
  // Whether the cells tell that this is an indicator: a comparator with a number, a level, or a weight beside
  // a target.
  bool IsLikely() const;
  // Nothing but names of levels.
  bool IsLevelsOnly() const;
  // By how many columns the name stands away from its header: −1 = one column too far left.
  int Shift() const;

 private:
  const Header& header_;
  Row* const row_;
  std::vector<CellTraits> traits_;
  Alignment alignment_;
};

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_COLUMNS_ROW_VIEW_H_
