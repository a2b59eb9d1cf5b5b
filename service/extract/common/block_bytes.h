// Blocks of a document as they go through the pipe. A table of 80,000 cells takes 16 MB as message objects
// and 3 MB as bytes: a reader of long documents writes bytes at once.
//
// Compatible with threads.
#ifndef ATTAIN_SERVICE_EXTRACT_COMMON_BLOCK_BYTES_H_
#define ATTAIN_SERVICE_EXTRACT_COMMON_BLOCK_BYTES_H_

#include <string>
#include <vector>

#include "service/extract/common/result.h"

namespace attain::extract {

class BlockBytes {
 public:
  void AddLine(const document::Line& line);
  // Cells of the next grid, by row, then column.
  void AddCell(const document::Cell& cell);
  // A grid with the cells since the last one; `grid` says the rest and has none itself.
  void AddGrid(const document::Grid& grid);

  // The fields `blocks` of a Document, encoded: to be merged into one, or put behind an encoded one.
  size_t size() const;
  void AppendTo(std::string* out) const;

 private:
  // Where the bytes of a block that begins go.
  std::string* Open(int field, size_t size);

  std::vector<std::string> parts_;  // the cells of a large grid are never copied to stand behind its head
  std::string cells_;
};

// An ExtractResult that holds `document` and `blocks`, encoded.
std::string EncodeRead(const document::Document& document, const BlockBytes& blocks);

}  // namespace attain::extract

#endif  // ATTAIN_SERVICE_EXTRACT_COMMON_BLOCK_BYTES_H_
