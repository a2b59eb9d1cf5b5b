// Where documents come from: bytes of a request or an upload, read in process when they are plain text, else
// by whoever starts readers.
#ifndef ATTAIN_SERVICE_API_DOCUMENT_SOURCE_H_
#define ATTAIN_SERVICE_API_DOCUMENT_SOURCE_H_

#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attain/document/v1/document.pb.h"

namespace attain::engine {

namespace document = ::attain::document::v1;

using DocumentPtr = std::shared_ptr<const document::Document>;

// Largest document in a request, and largest upload, bytes.
inline constexpr size_t kMaxContent = size_t{16} << 20, kMaxUpload = size_t{32} << 20;

// Thread-safe. Outlives the engine.
class DocumentSource {
 public:
  virtual ~DocumentSource() = default;

  // The bytes of uploads/{sha256}; null when they are not there (any more).
  virtual std::shared_ptr<const std::string> Upload(absl::string_view name) = 0;
  // What the bytes say, with sha256. May block for seconds: for workers. Errors are for clients:
  // UNREADABLE_DOCUMENT (made with Unreadable), OVERLOADED.
  virtual absl::StatusOr<DocumentPtr> Read(absl::string_view bytes) = 0;
};

// The document that a request names by content or by upload, whichever is not empty. Without a source plain
// text alone is read. May block as above. UNREADABLE_DOCUMENT, RESOURCE_NOT_FOUND, REQUEST_TOO_LARGE,
// INVALID_FIELD when both are given.
absl::StatusOr<DocumentPtr> OpenDocument(absl::string_view content, absl::string_view upload,
                                         DocumentSource* source);

// The same for people to look at: a text is cut into the lines and grids that an import makes of it.
absl::StatusOr<DocumentPtr> ShowDocument(absl::string_view content, absl::string_view upload,
                                         DocumentSource* source);

// What a reader refused, for clients: its finding is among the details.
absl::Status Unreadable(const document::Refusal& refusal);

// No reader can be started on this server.
absl::Status NoReader();

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_API_DOCUMENT_SOURCE_H_
