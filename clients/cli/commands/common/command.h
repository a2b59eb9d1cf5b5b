// One command of the program, with everything its help page says.
#ifndef ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_COMMAND_H_
#define ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_COMMAND_H_

#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "clients/cli/input/args.h"
#include "clients/cli/words/language.h"

namespace attain::cli {

class Context;

// The part of the overview that a command stands in.
enum class Group { kDeclare, kReport, kScore, kAdmin };

struct Example {
  absl::string_view line;  // without "attain "
  Bilingual says;
};

struct Command {
  absl::string_view name;
  Group group = Group::kAdmin;
  absl::string_view usage;  // positional arguments as help shows them
  size_t least = 0;         // positional arguments, with their limits
  size_t most = 0;
  std::vector<absl::string_view> options;  // beside the global ones
  absl::string_view filter;                // an example for --filter
  bool reads_past = false;                 // takes --at
  Bilingual summary;                       // one line of the overview
  Bilingual text;                          // what one should know
  std::vector<Example> examples;
  absl::Status (*run)(Context& context) = nullptr;
};

// In the order of the overview.
const std::vector<Command>& AllCommands();
// Null when there is none of that name.
const Command* FindCommand(absl::string_view name);

// A usage error when the arguments do not fit the command: too few or too many, or an option it does not
// have.
absl::Status CheckArgs(const Command& command, const Args& args, Language language);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_COMMANDS_COMMON_COMMAND_H_
