// Rows within or below a target table that are no indicators: sums, what is signed or remarked under it, page
// numbers. Nobody outside service/importing includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_TABLES_FOOTING_H_
#define ATTAIN_SERVICE_IMPORTING_TABLES_FOOTING_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "service/importing/cells/source.h"

namespace attain::importing {

enum class Footing {
  kNone,
  kSum,   // 合计, 小计, 总分: rows may follow
  kEnd,   // 填表人, 审核人, 备注, 说明: the table is over, unless what follows is plainly a row
  kPage,  // "- 7 -", "第 3 页 共 9 页"
};

// By the first cells.
Footing FootingOf(const std::vector<Cell>& cells);

// A whole table's sum (合计, 总分), not a group's (小计).
bool IsTotal(const std::vector<Cell>& cells);

// 合计, 小计, 总分 and the like, as a cell of their own.
bool IsSumWord(absl::string_view cell);

// What the footing's cells are called in the ledger.
const char* FurnitureOf(Footing footing);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_TABLES_FOOTING_H_
