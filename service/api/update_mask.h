// What an update changes (AIP-134): the fields that its mask names.
#ifndef ATTAIN_SERVICE_API_UPDATE_MASK_H_
#define ATTAIN_SERVICE_API_UPDATE_MASK_H_

#include "absl/status/status.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"

namespace attain::engine {

// Puts the fields of `given` that `mask` names into `resource`, which is of the same type; a named field that
// `given` leaves empty becomes empty, a list is replaced as a whole, a path may lead into a message
// ("budget.total"). No path: the fields that `given` has. "*": all of them. INVALID_FIELD for a path that the
// type does not have. Name and etag, which say what is updated, and other output-only fields may be named and
// have no effect.
absl::Status Update(const google::protobuf::FieldMask& mask, const google::protobuf::Message& given,
                    google::protobuf::Message* resource);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_API_UPDATE_MASK_H_
