#include "clients/cli/terminal/width.h"

#include <gtest/gtest.h>

#include <clocale>
#include <cwchar>

namespace attain::cli {
namespace {

TEST(Width, CountsColumns) {
  EXPECT_EQ(DisplayWidth(""), 0);
  EXPECT_EQ(DisplayWidth("p1"), 2);
  EXPECT_EQ(DisplayWidth("展会"), 4);
  EXPECT_EQ(DisplayWidth("≥30 个"), 6);
  EXPECT_EQ(DisplayWidth("（24年）"), 8);
  EXPECT_EQ(DisplayWidth("e\u0301"), 1) << "combining";
  EXPECT_EQ(DisplayWidth("😀"), 2);
  EXPECT_EQ(DisplayWidth("𠀀"), 2) << "beyond the basic plane";
  EXPECT_EQ(DisplayWidth("ＡＢ"), 4) << "full width";
}

TEST(Width, TakesBadBytesOneByOne) {
  EXPECT_EQ(DisplayWidth("a\xff\x80z"), 4);
  EXPECT_EQ(DisplayWidth("\xe5\xb1"), 2) << "a character cut in half";
  for (const char* start : {"\xc3", "\xe5", "\xf0"}) {
    EXPECT_EQ(DisplayWidth(std::string(start) + "abc"), 4)
        << "what follows " << testing::PrintToString(start);
  }
  EXPECT_EQ(DisplayWidth("\xe5\xb1x展"), 5) << "two bad bytes, a letter, a character";
}

TEST(Width, AgreesWithTheCLibraryOnChinese) {
  if (std::setlocale(LC_CTYPE, "C.UTF-8") == nullptr) GTEST_SKIP() << "no C.UTF-8";
  for (char32_t c = 0x3041; c < 0xA4C7; ++c) {
    const int expected = wcwidth(static_cast<wchar_t>(c));
    if (expected >= 0) {
      EXPECT_EQ(CharacterWidth(c), expected) << std::hex << static_cast<uint32_t>(c);
    }
  }
  for (char32_t c = 0xFF01; c <= 0xFFE6; ++c) {
    const int expected = wcwidth(static_cast<wchar_t>(c));
    if (expected > 0) {
      EXPECT_EQ(CharacterWidth(c), expected) << std::hex << static_cast<uint32_t>(c);
    }
  }
}

TEST(Width, ShortensToWholeCharacters) {
  EXPECT_EQ(Shorten("展会工作", 8), "展会工作");
  EXPECT_EQ(Shorten("展会工作", 7), "展会工…");
  EXPECT_EQ(Shorten("展会工作", 6), "展会…");
  EXPECT_EQ(Shorten("abc", 2), "a…");
}

TEST(Width, OneLineKeepsATextInItsCell) {
  EXPECT_EQ(OneLine("一\n二\t三"), "一 二 三");
  EXPECT_EQ(OneLine("\r\na"), "a");
  EXPECT_EQ(OneLine("a  b"), "a  b");
}

}  // namespace
}  // namespace attain::cli
