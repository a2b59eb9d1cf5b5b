// Documents from bytes: starts attain-extract for each one, since parsers of hostile bytes live in no server.
#ifndef ATTAIN_SERVICE_DOCUMENTS_DOCUMENTS_H_
#define ATTAIN_SERVICE_DOCUMENTS_DOCUMENTS_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "attain/document/v1/document.pb.h"
#include "service/documents/document_cache.h"
#include "service/documents/refusal.h"
#include "service/documents/slots.h"

namespace attain::documents {

struct DocumentsOptions {
  // The reader. Default: attain-extract beside the running program, else on PATH.
  std::string extract;
  // One reader may take so long before it is killed. Default: 10 seconds.
  absl::Duration wall_clock = absl::Seconds(10);
  // Largest document, bytes. Default: 32 MiB.
  size_t max_bytes = size_t{32} << 20;
  // Readers at the same time, and calls that may wait for one. Default: 2 and 16.
  size_t running = 2, waiting = 16;
  // Memory of the documents that were read, bytes. Default: 64 MiB.
  size_t cache_bytes = size_t{64} << 20;
  // Turns a document of a format that no reader knows (XLS, DOC) into one that can be read. Called without a
  // lock and outside the readers' bound; it must bound itself. A refusal (Refused) is passed on. Default:
  // none, such documents are refused.
  std::function<absl::StatusOr<std::string>(absl::string_view bytes, document::Media media)> convert;
  // Gets one line for each reader that failed, from any thread. Default: nobody.
  std::function<void(const std::string& line)> log;
};

// Thread-safe.
class Documents {
 public:
  explicit Documents(DocumentsOptions options);

  // The document that the bytes are; fills sha256. Blocks until a reader is free and done. Refused
  // (refusal.h) with the reader's code, with DOCUMENT_TOO_LARGE, with DOCUMENT_TOO_COSTLY when the reader was
  // killed for its time or memory, and with READER_FAILED when it failed in any other way. RESOURCE_EXHAUSTED
  // when too many calls wait; UNAVAILABLE when there is no reader to start.
  absl::StatusOr<std::shared_ptr<const document::Document>> Read(absl::string_view bytes);

 private:
  // One run of the reader.
  absl::StatusOr<document::ExtractResult> Extract(absl::string_view bytes);
  // The same with the converter between where the reader asks for one.
  absl::StatusOr<document::Document> ReadOrConvert(absl::string_view bytes);
  absl::Status Failed(absl::string_view how) const;
  // Key in the cache: another reader in the same place reads anew.
  std::string KeyOf(absl::string_view sha256) const;

  const DocumentsOptions options_;
  Slots slots_;
  DocumentCache cache_;
};

}  // namespace attain::documents

#endif  // ATTAIN_SERVICE_DOCUMENTS_DOCUMENTS_H_
