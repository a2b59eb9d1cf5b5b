// The program without its process: arguments in, text and exit code out.
#ifndef ATTAIN_CLIENTS_CLI_RUN_H_
#define ATTAIN_CLIENTS_CLI_RUN_H_

#include <ostream>
#include <string>
#include <vector>

#include "clients/cli/session/context.h"
#include "clients/cli/terminal/style.h"

namespace attain::cli {

struct Terminal {
  std::ostream* out = nullptr;  // results
  std::ostream* err = nullptr;  // messages
  Style out_style;
  bool err_is_terminal = false;
};

// `arguments` without the program's name.
ExitCode Run(const std::vector<std::string>& arguments, const Terminal& terminal);

}  // namespace attain::cli

#endif  // ATTAIN_CLIENTS_CLI_RUN_H_
