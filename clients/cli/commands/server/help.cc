#include "clients/cli/commands/help.h"

#include "clients/cli/commands/common/commands.h"
#include "clients/cli/session/context.h"

namespace attain::cli {
namespace {

absl::Status Run(Context& context) {
  return PrintHelp(context.args().At(0), context.language(), context.style(), context.out());
}

}  // namespace

Command HelpCommand() {
  Command command;
  command.name = "help";
  command.group = Group::kAdmin;
  command.usage = "[COMMAND]";
  command.most = 1;
  command.summary = {"显示帮助", "show help"};
  command.text = {"显示全部命令，或一个命令的用法和例子。",
                  "Shows all commands, or the usage and examples of one."};
  command.examples = {{"help report", {"report 命令的用法", "how to use report"}}};
  command.run = Run;
  return command;
}

}  // namespace attain::cli
