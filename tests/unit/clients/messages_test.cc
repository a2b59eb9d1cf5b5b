#include "clients/cli/words/messages.h"

#include <gtest/gtest.h>

#include <set>

#include "absl/strings/ascii.h"
#include "clients/cli/input/options.h"

namespace attain::cli {
namespace {

std::set<char> Placeholders(absl::string_view text) {
  std::set<char> found;
  for (size_t i = 0; i + 1 < text.size(); ++i) {
    if (text[i] == '$' && absl::ascii_isdigit(text[i + 1])) found.insert(text[i + 1]);
  }
  return found;
}

TEST(Messages, EveryMessageHasBothLanguagesAndTheSamePlaceholders) {
  for (int i = 0; i < static_cast<int>(Msg::kCount); ++i) {
    const auto message = static_cast<Msg>(i);
    EXPECT_TRUE(IsInItsPlace(message))
        << "entry " << i << " is not the one the enum has there: " << Text(message, Language::kEnglish);
    const absl::string_view zh = Text(message, Language::kChinese), en = Text(message, Language::kEnglish);
    EXPECT_FALSE(zh.empty()) << i;
    EXPECT_FALSE(en.empty()) << i;
    EXPECT_EQ(Placeholders(zh), Placeholders(en)) << en;
  }
}

TEST(Messages, ValuesArePutIn) {
  EXPECT_EQ(Say(Language::kEnglish, Msg::kRevision, 12), "revision 12");
  EXPECT_EQ(Say(Language::kChinese, Msg::kRevision, 12), "修订 12");
  EXPECT_EQ(Say(Language::kEnglish, Msg::kFindingRaw, "$1"), "raw \"$1\"") << "values are not read again";
}

TEST(Options, AreUniqueAndExplainedInBothLanguages) {
  std::set<absl::string_view> names;
  for (const Option& option : AllOptions()) {
    EXPECT_TRUE(names.insert(option.name).second) << option.name;
    EXPECT_FALSE(option.help.zh.empty()) << option.name;
    EXPECT_FALSE(option.help.en.empty()) << option.name;
  }
}

}  // namespace
}  // namespace attain::cli
