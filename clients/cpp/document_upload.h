// Documents to the server and what it sees in them: the calls of FileService, which are streams.
//
// Example:
//   absl::StatusOr<attain::v1::Upload> upload = attain::client::UploadDocument(client, bytes, {.file_name =
//   "2025.xlsx"}); if (!upload.ok()) return upload.status(); attain::v1::ImportDocumentRequest request;
//   request.set_upload(upload->name());
#ifndef ATTAIN_CLIENTS_CPP_DOCUMENT_UPLOAD_H_
#define ATTAIN_CLIENTS_CPP_DOCUMENT_UPLOAD_H_

#include <cstddef>
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "attain/v1/file_service.pb.h"
#include "clients/cpp/client.h"

namespace attain::client {

struct UploadOptions {
  std::string file_name;  // shown to people, at most 255 characters
  // How long it may take with all its repetitions, unless client.options().timeout is longer. Default: 10
  // minutes.
  absl::Duration timeout = absl::Minutes(10);
  // Called after each chunk with the bytes sent so far, on the calling thread; may be empty.
  std::function<void(size_t done, size_t total)> progress;
};

// Blocks until the server has the bytes (at most 32 MiB); those it has already are not sent. Errors and
// repetition as in Client.
absl::StatusOr<v1::Upload> UploadDocument(const Client& client, const std::string& bytes,
                                          const UploadOptions& options);

// What the server sees in a document, whole. Of a grid that came in parts each part is a block of its own.
absl::StatusOr<document::v1::Document> ExtractDocument(const Client& client,
                                                       const v1::ExtractDocumentRequest& request);

}  // namespace attain::client

#endif  // ATTAIN_CLIENTS_CPP_DOCUMENT_UPLOAD_H_
