// Every text that leaves the room is valid UTF-8, trimmed and free of what nobody sees.
#include <gtest/gtest.h>

#include <random>

#include "service/extract/common/clean.h"

namespace attain::extract {
namespace {

TEST(Clean, TrimsAndJoins) {
  EXPECT_EQ(Clean("  a\tb  "), "a b");
  EXPECT_EQ(Clean("\xE3\x80\x80绩效\xE3\x80\x80"), "绩效");
  EXPECT_EQ(Clean("a\r\nb\rc"), "a\nb\nc");
  EXPECT_EQ(Clean("a\xC2\xA0"
                  "b"),
            "a b");
  EXPECT_EQ(Clean("a\xE2\x80\x8B"
                  "b\xEF\xBB\xBF"
                  "c\xC2\xAD"),
            "abc");
  EXPECT_EQ(Clean(absl::string_view("a\0b\x07"
                                    "c",
                                    5)),
            "abc");
  EXPECT_EQ(Clean("\xE2\x80\xAE"
                  "05\xE2\x80\xAC"),
            "05");  // a direction mark would show it as 50
  EXPECT_EQ(Clean(" \n\t "), "");
}

TEST(Clean, BadBytesAreSeen) {
  EXPECT_EQ(Clean("a\xFFz"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(Clean("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");  // a surrogate
  EXPECT_EQ(Clean("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");                  // overlong
  EXPECT_EQ(Clean("\xF0\x9F\x98\x80"), "\xF0\x9F\x98\x80");
}

TEST(Clean, IsValidAndStableForAnyBytes) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20000; ++i) {
    std::string bytes(random() % 12, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    const std::string clean = Clean(bytes);
    ASSERT_TRUE(IsUtf8(clean));
    ASSERT_EQ(Clean(clean), clean);
  }
}

TEST(Excerpt, CutsBetweenCharacters) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "绩";
  EXPECT_TRUE(IsUtf8(Excerpt(text)));
  EXPECT_LE(Excerpt(text).size(), 124u);
  EXPECT_EQ(Excerpt("a\nb"), "a b");
  const auto some = [](int count) {
    std::string characters;
    for (int i = 0; i < count; ++i) characters += "绩";
    return characters;
  };
  EXPECT_EQ(Excerpt(some(40)), some(40)) << "as long as may be";
  EXPECT_EQ(Excerpt(some(41)), some(40) + "…");
  EXPECT_EQ(Excerpt("a" + some(41)), "a" + some(39) + "…");
  EXPECT_EQ(Excerpt("ab" + some(41)), "ab" + some(39) + "…");
}

TEST(Excerpt, ALongTextOfWhatNobodySeesEndsWithAWholeCharacterToo) {
  for (size_t before = 940; before < 970; ++before) {
    const std::string cut = Excerpt("a" + std::string(before, '\x01') + "绩效");
    EXPECT_TRUE(cut == "a" || cut == "a绩" || cut == "a绩效") << before << ": " << cut;
  }
}

}  // namespace
}  // namespace attain::extract
