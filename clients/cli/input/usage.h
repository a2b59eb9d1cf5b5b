// Errors of whoever typed the command: exit code 2.
#ifndef ATTAIN_CLIENTS_CLI_INPUT_USAGE_H_
#define ATTAIN_CLIENTS_CLI_INPUT_USAGE_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace attain::cli {

// INVALID_ARGUMENT, marked as a wrong use of the program.
absl::Status UsageError(absl::string_view message);

// Whether `status` was made by UsageError.
bool IsUsageError(const absl::Status& status);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_INPUT_USAGE_H_
