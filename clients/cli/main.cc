#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "clients/cli/run.h"
#include "clients/cli/terminal/style.h"

int main(int argc, char** argv) {
  // gRPC's own log lines would stand between the messages for people.
  setenv("GRPC_VERBOSITY", "NONE", /*overwrite=*/0);
  std::signal(SIGPIPE, SIG_DFL);
  std::ios::sync_with_stdio(false);
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  bool no_color = false;
  for (const std::string& argument : arguments) no_color = no_color || argument == "--no-color";
  attain::cli::Terminal terminal;
  terminal.out = &std::cout;
  terminal.err = &std::cerr;
  terminal.out_style = attain::cli::StyleFor(STDOUT_FILENO, no_color);
  terminal.err_is_terminal = isatty(STDERR_FILENO) != 0;
  const attain::cli::ExitCode code = attain::cli::Run(arguments, terminal);
  std::cout.flush();
  // A full disk or a closed pipe behind stdout is not "done".
  return std::cout.good() ? code : attain::cli::kRefused;
}
