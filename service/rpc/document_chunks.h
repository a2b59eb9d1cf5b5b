// A document cut into messages.
#ifndef ATTAIN_SERVICE_RPC_DOCUMENT_CHUNKS_H_
#define ATTAIN_SERVICE_RPC_DOCUMENT_CHUNKS_H_

#include <string>

#include "attain/v1/file_service.pb.h"
#include "service/api/document_source.h"

namespace attain::rpc {

// Thread-compatible.
class DocumentChunks {
 public:
  explicit DocumentChunks(engine::DocumentPtr document) : document_(std::move(document)) {}

  // The next message, of at most about 1 MiB; false when there is none. The first has everything but blocks
  // and text. A grid is cut behind a row (a row of more than a message behind a cell), a text into its lines,
  // a long line into several with its number.
  bool Next(v1::ExtractDocumentResponse* message);

 private:
  void AddBlocks(v1::ExtractDocumentResponse* message);
  // False when the message is full before the grid is through.
  bool AddGrid(const engine::document::Grid& grid, v1::ExtractDocumentResponse* message);
  void AddLines(v1::ExtractDocumentResponse* message);

  const engine::DocumentPtr document_;
  bool begun_ = false;
  int block_ = 0, cell_ = 0;  // next
  size_t text_at_ = 0;        // next byte of the text
  int line_ = 1;              // that it belongs to
  size_t size_ = 0;           // of the message so far
};

}  // namespace attain::rpc

#endif  // ATTAIN_SERVICE_RPC_DOCUMENT_CHUNKS_H_
