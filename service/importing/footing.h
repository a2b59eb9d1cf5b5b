// Lines within or below a target table that are no indicators: sums, and what is signed or remarked under it.
// Nobody outside this folder includes it.
#ifndef ATTAIN_SERVICE_IMPORTING_FOOTING_H_
#define ATTAIN_SERVICE_IMPORTING_FOOTING_H_

#include <string>
#include <vector>

namespace attain::importing {

enum class Footing {
  kNone,
  kSum,  // 合计, 小计, 总分: rows may follow
  kEnd,  // 填表人, 审核人, 备注, 说明: the table is over, unless what follows is plainly a row
};

// By the first cells that are not blank.
Footing FootingOf(const std::vector<std::string>& cells);

}  // namespace attain::importing

#endif  // ATTAIN_SERVICE_IMPORTING_FOOTING_H_
