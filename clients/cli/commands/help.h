// Help pages.
#ifndef ATTAIN_CLIENTS_CLI_COMMANDS_HELP_H_
#define ATTAIN_CLIENTS_CLI_COMMANDS_HELP_H_

#include <ostream>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "clients/cli/terminal/style.h"
#include "clients/cli/words/language.h"

namespace attain::cli {

// The page of `command`, or the overview when it is empty. A usage error for a command there is not.
absl::Status PrintHelp(absl::string_view command, Language language, const Style& style, std::ostream& out);

// A usage error that names the nearest command.
absl::Status UnknownCommand(absl::string_view command, Language language);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_COMMANDS_HELP_H_
