// The engine's documents from the server's readers and uploads.
#ifndef ATTAIN_SERVICE_RPC_READER_SOURCE_H_
#define ATTAIN_SERVICE_RPC_READER_SOURCE_H_

#include <memory>
#include <string>

#include "service/api/document_source.h"
#include "service/documents/documents.h"
#include "service/documents/uploads.h"

namespace attain::rpc {

// "uploads/{sha256}"
std::string UploadName(absl::string_view sha256);

// Thread-safe.
class ReaderSource : public engine::DocumentSource {
 public:
  // None is owned.
  ReaderSource(documents::Documents* documents, documents::Uploads* uploads)
      : documents_(documents), uploads_(uploads) {}

  std::shared_ptr<const std::string> Upload(absl::string_view name) override;
  absl::StatusOr<engine::DocumentPtr> Read(absl::string_view bytes) override;

 private:
  documents::Documents* const documents_;
  documents::Uploads* const uploads_;
};

}  // namespace attain::rpc

#endif  // ATTAIN_SERVICE_RPC_READER_SOURCE_H_
