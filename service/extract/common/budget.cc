#include "service/extract/common/budget.h"

#include "absl/strings/str_cat.h"
#include "service/extract/common/result.h"

namespace attain::extract {

void Budget::TakeCells(uint64_t count) {
  if (count > limits_.cells || cells_ + count > limits_.cells) {
    throw Refused("DOCUMENT_TOO_COSTLY",
                  absl::StrCat("more than ", limits_.cells, " cells: split the document"));
  }
  cells_ += count;
}

void Budget::TakeText(uint64_t bytes) {
  text_ += bytes;
  if (text_ > limits_.text) {
    throw Refused("DOCUMENT_TOO_COSTLY", absl::StrCat("the text of all cells is longer than ",
                                                      limits_.text >> 20, " MiB: split the document"));
  }
}

}  // namespace attain::extract
