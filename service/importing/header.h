// The header row of a target table: which column is which, whatever the words and the order.
#ifndef ATTAIN_SERVICE_IMPORTING_HEADER_H_
#define ATTAIN_SERVICE_IMPORTING_HEADER_H_

#include <array>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace attain::importing {

enum class Column { kLevel1 = 0, kLevel2, kName, kNature, kTarget, kUnit, kBasis, kPrior, kWeight, kRule, kEvidence, kIgnored, kCount };

// The column a header cell names; kCount when it names none.
Column ColumnOf(absl::string_view cell);

struct Header {
  std::array<int, static_cast<size_t>(Column::kCount)> at;  // index of the column's cell, −1 = absent
  std::vector<std::string> words;                           // as they stand
  int columns = 0;
  std::vector<int> natures;                                 // indexes of all columns with a comparator or its direction

  int operator[](Column column) const { return at[static_cast<size_t>(column)]; }
  bool Has(Column column) const { return (*this)[column] >= 0; }
  // The header word of a column, for places.
  std::string Word(Column column) const { return Has(column) ? words[static_cast<size_t>((*this)[column])] : ""; }
};

// True when the cells are a header: at least a name and a target column, and one of level 1, level 2.
bool ParseHeader(const std::vector<std::string>& cells, Header* header);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_HEADER_H_
