// What one document may still cost. Memory follows cells and characters that exist, never numbers that a file
// states about itself.
#ifndef ATTAIN_SERVICE_EXTRACT_COMMON_BUDGET_H_
#define ATTAIN_SERVICE_EXTRACT_COMMON_BUDGET_H_

#include <cstdint>

#include "service/extract/common/limits.h"

namespace attain::extract {

// Not thread-safe. Every method throws Refused with DOCUMENT_TOO_COSTLY once the document has used up what it
// may.
class Budget {
 public:
  explicit Budget(const Limits& limits) : limits_(limits) {}

  // One more cell; also called for a merged area and a row or column range, which cost as much.
  void TakeCell() { TakeCells(1); }
  // `count` may be as large as a file likes.
  void TakeCells(uint64_t count);
  // Bytes of text of a cell or a line.
  void TakeText(uint64_t bytes);

  const Limits& limits() const { return limits_; }

 private:
  const Limits limits_;
  uint64_t cells_ = 0;
  uint64_t text_ = 0;
};

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_COMMON_BUDGET_H_
