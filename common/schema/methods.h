// The methods of the API as their descriptors have them: one row for each (proto/attain/v1/options.proto).
#ifndef ATTAIN_COMMON_SCHEMA_METHODS_H_
#define ATTAIN_COMMON_SCHEMA_METHODS_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "attain/v1/error.pb.h"
#include "attain/v1/options.pb.h"
#include "attain/v1/words.pb.h"
#include "google/protobuf/descriptor.h"

namespace attain::schema {

// Every service of attain.v1, in a fixed order.
const std::vector<const google::protobuf::ServiceDescriptor*>& ServicesOfApi();

// The method that takes this request; null for a message that is no request of the API. Thread-safe.
const google::protobuf::MethodDescriptor* MethodOf(const google::protobuf::Descriptor* request);

// The method of this name ("RecordActual"); null when there is none. Thread-safe.
const google::protobuf::MethodDescriptor* MethodNamed(absl::string_view name);

// What the API says of the method.
const v1::CallRule& RuleOf(const google::protobuf::MethodDescriptor& method);

// What the API says of an error reason.
const v1::ErrorRule& RuleOf(v1::ErrorReason reason);

// Whether a call of the method may be refused for this reason: one of its row, or one that every call of its
// kind can meet (the head of error.proto).
bool MayBeRefusedFor(const google::protobuf::MethodDescriptor& method, v1::ErrorReason reason);

}  // namespace attain::schema

#endif  // ATTAIN_COMMON_SCHEMA_METHODS_H_
