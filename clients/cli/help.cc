#include "clients/cli/help.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/messages.h"
#include "clients/cli/nearest.h"
#include "clients/cli/options.h"
#include "clients/cli/usage.h"
#include "clients/cli/width.h"

namespace attain::cli {
namespace {

std::string Padded(const std::string& text, int width) {
  return text + std::string(static_cast<size_t>(std::max(0, width - DisplayWidth(text))), ' ');
}

std::string OptionWords(const Option& option) {
  return absl::StrCat("--", option.name, option.value.empty() ? "" : " ", option.value,
                      option.repeated ? " …" : "");
}

void PrintOptions(const std::vector<const Option*>& options, Language language, std::ostream& out) {
  int width = 0;
  for (const Option* option : options) width = std::max(width, DisplayWidth(OptionWords(*option)));
  for (const Option* option : options)
    out << "  " << Padded(OptionWords(*option), width + 2) << option->help.In(language) << '\n';
}

std::vector<const Option*> GlobalOptions() {
  std::vector<const Option*> options;
  for (const Option& option : AllOptions()) {
    if (option.global) options.push_back(&option);
  }
  return options;
}

void PrintOverview(Language language, const Style& style, std::ostream& out) {
  const auto bold = [&](Msg message) { return style.Paint(Colour::kBold, Text(message, language)); };
  out << Text(Msg::kOverview, language) << "\n\n"
      << bold(Msg::kUsage) << "\n  attain COMMAND [ARGUMENT]… [--OPTION]…\n";
  const std::pair<Group, Msg> groups[] = {{Group::kDeclare, Msg::kGroupDeclare},
                                          {Group::kReport, Msg::kGroupReport},
                                          {Group::kScore, Msg::kGroupScore},
                                          {Group::kAdmin, Msg::kGroupAdmin}};
  for (const auto& [group, heading] : groups) {
    out << '\n' << bold(heading) << '\n';
    for (const Command& command : AllCommands()) {
      if (command.group != group) continue;
      out << "  " << Padded(absl::StrCat(command.name), 12) << command.summary.In(language) << '\n';
    }
  }
  out << '\n' << bold(Msg::kGlobalOptions) << '\n';
  PrintOptions(GlobalOptions(), language, out);
  out << '\n' << Text(Msg::kExitCodes, language) << '\n' << Text(Msg::kOverviewMore, language) << '\n';
}

void PrintPage(const Command& command, Language language, const Style& style, std::ostream& out) {
  const auto bold = [&](Msg message) { return style.Paint(Colour::kBold, Text(message, language)); };
  out << "attain " << command.name << (command.usage.empty() ? "" : " ") << command.usage << "\n\n"
      << command.text.In(language) << '\n';
  if (!command.options.empty()) {
    std::vector<const Option*> options;
    for (absl::string_view name : command.options) options.push_back(FindOption(name));
    out << '\n' << bold(Msg::kOptions) << '\n';
    PrintOptions(options, language, out);
  }
  out << '\n' << bold(Msg::kExamples) << '\n';
  for (const Example& example : command.examples) {
    out << "  attain " << example.line << '\n'
        << "      " << style.Paint(Colour::kDim, example.says.In(language)) << '\n';
  }
  out << '\n' << Text(Msg::kAppeal, language) << '\n';
}

}  // namespace

absl::Status UnknownCommand(absl::string_view command, Language language) {
  std::vector<absl::string_view> names;
  for (const Command& each : AllCommands()) names.push_back(each.name);
  const std::optional<absl::string_view> nearest = Nearest(command, names);
  if (!nearest.has_value()) return UsageError(Say(language, Msg::kUnknownCommand, command));
  return UsageError(Say(language, Msg::kUnknownCommandNearest, command, *nearest));
}

absl::Status PrintHelp(absl::string_view command, Language language, const Style& style, std::ostream& out) {
  if (command.empty()) {
    PrintOverview(language, style, out);
    return absl::OkStatus();
  }
  const Command* found = FindCommand(command);
  if (found == nullptr) return UnknownCommand(command, language);
  PrintPage(*found, language, style, out);
  return absl::OkStatus();
}

}  // namespace attain::cli
