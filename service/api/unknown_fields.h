// Fields of a request that this version of the API does not have.
#ifndef ATTAIN_SERVICE_API_UNKNOWN_FIELDS_H_
#define ATTAIN_SERVICE_API_UNKNOWN_FIELDS_H_

#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace attain::engine {

// INVALID_FIELD for a request with a field that its message, or one inside it, does not have: what a newer
// client asks for must not be left out in silence (a dry run would be recorded). Names the place and the
// field's number. Thread-safe.
absl::Status CheckNoUnknownFields(const google::protobuf::Message& request);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_API_UNKNOWN_FIELDS_H_
