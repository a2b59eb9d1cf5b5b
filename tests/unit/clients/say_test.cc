#include "clients/cli/words/say.h"

#include <gtest/gtest.h>

namespace attain::cli {
namespace {

constexpr Bilingual kRaw{"原文 “$0”", "raw \"$0\""};

TEST(Say, ValuesArePutIn) {
  EXPECT_EQ(Say(Language::kEnglish, kRaw, 12), "raw \"12\"");
  EXPECT_EQ(Say(Language::kChinese, kRaw, 12), "原文 “12”");
  EXPECT_EQ(Say(Language::kEnglish, kRaw, "$1"), "raw \"$1\"") << "values are not read again";
}

}  // namespace
}  // namespace attain::cli
