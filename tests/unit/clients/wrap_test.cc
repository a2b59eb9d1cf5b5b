#include "clients/cli/terminal/wrap.h"

#include <gtest/gtest.h>

namespace attain::cli {
namespace {

TEST(Wrap, BreaksAtSpaces) {
  EXPECT_EQ(Wrapped("one two three", 8), "one two\nthree");
  EXPECT_EQ(Wrapped("one two three", 7), "one two\nthree");
  EXPECT_EQ(Wrapped("one two", 0), "one two") << "no terminal";
}

TEST(Wrap, BreaksBetweenChineseCharactersButNotBeforeAFullStop) {
  EXPECT_EQ(Wrapped("绩效目标管理", 8), "绩效目标\n管理");
  EXPECT_EQ(Wrapped("绩效目标。管理", 8), "绩效目\n标。管理");
  EXPECT_EQ(Wrapped("用 attain 提交", 9), "用 attain\n提交");
}

TEST(Wrap, ABracketStaysWithWhatItOpens) {
  EXPECT_EQ(Wrapped("绩效（目标）", 6), "绩效\n（目\n标）");
  EXPECT_EQ(Wrapped("年会“绩效”", 6), "年会\n“绩效”");
  EXPECT_EQ(Wrapped("绩效[目]", 5), "绩效\n[目]");
}

TEST(Wrap, IndentsWhatFollows) {
  EXPECT_EQ(Wrapped("  --set  change a field of an indicator", 30, 9),
            "  --set  change a field of an\n         indicator");
  EXPECT_EQ(Wrapped("a\nb", 30, 9), "a\nb") << "line ends of the text stay as they are";
}

TEST(Wrap, CutsWordsThatAreTooLong) {
  EXPECT_EQ(Wrapped("abcdefgh", 3), "abc\ndef\ngh");
}

TEST(Wrap, ColoursTakeNoRoom) {
  EXPECT_EQ(PrintedWidth("\033[31m红\033[0m x"), 4);
  EXPECT_EQ(Wrapped("\033[31mone\033[0m two", 7), "\033[31mone\033[0m two");
  EXPECT_EQ(Wrapped("one \033[31mtwo\033[0m", 4), "one\n\033[31mtwo\033[0m");
}

}  // namespace
}  // namespace attain::cli
