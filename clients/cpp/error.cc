#include "clients/cpp/error.h"

#include "absl/strings/cord.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace attain::client {
namespace {

constexpr absl::string_view kPayload = "type.googleapis.com/google.rpc.Status";

google::rpc::Status Parse(absl::string_view trailer) {
  google::rpc::Status details;
  if (!details.ParseFromArray(trailer.data(), static_cast<int>(trailer.size()))) details.Clear();
  return details;
}

}  // namespace

absl::Status MakeStatus(int code, absl::string_view message, absl::string_view trailer) {
  if (code == 0) return absl::OkStatus();
  std::string words(message);
  google::rpc::LocalizedMessage localized;
  const google::rpc::Status parsed = Parse(trailer);
  for (const google::protobuf::Any& any : parsed.details()) {
    if (any.UnpackTo(&localized) && !localized.message().empty()) words = localized.message();
  }
  absl::Status status(static_cast<absl::StatusCode>(code), words);
  if (!trailer.empty()) status.SetPayload(kPayload, absl::Cord(trailer));
  return status;
}

ErrorDetails DetailsOf(const absl::Status& status) {
  ErrorDetails details;
  const absl::optional<absl::Cord> payload = status.GetPayload(kPayload);
  if (!payload.has_value()) return details;
  const google::rpc::Status parsed = Parse(std::string(*payload));
  for (const google::protobuf::Any& any : parsed.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::BadRequest bad;
    google::rpc::RetryInfo retry;
    if (any.UnpackTo(&info)) {
      details.reason = info.reason();
      details.metadata.insert(info.metadata().begin(), info.metadata().end());
    } else if (any.UnpackTo(&bad)) {
      for (const auto& violation : bad.field_violations()) {
        details.violations.push_back({violation.field(), violation.description()});
      }
    } else if (any.Is<v1::FindingList>()) {
      any.UnpackTo(&details.findings);
    } else if (any.UnpackTo(&retry)) {
      details.retry_delay =
          absl::Seconds(retry.retry_delay().seconds()) + absl::Nanoseconds(retry.retry_delay().nanos());
    }
  }
  return details;
}

bool IsUnreachable(const absl::Status& status) {
  if (!absl::IsUnavailable(status) && !absl::IsDeadlineExceeded(status)) return false;
  return DetailsOf(status).reason.empty();
}

}  // namespace attain::client
