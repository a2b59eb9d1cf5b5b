// Numbers in figures and in Chinese numerals.
#include "service/importing/values/numerals.h"

#include <gtest/gtest.h>

#include <utility>

namespace attain::importing {
namespace {

std::string Text(const std::optional<scoring::Decimal>& value) {
  return value.has_value() ? value->ToString() : "-";
}

TEST(Numerals, AreReadFromTheBeginningOfAText) {
  const std::pair<const char*, const char*> cases[] = {
      {"二十", "20"},         {"十", "10"},        {"一百零五", "105"}, {"三点五", "3.5"},
      {"二〇二五", "2025"},   {"千册", "-"},       {"百", "-"},         {"三分之二", "-"},
      {"百分之九十五", "95"}, {"百分之百", "100"}, {"二十次", "20"},    {"两万三千", "23000"},
      {"二百三千", "-"}};
  for (const auto& [text, value] : cases) EXPECT_EQ(Text(TakeNumeral(text).value), value) << text;
  EXPECT_EQ(TakeNumeral("二十次").length, 6u);
  EXPECT_EQ(TakeNumeral("次二十").length, 0u);
  EXPECT_EQ(TakeNumeral("百分之九十五以上").unit, "%");
  EXPECT_EQ(TakeNumeral("千分之三").unit, "‰");
  EXPECT_EQ(TakeNumeral("二十").unit, "");
}

TEST(Numerals, FiguresMayBeWideSpacedAndInGroupsOfThree) {
  const std::pair<const char*, const char*> cases[] = {{"12", "12"},
                                                       {"－１．５", "-1.5"},
                                                       {" 1 2 ", "12"},
                                                       {"1,234", "1234"},
                                                       {"1，234", "1234"},
                                                       {"-12,345.6", "-12345.6"},
                                                       {"123,456,789", "123456789"},
                                                       {"+7", "7"}};
  for (const auto& [text, value] : cases) EXPECT_EQ(Text(ParseNumber(text)), value) << text;
  for (const char* none : {"", "-", "12,34", "1,23,456", "1234,567", "1,2345", ",123", "-,123", "1,234,",
                           "1.2,345", "12次", "二十", "1e5"})
    EXPECT_EQ(Text(ParseNumber(none)), "-") << none;
}

TEST(Numerals, BlanksMayGroupThousandsAndElseDivideNumbers) {
  for (const char* one : {"12", "12 000", "1 234 567", "12 次", "第 3 次"})
    EXPECT_FALSE(HasTwoNumbers(one)) << one;
  for (const char* two : {"4 5", "12 00", "1234 567", "1.5 000", "12 0000"})
    EXPECT_TRUE(HasTwoNumbers(two)) << two;
}

}  // namespace
}  // namespace attain::importing
