#include "clients/cli/input/usage.h"

#include "absl/strings/cord.h"

namespace attain::cli {
namespace {

constexpr absl::string_view kMark = "attain/usage";

}  // namespace

absl::Status UsageError(absl::string_view message) {
  absl::Status status = absl::InvalidArgumentError(message);
  status.SetPayload(kMark, absl::Cord());
  return status;
}

bool IsUsageError(const absl::Status& status) {
  return status.GetPayload(kMark).has_value();
}

}  // namespace attain::cli
