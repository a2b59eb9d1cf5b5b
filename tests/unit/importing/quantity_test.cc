// Targets as people write them (domain.md section 6, points 4 and 5, and the layouts of other tables).
#include "service/importing/quantity.h"

#include <gtest/gtest.h>

namespace attain::importing {
namespace {

using scoring::Comparator;

struct Case {
  const char* text;
  Comparator comparator;
  const char* value;  // "" = no number
  const char* unit;
};

class Written : public ::testing::TestWithParam<Case> {};

TEST_P(Written, IsUnderstood) {
  const Case& given = GetParam();
  const Quantity quantity = ParseQuantity(given.text);
  EXPECT_EQ(quantity.comparator, given.comparator) << given.text;
  EXPECT_EQ(quantity.value.has_value() ? quantity.value->ToString() : "", given.value) << given.text;
  EXPECT_EQ(quantity.unit, given.unit) << given.text;
}

INSTANTIATE_TEST_SUITE_P(
    Comparators, Written,
    ::testing::Values(Case{">=4 次", Comparator::kAtLeast, "4", "次"}, Case{"> =90%", Comparator::kAtLeast, "90", "%"},
                      Case{"≥80 家", Comparator::kAtLeast, "80", "家"}, Case{"≧ 80家", Comparator::kAtLeast, "80", "家"},
                      Case{"＞＝３ 个", Comparator::kAtLeast, "3", "个"}, Case{"=45 %", Comparator::kEqual, "45", "%"},
                      Case{"═100%", Comparator::kEqual, "100", "%"}, Case{"＝１００％", Comparator::kEqual, "100", "%"},
                      Case{"<=2 小时", Comparator::kAtMost, "2", "小时"}, Case{"≤3天", Comparator::kAtMost, "3", "天"},
                      Case{"≦5天", Comparator::kAtMost, "5", "天"}, Case{"< 2 小时", Comparator::kLess, "2", "小时"},
                      Case{">1,200 人", Comparator::kGreater, "1200", "人"}, Case{"4", Comparator::kNone, "4", ""},
                      Case{"22.5 万元", Comparator::kNone, "22.5", "万元"}));

INSTANTIATE_TEST_SUITE_P(
    Words, Written,
    ::testing::Values(Case{"不少于 30 个", Comparator::kAtLeast, "30", "个"}, Case{"不低于95%", Comparator::kAtLeast, "95", "%"},
                      Case{"大于等于7.5分", Comparator::kAtLeast, "7.5", "分"}, Case{"正向大于等于5场", Comparator::kAtLeast, "5", "场"},
                      Case{"小于 3 次", Comparator::kLess, "3", "次"}, Case{"不超过2个工作日", Comparator::kAtMost, "2", "个工作日"},
                      Case{"12 期以上", Comparator::kAtLeast, "12", "期"}, Case{"12 期及以上", Comparator::kAtLeast, "12", "期"},
                      Case{"5 天以内", Comparator::kAtMost, "5", "天"},
                      Case{"200余人", Comparator::kAtLeast, "200", "人"}));

INSTANTIATE_TEST_SUITE_P(NoNumber, Written,
                         ::testing::Values(Case{"有效 提高", Comparator::kNone, "", ""}, Case{"", Comparator::kNone, "", ""},
                                           Case{"NaN", Comparator::kNone, "", ""}, Case{"≥", Comparator::kNone, "", ""},
                                           Case{"11月底前", Comparator::kNone, "", ""},
                                           Case{"2024年12月31日", Comparator::kNone, "", ""},
                                           Case{"1234567890123456789012", Comparator::kNone, "", ""}));

TEST(Quantity, WordsAreKeptWithoutWhiteSpace) {
  EXPECT_EQ(ParseQuantity("有效 提高").text, "有效提高");
  EXPECT_EQ(ParseQuantity("4 次").text, "");
}

TEST(Quantity, DatesAndApproximateNumbersAreMarked) {
  EXPECT_TRUE(ParseQuantity("11月底前").is_date);
  EXPECT_EQ(ParseQuantity("11月底前").text, "11月底前");
  for (const char* date : {"2026-12-31", "2026.6.30前", "2026/12/31", "≤2026年12月31日", "2026年底前"})
    EXPECT_TRUE(ParseQuantity(date).is_date) << date;
  EXPECT_TRUE(ParseQuantity("200余人").approximate);
  EXPECT_TRUE(ParseQuantity("200人左右").approximate);
  EXPECT_FALSE(ParseQuantity("≥200人").approximate);
}

TEST(Quantity, WhatIsNotOneNumberWithOneUnitIsKeptAsWords) {
  for (const char* text :
       {"≥10-15 次", "≥10～15次", "10至15次", "≥1e3次", "1e400", "≥6-", "≥95%-98%", "5次-6次", "≥3且≤5次",
        "4个展会、3个论坛", "≥1/3", "1万3千人", "≥有效提高", "≥", "1234567890123456789012"}) {
    const Quantity quantity = ParseQuantity(text);
    EXPECT_TRUE(quantity.unclear) << text;
    EXPECT_FALSE(quantity.value.has_value()) << text;
    EXPECT_EQ(quantity.unit, "") << text;
    EXPECT_NE(quantity.text, "") << text;
  }
  for (const char* text : {"有效提高", "达到预期目标", "高于上年", "-", "", "11月底前", "2026-12-31",
                           "2026.6.30前", "2026年底前"}) {
    EXPECT_FALSE(ParseQuantity(text).unclear) << text;
  }
}

TEST(Quantity, UnitsWithDigitsAreUnits) {
  EXPECT_EQ(ParseQuantity("≥500m2").unit, "m2");
  EXPECT_EQ(ParseQuantity("≤3 件/100人").unit, "件/100人");
  EXPECT_EQ(ParseQuantity("≥300人次（含复训2次）").unit, "人次(含复训2次)");
}

}  // namespace
}  // namespace attain::importing
