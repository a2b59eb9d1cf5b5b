// Where a command writes what it made: --output, or standard output.
#ifndef ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_OUTPUT_FILE_H_
#define ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_OUTPUT_FILE_H_

#include <string>

#include "absl/status/status.h"
#include "clients/cli/session/context.h"

namespace attain::cli {

// Without --output, and for "-", the text goes to standard output. A file is replaced, and named on standard
// error. FAILED_PRECONDITION says why it cannot be written.
absl::Status WriteOutput(Context& context, const std::string& text);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_OUTPUT_FILE_H_
