#include "service/importing/columns/list_header.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "service/importing/columns/header.h"
#include "service/importing/values/months.h"
#include "service/importing/values/words.h"

namespace attain::importing {

std::string ListColumnOf(absl::string_view word) {
  const WordList& columns = WordList::Named("list_columns");
  const std::string lower = absl::AsciiStrToLower(word);
  if (const absl::string_view key = columns.KeyOf(lower); !key.empty()) return std::string(key);
  // "1-9月完成值": what was reached by then.
  if (const absl::string_view rest = WithoutMonths(lower); rest.size() < lower.size()) {
    const absl::string_view key = columns.KeyOf(rest);
    if (key == "value" || key == "spent") return std::string(key);
  }
  const size_t open = lower.find('(');
  if (open == std::string::npos || open == 0) return "";
  return std::string(columns.KeyOf(absl::string_view(lower).substr(0, open)));
}

bool IsListHeader(const std::vector<Cell>& cells, ListKind kind) {
  if (cells.size() < 2 || IsHeaderOf(cells)) return false;
  const auto has = [&](absl::string_view key) {
    return std::any_of(cells.begin(), cells.end(),
                       [&](const Cell& cell) { return ListColumnOf(cell.word) == key; });
  };
  if (kind == ListKind::kSpending) return has("table") && has("spent");
  return has("indicator") && (has("value") || (has("numerator") && has("denominator")));
}

}  // namespace attain::importing
