// Why a document was not read, as a status that carries the reader's own refusal.
#ifndef ATTAIN_SERVICE_DOCUMENTS_REFUSAL_H_
#define ATTAIN_SERVICE_DOCUMENTS_REFUSAL_H_

#include <optional>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "attain/document/v1/document.pb.h"

namespace attain::documents {

namespace document = ::attain::document::v1;

// INVALID_ARGUMENT with `refusal` inside. Its text is for logs: what people read is made from the code.
absl::Status Refused(const document::Refusal& refusal);
absl::Status Refused(absl::string_view code, absl::string_view detail,
                     document::Media media = document::MEDIA_UNSPECIFIED);

// The refusal inside; nothing for OK and for errors that are not about the document (RESOURCE_EXHAUSTED,
// INTERNAL).
std::optional<document::Refusal> RefusalOf(const absl::Status& status);

}  // namespace attain::documents

#endif  // ATTAIN_SERVICE_DOCUMENTS_REFUSAL_H_
