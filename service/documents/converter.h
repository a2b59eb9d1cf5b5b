// Excel 97 and Word 97 by way of LibreOffice: XLS becomes XLSX, DOC becomes DOCX, which attain-extract reads.
//
// LibreOffice parses bytes of unknown origin, so it runs in bubblewrap: no network, nothing of the machine
// but /usr, the settings of fonts and its own, a private /tmp that ends with it, bounded time and memory.
#ifndef ATTAIN_SERVICE_DOCUMENTS_CONVERTER_H_
#define ATTAIN_SERVICE_DOCUMENTS_CONVERTER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "attain/document/v1/document.pb.h"

namespace attain::documents {

struct ConverterOptions {
  // LibreOffice, below /usr (nothing else is seen in the sandbox), and bubblewrap.
  std::string soffice = "/usr/bin/soffice";
  std::string bubblewrap = "/usr/bin/bwrap";
  // One conversion: by the clock, processor time of each of its processes, address space of each, bytes of
  // its /tmp.
  absl::Duration wall_clock = absl::Seconds(40);
  int cpu_seconds = 30;
  uint64_t memory = uint64_t{4} << 30;
  uint64_t scratch = uint64_t{512} << 20;
  // Bytes of a document and of what comes out.
  size_t max_input = size_t{32} << 20;
  size_t max_output = size_t{64} << 20;
  // Calls that may wait for their turn.
  int waiting = 4;
};

// Arguments of bubblewrap up to the command that runs inside. Standard input becomes the file
// /tmp/document.`suffix`.
std::vector<std::string> SandboxArguments(const ConverterOptions& options, absl::string_view suffix);

// Thread-safe: conversions run one at a time.
class Converter {
 public:
  explicit Converter(ConverterOptions options);

  // Both programs are there and may be run.
  bool Installed() const;

  // The document as XLSX (MEDIA_XLS) or DOCX (MEDIA_DOC). Blocks. Refused (refusal.h): FORMAT_NEEDS_CONVERTER
  // for other media and where a program is not installed, DOCUMENT_DAMAGED for what LibreOffice cannot read,
  // DOCUMENT_TOO_LARGE, DOCUMENT_TOO_COSTLY. RESOURCE_EXHAUSTED when too many calls wait. Every message says
  // what to do.
  absl::StatusOr<std::string> Convert(absl::string_view bytes, attain::document::v1::Media media);

 private:
  absl::Status TakeTurn();
  void GiveTurn();

  const ConverterOptions options_;
  absl::Mutex mutex_;
  bool busy_ ABSL_GUARDED_BY(mutex_) = false;
  int waiting_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace attain::documents

#endif  // ATTAIN_SERVICE_DOCUMENTS_CONVERTER_H_
