// What of a request is not as it should be on the wire: fields that this version of the API does not have,
// texts that are not UTF-8.
#ifndef ATTAIN_SERVICE_API_WIRE_CHECKS_H_
#define ATTAIN_SERVICE_API_WIRE_CHECKS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace attain::engine {

// INVALID_FIELD for a request with a field that its message, or one inside it, does not have: what a newer
// client asks for must not be left out in silence (a dry run would be recorded). Names the place and the
// field's number. Thread-safe.
absl::Status CheckNoUnknownFields(const google::protobuf::Message& request);

// Path of the first text in the bytes of a message of this type that is not UTF-8 ("report.note",
// "reports[3].report.value"); empty when there is none or the bytes are no message. Thread-safe.
std::string PathOfInvalidText(const google::protobuf::Descriptor& type, absl::string_view bytes);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_API_WIRE_CHECKS_H_
