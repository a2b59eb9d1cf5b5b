#include "service/api/cause.h"

#include "absl/strings/cord.h"

namespace attain::engine {
namespace {

constexpr absl::string_view kCause = "attain/cause";

}  // namespace

absl::Status WithCause(absl::Status status, absl::string_view cause) {
  if (!status.ok() && !cause.empty() && !status.GetPayload(kCause).has_value())
    status.SetPayload(kCause, absl::Cord(cause));
  return status;
}

std::string CauseOf(const absl::Status& status) {
  const auto cause = status.GetPayload(kCause);
  return cause.has_value() ? std::string(*cause) : "";
}

}  // namespace attain::engine
