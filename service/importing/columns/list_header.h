// The header of a plain list of figures. Nobody outside service/importing includes it. Pure.
#ifndef ATTAIN_SERVICE_IMPORTING_COLUMNS_LIST_HEADER_H_
#define ATTAIN_SERVICE_IMPORTING_COLUMNS_LIST_HEADER_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "service/importing/cells/source.h"

namespace attain::importing {

enum class ListKind { kActuals, kSpending };

// The key of words/list_columns.txt for a folded header word, with or without what stands in brackets behind
// it; empty for a word that is in no list.
std::string ListColumnOf(absl::string_view word);

// Whether the cells are the header of such a list: indicator and value (or numerator and denominator), or
// table and money spent. A header of target tables is none.
bool IsListHeader(const std::vector<Cell>& cells, ListKind kind);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_COLUMNS_LIST_HEADER_H_
