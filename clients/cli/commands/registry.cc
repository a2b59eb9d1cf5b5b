#include <algorithm>

#include "absl/strings/str_cat.h"
#include "clients/cli/commands/common/command.h"
#include "clients/cli/commands/common/commands.h"
#include "clients/cli/input/options.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/words/argument_words.h"
#include "clients/cli/words/say.h"

namespace attain::cli {

const std::vector<Command>& AllCommands() {
  static const auto& commands = *new std::vector<Command>{
      ImportCommand(),   ExtractCommand(),   TemplateCommand(), UnitsCommand(),    TablesCommand(),
      TableCommand(),    LintCommand(),      SubmitCommand(),   ApproveCommand(),  ReturnCommand(),
      WithdrawCommand(), CloseCommand(),     AmendCommand(),    ReportCommand(),   CorrectCommand(),
      RetractCommand(),  ActualsCommand(),   SpendCommand(),    RateCommand(),     OutlookCommand(),
      MonitorCommand(),  DueCommand(),       ScoreCommand(),    RankCommand(),     HistoryCommand(),
      DiffCommand(),     SimulateCommand(),  SolveCommand(),    EvaluateCommand(), ReviewCommand(),
      ExportCommand(),   ReceiptCommand(),   WatchCommand(),    ProfileCommand(),  AdminCommand(),
      HeadCommand(),     WaitReadyCommand(), HelpCommand()};
  return commands;
}

const Command* FindCommand(absl::string_view name) {
  for (const Command& command : AllCommands()) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

absl::Status CheckArgs(const Command& command, const Args& args, Language language) {
  for (const std::string& given : args.Given()) {
    const bool past = given == "at";
    const bool own =
        std::find(command.options.begin(), command.options.end(), given) != command.options.end();
    if (!own && (!FindOption(given)->global || (past && !command.reads_past)))
      return UsageError(Say(language, words::kOptionNotHere, given, command.name));
  }
  const std::string usage = absl::StrCat(command.name, command.usage.empty() ? "" : " ", command.usage);
  if (args.positional().size() < command.least)
    return UsageError(Say(language, words::kTooFewArguments, command.name, usage));
  if (args.positional().size() > command.most) {
    return UsageError(Say(language, words::kTooManyArguments, args.At(command.most), usage));
  }
  return absl::OkStatus();
}

}  // namespace attain::cli
