// proto3 JSON in and out.
#ifndef ATTAIN_CLIENTS_CLI_SESSION_JSON_H_
#define ATTAIN_CLIENTS_CLI_SESSION_JSON_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace attain::cli {

// Indented, with a line end at the end. Text that is not UTF-8 is an INTERNAL error.
absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message);
// The same on one line.
absl::StatusOr<std::string> ToJsonLine(const google::protobuf::Message& message);

// INVALID_ARGUMENT with the parser's words when `json` is no such message; unknown fields count as mistakes.
absl::Status FromJson(absl::string_view json, google::protobuf::Message* message);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_SESSION_JSON_H_
