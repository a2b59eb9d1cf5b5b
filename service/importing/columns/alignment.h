// Which cell of a row belongs to which column of the header. Cells stand in their place, or the row lost or
// gained a cell and everything behind it moved: then the one place where all of them fit counts. Nobody
// outside this folder includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_COLUMNS_ALIGNMENT_H_
#define ATTAIN_SERVICE_IMPORTING_COLUMNS_ALIGNMENT_H_

#include <vector>

#include "service/importing/columns/cell_traits.h"
#include "service/importing/columns/header.h"

namespace attain::importing {

struct Alignment {
  std::vector<int> column;  // of each cell: index of the header's column, −1 = under no header
  bool moved = false;       // not where they stand
  bool fits = false;        // no cell contradicts its column
  int score = 0;
};

// Where the cells stand.
Alignment InPlace(const Header& header, const std::vector<Cell>& cells,
                  const std::vector<CellTraits>& traits);

// The best place in order: unique, and plainly better than where they stand; otherwise InPlace. `joins` lets
// neighbouring cells be one (blanks within a name). Cells × columns steps.
Alignment BestOf(const Header& header, const std::vector<Cell>& cells, const std::vector<CellTraits>& traits,
                 bool joins);

// For cells of which only the order is known: the best place when it is unique, else in order from the first
// column on, which does not fit.
Alignment LooseBest(const Header& header, const std::vector<Cell>& cells,
                    const std::vector<CellTraits>& traits);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_COLUMNS_ALIGNMENT_H_
