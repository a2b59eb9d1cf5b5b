// What every reader of words stands on: widths, blanks, borders of characters, bytes that are no UTF-8.
#include "service/importing/values/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace attain::importing {
namespace {

using ::testing::ElementsAre;

constexpr size_t kValid = absl::string_view::npos;

TEST(Text, EveryFullWidthFormHasItsHalfWidthOne) {
  for (char c = '!'; c <= '~'; ++c) {
    // U+FF01 stands for '!', and so on in the order of ASCII.
    const int code = 0xFF01 + (c - '!');
    const std::string wide = {'\xef', static_cast<char>(0x80 | ((code >> 6) & 0x3f)),
                              static_cast<char>(0x80 | (code & 0x3f))};
    EXPECT_EQ(Narrow("一" + wide + "二"), std::string("一") + c + "二") << c;
  }
  EXPECT_EQ(Narrow("\uff5f\uff00"), "\uff5f\uff00") << "their neighbours are other signs";
  EXPECT_EQ(Narrow("abc 一\xef\xbc"), "abc 一\xef\xbc") << "a character that is cut off stays";
}

TEST(Text, WhatIsNoUtf8IsFoundAtItsFirstByte) {
  const std::pair<const char*, size_t> kTexts[] = {
      {"", kValid},
      {"abc一", kValid},
      {"\x7f", kValid},
      {"\xc2\x80", kValid},  // the least of two bytes
      {"\xc1\xbf", 0},       // one byte would do
      {"\xc0\x80", 0},       // zero in two bytes
      {"\xdf\xbf", kValid},
      {"\xe0\xa0\x80", kValid},      // the least of three bytes
      {"a\xe0\x9f\xbf", 1},          // two bytes would do
      {"\xed\x9f\xbf", kValid},      // U+D7FF
      {"\xed\xa0\x80", 0},           // U+D800, half a pair
      {"\xed\xbf\xbf", 0},           // U+DFFF
      {"\xee\x80\x80", kValid},      // U+E000
      {"\xf0\x90\x80\x80", kValid},  // the least of four bytes
      {"\xf0\x8f\xbf\xbf", 0},       // three bytes would do
      {"\xf4\x8f\xbf\xbf", kValid},  // U+10FFFF
      {"\xf4\x90\x80\x80", 0},       // above all
      {"\xf5\x80\x80\x80", 0},
      {"\xff", 0},
      {"一\x80", 3},      // a byte that continues nothing
      {"ab\xe4\xb8", 2},  // cut off
      {"\xe4\xb8x", 0},
      {"\xf0\x9f\x98x", 0},
  };
  for (const auto& [text, at] : kTexts)
    EXPECT_EQ(FindInvalidUtf8(text), at) << ::testing::PrintToString(text);
}

TEST(Text, BlanksOfEveryKindGo) {
  EXPECT_EQ(Squeeze(" 产\t出　指\u00a0标\u200b\ufeff\r\n"), "产出指标");
  EXPECT_EQ(Tidy("　 a \t b\n\nc 　"), "a b c");
  EXPECT_EQ(Tidy(" \t "), "");
}

TEST(Text, CutsOnTheBordersOfCharacters) {
  EXPECT_EQ(Shorten("一二", 6), "一二") << "as long as the limit";
  EXPECT_EQ(Shorten("一二", 5), "一…");
  EXPECT_EQ(Shorten("一二", 3), "一…");
  EXPECT_EQ(Shorten("一二", 2), "…");
  EXPECT_THAT(Characters("a一\U0001F600"), ElementsAre("a", "一", "\U0001F600"));
}

TEST(Text, MarkupGoesAndComparisonsStay) {
  EXPECT_EQ(WithoutTags("<p>一</p><BR>二"), "一二");
  EXPECT_EQ(WithoutTags("A<5且B>3"), "A<5且B>3") << "no letter behind the sign";
  EXPECT_EQ(WithoutTags("a <b"), "a <b") << "nothing closes it";
}

TEST(Text, AListNumberIsNoPartOfAName) {
  const std::pair<const char*, const char*> kWords[] = {
      {"一、项目", "项目"}, {"1.项目", "项目"},       {"(一)项目", "项目"}, {"12)项目", "项目"},
      {"十、项目", "项目"}, {"百、项目", "百、项目"}, {"、项目", "、项目"}, {"项目1.2", "项目1.2"}};
  for (const auto& [word, bare] : kWords) EXPECT_EQ(std::string(WithoutListNumber(word)), bare) << word;
  EXPECT_EQ(LevelName("（一）数 量指标"), "数量");
  EXPECT_EQ(LevelName("产出指标(50分)"), "产出");
  EXPECT_EQ(LevelName("产出指标（40-50）分"), "产出");
  EXPECT_EQ(LevelName("产出指标(甲)"), "产出指标(甲)");
}

}  // namespace
}  // namespace attain::importing
