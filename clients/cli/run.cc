#include "clients/cli/run.h"

#include <utility>

#include "clients/cli/commands/common/command.h"
#include "clients/cli/commands/help.h"
#include "clients/cli/input/args.h"

namespace attain::cli {

#ifndef ATTAIN_VERSION
#error "ATTAIN_VERSION comes from the build"
#endif

ExitCode Run(const std::vector<std::string>& arguments, const Terminal& terminal) {
  const Language language = ChooseLanguage(arguments);
  const auto fail = [&](const absl::Status& status, absl::string_view server, absl::string_view command) {
    return PrintError(status, language, server, command, *terminal.err);
  };
  absl::StatusOr<Args> args = Args::Parse(arguments, language);
  if (!args.ok()) return fail(args.status(), "", "");
  if (args->Has("version")) {
    *terminal.out << "attain " << ATTAIN_VERSION << '\n';
    return kDone;
  }
  if (args->Has("help")) {
    const absl::Status status = PrintHelp(args->command(), language, terminal.out_style, *terminal.out);
    return status.ok() ? kDone : fail(status, "", "");
  }
  if (args->command().empty()) {
    const absl::Status status = PrintHelp("", language, Style(), *terminal.err);
    return status.ok() ? kWrongUsage : fail(status, "", "");
  }
  const Command* command = FindCommand(args->command());
  if (command == nullptr) return fail(UnknownCommand(args->command(), language), "", "");
  if (absl::Status status = CheckArgs(*command, *args, language); !status.ok())
    return fail(status, "", command->name);
  absl::StatusOr<Context> context = Context::Make(*std::move(args), language, terminal.out,
                                                  terminal.out_style, terminal.err, terminal.err_is_terminal);
  if (!context.ok()) return fail(context.status(), "", command->name);
  const absl::Status status = command->run(*context);
  terminal.out->flush();
  const absl::string_view page = command->name == "help" ? "" : command->name;
  if (!status.ok()) return fail(status, context->client().options().server, page);
  return context->incomplete() ? kRefused : kDone;
}

}  // namespace attain::cli
