// The file that a command was given.
#ifndef ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_INPUT_FILE_H_
#define ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_INPUT_FILE_H_

#include <string>

#include "absl/status/statusor.h"
#include "clients/cli/session/context.h"

namespace attain::cli {

// Its text as UTF-8; tells on stderr when it was something else. Errors as in clients/cli/input/text_file.h.
absl::StatusOr<std::string> ReadInput(const Context& context, const std::string& path);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_INPUT_FILE_H_
