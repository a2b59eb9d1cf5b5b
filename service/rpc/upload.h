// The bytes of one UploadDocument call, message by message.
#ifndef ATTAIN_SERVICE_RPC_UPLOAD_H_
#define ATTAIN_SERVICE_RPC_UPLOAD_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "attain/v1/file_service.pb.h"
#include "service/documents/uploads.h"
#include "storage/sha256.h"

namespace attain::rpc {

// Knows no stream. Thread-compatible.
class UploadParts {
 public:
  // `uploads` is not owned.
  explicit UploadParts(documents::Uploads* uploads) : uploads_(uploads) {}

  // Takes the next message. INVALID_FIELD for one that does not fit, REQUEST_TOO_LARGE.
  absl::Status Take(const v1::UploadDocumentRequest& message);
  // True when the bytes are here already: nothing more is needed.
  bool complete() const { return known_; }
  // The client has sent everything. INVALID_FIELD when that is not what its header says. Once.
  absl::StatusOr<v1::UploadDocumentResponse> Finish();

 private:
  absl::Status TakeHeader(const v1::UploadHeader& header);
  absl::Status TakeChunk(const std::string& chunk);
  v1::UploadDocumentResponse Answer(const documents::Upload& upload) const;

  documents::Uploads* const uploads_;
  v1::UploadHeader header_;
  bool has_header_ = false, known_ = false;
  documents::Upload upload_;  // when known
  std::string bytes_;
  storage::Sha256 sha_;
};

}  // namespace attain::rpc

#endif  // ATTAIN_SERVICE_RPC_UPLOAD_H_
