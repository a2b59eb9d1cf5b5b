// Ids that people choose.
#ifndef ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_ID_OPTION_H_
#define ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_ID_OPTION_H_

#include "absl/status/status.h"
#include "clients/cli/session/context.h"

namespace attain::cli {

// A usage error that tells the allowed characters when the value of `option` is no id:
// [a-z0-9][a-z0-9-]{0,62}.
absl::Status CheckId(const Context& context, absl::string_view option);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_ID_OPTION_H_
