#include "clients/cli/commands/help.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/commands/common/command.h"
#include "clients/cli/input/nearest.h"
#include "clients/cli/input/options.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/terminal/width.h"
#include "clients/cli/terminal/wrap.h"
#include "clients/cli/words/argument_words.h"
#include "clients/cli/words/help_words.h"
#include "clients/cli/words/say.h"

namespace attain::cli {
namespace {

std::string Padded(const std::string& text, int width) {
  return text + std::string(static_cast<size_t>(std::max(0, width - DisplayWidth(text))), ' ');
}

std::string OptionWords(const Option& option) {
  return absl::StrCat("--", option.name, option.value.empty() ? "" : " ", option.value,
                      option.repeated ? " …" : "");
}

// Of a command with a filter, its own example.
std::string HelpOf(const Option& option, absl::string_view filter, Language language) {
  const absl::string_view help = option.help.In(language);
  if (option.name != "filter" || filter.empty()) return std::string(help);
  return absl::StrCat(help, Bilingual{"，如 '", ", e.g. '"}.In(language), filter, "'");
}

void PrintOptions(const std::vector<const Option*>& options, absl::string_view filter, Language language,
                  const Style& style, std::ostream& out) {
  int width = 0;
  for (const Option* option : options) width = std::max(width, DisplayWidth(OptionWords(*option)));
  // Beside long names little room is left on a narrow terminal.
  const int indent = style.columns() > 0 ? std::min(width + 4, style.columns() / 2) : width + 4;
  for (const Option* option : options) {
    out << Wrapped(
               absl::StrCat("  ", Padded(OptionWords(*option), width + 2), HelpOf(*option, filter, language)),
               style.columns(), indent)
        << '\n';
  }
}

bool ReadsPast(const Option& option) {
  return option.name == "at";
}

std::vector<const Option*> GlobalOptions(bool past) {
  std::vector<const Option*> options;
  for (const Option& option : AllOptions()) {
    if (option.global && ReadsPast(option) == past) options.push_back(&option);
  }
  return options;
}

// The lines of a help text are made for a wide page: on a terminal a line that ends inside a sentence is
// joined with the next.
std::string Flowed(absl::string_view text, const Style& style) {
  if (style.columns() == 0) return std::string(text);
  std::string flowed;
  for (const absl::string_view line : absl::StrSplit(text, '\n')) {
    const bool ends = flowed.empty() || absl::EndsWith(flowed, ".") || absl::EndsWith(flowed, "。") ||
                      absl::EndsWith(flowed, "：") || absl::EndsWith(flowed, "；");
    const bool spaced = !flowed.empty() && absl::ascii_isascii(static_cast<unsigned char>(flowed.back()));
    absl::StrAppend(&flowed, flowed.empty() ? "" : ends ? "\n" : spaced ? " " : "", line);
  }
  return Wrapped(flowed, style.columns());
}

std::string PastCommands() {
  std::string names;
  for (const Command& command : AllCommands()) {
    if (command.reads_past) absl::StrAppend(&names, names.empty() ? "" : " ", command.name);
  }
  return names;
}

void PrintOverview(Language language, const Style& style, std::ostream& out) {
  const auto bold = [&](const Bilingual& message) {
    return style.Paint(Colour::kBold, message.In(language));
  };
  out << Flowed(words::kOverview.In(language), style) << "\n\n"
      << bold(words::kUsage) << "\n  attain COMMAND [ARGUMENT]… [--OPTION]…\n";
  const std::pair<Group, Bilingual> groups[] = {{Group::kDeclare, words::kGroupDeclare},
                                                {Group::kReport, words::kGroupReport},
                                                {Group::kScore, words::kGroupScore},
                                                {Group::kAdmin, words::kGroupAdmin}};
  for (const auto& [group, heading] : groups) {
    out << '\n' << bold(heading) << '\n';
    for (const Command& command : AllCommands()) {
      if (command.group != group) continue;
      out << Wrapped(absl::StrCat("  ", Padded(absl::StrCat(command.name), 12), command.summary.In(language)),
                     style.columns(), 14)
          << '\n';
    }
  }
  out << '\n' << bold(words::kGlobalOptions) << '\n';
  PrintOptions(GlobalOptions(/*past=*/false), "", language, style, out);
  out << '\n'
      << Wrapped(style.Paint(Colour::kBold, Say(language, words::kPastOptions, PastCommands())),
                 style.columns())
      << '\n';
  PrintOptions(GlobalOptions(/*past=*/true), "", language, style, out);
  out << '\n'
      << Wrapped(words::kExitCodes.In(language), style.columns()) << '\n'
      << Wrapped(words::kOverviewMore.In(language), style.columns()) << '\n';
}

void PrintPage(const Command& command, Language language, const Style& style, std::ostream& out) {
  const auto bold = [&](const Bilingual& message) {
    return style.Paint(Colour::kBold, message.In(language));
  };
  out << Wrapped(absl::StrCat("attain ", command.name, command.usage.empty() ? "" : " ", command.usage),
                 style.columns(), 2)
      << "\n\n"
      << Flowed(command.text.In(language), style) << '\n';
  std::vector<const Option*> options;
  options.reserve(AllOptions().size());
  for (absl::string_view name : command.options) options.push_back(FindOption(name));
  if (command.reads_past) {
    for (const Option* option : GlobalOptions(/*past=*/true)) options.push_back(option);
  }
  if (!options.empty()) {
    out << '\n' << bold(words::kOptions) << '\n';
    PrintOptions(options, command.filter, language, style, out);
  }
  out << '\n' << bold(words::kExamples) << '\n';
  for (const Example& example : command.examples) {
    out << Wrapped(absl::StrCat("  attain ", example.line), style.columns(), 6) << '\n'
        << Wrapped(absl::StrCat("      ", style.Paint(Colour::kDim, example.says.In(language))),
                   style.columns(), 6)
        << '\n';
  }
  out << '\n' << Wrapped(words::kAppeal.In(language), style.columns()) << '\n';
}

}  // namespace

absl::Status UnknownCommand(absl::string_view command, Language language) {
  std::vector<absl::string_view> names;
  for (const Command& each : AllCommands()) names.push_back(each.name);
  const std::optional<absl::string_view> nearest = Nearest(command, names);
  if (!nearest.has_value()) return UsageError(Say(language, words::kUnknownCommand, command));
  return UsageError(Say(language, words::kUnknownCommandNearest, command, *nearest));
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
