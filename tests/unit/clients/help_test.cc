#include "clients/cli/commands/help.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "attain/v1/actual.pb.h"
#include "attain/v1/monitoring.pb.h"
#include "attain/v1/score.pb.h"
#include "attain/v1/table.pb.h"
#include "attain/v1/unit.pb.h"
#include "clients/cli/commands/common/command.h"
#include "clients/cli/input/args.h"
#include "clients/cli/input/options.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/terminal/width.h"

namespace attain::cli {
namespace {

using testing::HasSubstr;

std::string Page(absl::string_view command, Language language) {
  std::ostringstream out;
  EXPECT_TRUE(PrintHelp(command, language, Style(), out).ok());
  return out.str();
}

TEST(Help, EveryCommandTeachesInBothLanguages) {
  std::set<absl::string_view> names;
  for (const Command& command : AllCommands()) {
    EXPECT_TRUE(names.insert(command.name).second) << command.name;
    for (const Language language : {Language::kEnglish, Language::kChinese}) {
      EXPECT_FALSE(command.summary.In(language).empty()) << command.name;
      EXPECT_FALSE(command.text.In(language).empty()) << command.name;
      EXPECT_FALSE(command.examples.empty()) << command.name;
      for (const Example& example : command.examples)
        EXPECT_FALSE(example.says.In(language).empty()) << example.line;
      EXPECT_THAT(Page(command.name, language), HasSubstr(absl::StrCat("attain ", command.name)));
    }
    EXPECT_NE(command.run, nullptr) << command.name;
    for (absl::string_view option : command.options) EXPECT_NE(FindOption(option), nullptr) << option;
  }
}

// Splits as a shell would, as far as examples need it; stops at && and >.
std::vector<std::string> Words(absl::string_view line) {
  std::vector<std::string> words;
  std::string word;
  bool quoted = false, any = false;
  for (const char c : absl::StrCat(line, " ")) {
    if (c == '\'') {
      quoted = !quoted;
      any = true;
    } else if (c == ' ' && !quoted) {
      if (word == "&&" || word == ">") return words;
      if (any || !word.empty()) words.push_back(word);
      word.clear();
      any = false;
    } else {
      word.push_back(c);
    }
  }
  return words;
}

TEST(Help, EveryExampleIsAValidCommandLine) {
  for (const Command& command : AllCommands()) {
    for (const Example& example : command.examples) {
      const auto args = Args::Parse(Words(example.line), Language::kEnglish);
      ASSERT_TRUE(args.ok()) << example.line << ": " << args.status();
      EXPECT_EQ(args->command(), command.name);
      EXPECT_TRUE(CheckArgs(command, *args, Language::kEnglish).ok())
          << CheckArgs(command, *args, Language::kEnglish);
    }
  }
}

// The words that stand before an operator.
std::vector<std::string> FieldsOf(absl::string_view filter) {
  std::vector<std::string> fields;
  for (const absl::string_view term : absl::StrSplit(filter, absl::ByString(" AND "))) {
    for (const absl::string_view part : absl::StrSplit(term, absl::ByString(" OR ")))
      fields.emplace_back(part.substr(0, part.find_first_of(" :=<>")));
  }
  return fields;
}

TEST(Help, TheExampleOfAFilterFitsItsCommand) {
  const std::map<absl::string_view, const google::protobuf::Descriptor*> rows = {
      {"units", v1::Unit::descriptor()},     {"tables", v1::Table::descriptor()},
      {"actuals", v1::Actual::descriptor()}, {"due", v1::DueItem::descriptor()},
      {"rank", v1::Score::descriptor()},     {"watch", v1::Score::descriptor()}};
  for (const Command& command : AllCommands()) {
    const bool filters = std::count(command.options.begin(), command.options.end(), "filter") > 0;
    ASSERT_EQ(filters, !command.filter.empty()) << command.name;
    if (!filters) continue;
    for (const std::string& field : FieldsOf(command.filter))
      EXPECT_NE(rows.at(command.name)->FindFieldByName(field), nullptr) << command.name << ": " << field;
    EXPECT_THAT(Page(command.name, Language::kChinese),
                HasSubstr(absl::StrCat("，如 '", command.filter, "'")));
  }
}

TEST(Help, OptionsThatReadThePastStandWhereTheyAreTaken) {
  EXPECT_THAT(Page("score", Language::kEnglish), HasSubstr("--as-of DATE"));
  EXPECT_THAT(Page("report", Language::kEnglish), testing::Not(HasSubstr("--as-of")));
  EXPECT_THAT(Page("", Language::kEnglish), HasSubstr("To read the past, for units tables table"));
}

TEST(Help, PagesFitTheTerminal) {
  for (const Command& command : AllCommands()) {
    for (const Language language : {Language::kEnglish, Language::kChinese}) {
      std::ostringstream out;
      ASSERT_TRUE(PrintHelp(command.name, language, Style(false, 80), out).ok());
      for (const std::string& line : std::vector<std::string>(absl::StrSplit(out.str(), '\n')))
        EXPECT_LE(DisplayWidth(line), 80) << line;
    }
  }
}

TEST(Help, OverviewNamesEveryCommandAndGlobalOption) {
  const std::string page = Page("", Language::kEnglish);
  for (const Command& command : AllCommands())
    EXPECT_THAT(page, HasSubstr(absl::StrCat("\n  ", command.name, " ")));
  EXPECT_THAT(page, HasSubstr("--server ADDR"));
  EXPECT_THAT(page, HasSubstr("Exit codes"));
}

TEST(Help, UnknownCommandsAreAUsageErrorThatNamesTheNearest) {
  std::ostringstream out;
  const absl::Status status = PrintHelp("scroe", Language::kEnglish, Style(), out);
  EXPECT_TRUE(IsUsageError(status));
  EXPECT_THAT(status.message(), HasSubstr("Did you mean score?"));
  EXPECT_EQ(out.str(), "");
}

}  // namespace
}  // namespace attain::cli
