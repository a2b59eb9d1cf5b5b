// The header of a target table: which column is which, whatever the words, the order and the number of its
// rows.
#ifndef ATTAIN_SERVICE_IMPORTING_COLUMNS_HEADER_H_
#define ATTAIN_SERVICE_IMPORTING_COLUMNS_HEADER_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "service/importing/cells/source.h"
#include "service/importing/columns/column.h"

namespace attain::importing {

struct HeaderColumn {
  bool assumed = false;  // by its place: no list has its word
  Column kind = Column::kUnknown;
  int first = 0, last = 0;  // columns of the grid that it stands over
  std::string word;         // as it stands, without white space
  bool other_time = false;  // of the implementation period (中长期)
};

class Header {
 public:
  const std::vector<HeaderColumn>& columns() const { return columns_; }
  std::vector<HeaderColumn>& columns() { return columns_; }
  // Index of the first column of a kind; −1 = absent.
  int At(Column kind) const;
  bool Has(Column kind) const { return At(kind) >= 0; }
  // Index of the column that stands over a column of the grid; −1 = none.
  int Over(int column) const;
  // The header word of a column, for places.
  std::string Word(Column kind) const {
    return Has(kind) ? columns_[static_cast<size_t>(At(kind))].word : "";
  }
  // Same words in the same order.
  bool SameAs(const Header& other) const;
  // A word of the header's upper row that no column took up and that names neither a column nor a time.
  bool LeavesOut(absl::string_view word, int year) const;
  // The columns of a second table that stands beside the first, with the same words; the header keeps those
  // of the first. Empty when there is none.
  Header TakeSide();

 private:
  std::vector<HeaderColumn> columns_;
};

// The column that a header word names by itself; kUnknown when none. `year` is the table's, 0 = not known:
// "2024年实际完成值" is last year's value in a table of 2025 and this year's in one of 2024.
HeaderColumn ColumnOf(absl::string_view word, int year);

// True when the cells are a header of a target table by themselves: names and targets, and one of levels,
// weights, comparators or units.
bool IsHeaderOf(const std::vector<Cell>& cells);

// How much of a header a row is: words that only target tables have (levels, comparators, weights), those
// among them that have no other meaning (一级指标, but not 一级), and words that are known at all.
struct HeaderLikeness {
  int own = 0, sure = 0, known = 0;
  int listed = 0;  // names and targets, which lists of other things have as well
};
HeaderLikeness LikenessOf(const Row& row);

// The header that begins at row `at`, of one or two rows; `rows` says of how many. False when there is none.
bool ParseHeader(const std::vector<Row>& all, size_t at, size_t end, int year, Header* header, size_t* rows);

// The name of what a block's first cell announces: "长期绩效指标" before a header or rows. True for promises
// of another time than the year.
bool IsOtherTime(absl::string_view word);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_COLUMNS_HEADER_H_
