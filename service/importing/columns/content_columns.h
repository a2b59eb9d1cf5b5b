// Columns by what stands in them, where their words do not say it. Nobody outside this folder includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_COLUMNS_CONTENT_COLUMNS_H_
#define ATTAIN_SERVICE_IMPORTING_COLUMNS_CONTENT_COLUMNS_H_

#include <string>
#include <vector>

#include "service/importing/columns/cell_traits.h"
#include "service/importing/columns/header.h"

namespace attain::importing {

// A column whose content decided: its word, and what it was taken for in the words of the national form.
struct ColumnByContent {
  std::string word, understood;
};

// Looks at the rows [from, to) below the header and corrects it: a column of ≥ and ≤ is one of comparators
// whatever it is called, names of levels are levels, and what is described is the name where nothing else is.
std::vector<ColumnByContent> DecideByContent(const std::vector<Row>& rows, size_t from, size_t to,
                                             const LevelNames& levels, const scoring::Profile& profile,
                                             Header* header);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_COLUMNS_CONTENT_COLUMNS_H_
