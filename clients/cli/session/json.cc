#include "clients/cli/session/json.h"

#include "absl/strings/match.h"
#include "google/protobuf/util/json_util.h"

namespace attain::cli {
namespace {

namespace util = google::protobuf::util;

absl::StatusOr<std::string> Print(const google::protobuf::Message& message, bool indented) {
  util::JsonPrintOptions options;
  options.add_whitespace = indented;
  std::string json;
  const auto status = util::MessageToJsonString(message, &json, options);
  if (!status.ok()) return absl::InternalError(status.ToString());
  if (!absl::EndsWith(json, "\n")) json.push_back('\n');
  return json;
}

}  // namespace

absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message) {
  return Print(message, /*indented=*/true);
}

absl::StatusOr<std::string> ToJsonLine(const google::protobuf::Message& message) {
  return Print(message, /*indented=*/false);
}

absl::Status FromJson(absl::string_view json, google::protobuf::Message* message) {
  const auto status = util::JsonStringToMessage(std::string(json), message);
  return status.ok() ? absl::OkStatus() : absl::InvalidArgumentError(status.ToString());
}

}  // namespace attain::cli
