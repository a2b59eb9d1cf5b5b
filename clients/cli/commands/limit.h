// --limit
#ifndef ATTAIN_CLIENTS_CLI_COMMANDS_LIMIT_H_
#define ATTAIN_CLIENTS_CLI_COMMANDS_LIMIT_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "clients/cli/context.h"

namespace attain::cli {

// Rows to show; 0 when not limited. A usage error unless it is a whole number above 0.
absl::StatusOr<int> Limit(const Context& context);

// A whole number above 0 of another option; 0 when it was not given.
absl::StatusOr<int> NumberOption(const Context& context, absl::string_view option);

// Tells on stderr how many rows were left out, if any.
void SayMoreRows(const Context& context, int shown, int64_t total);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_COMMANDS_LIMIT_H_
