// Targets as people write them (RULES 11, points 4 and 5, and the layouts of other tables).
#include "service/importing/values/quantity.h"

#include <gtest/gtest.h>

#include <iterator>
#include <random>
#include <utility>

#include "service/importing/values/text.h"

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
    ::testing::Values(
        Case{">=4 次", Comparator::kAtLeast, "4", "次"}, Case{"> =90%", Comparator::kAtLeast, "90", "%"},
        Case{"≥80 家", Comparator::kAtLeast, "80", "家"}, Case{"≧ 80家", Comparator::kAtLeast, "80", "家"},
        Case{"＞＝３ 个", Comparator::kAtLeast, "3", "个"}, Case{"=45 %", Comparator::kEqual, "45", "%"},
        Case{"═100%", Comparator::kEqual, "100", "%"}, Case{"＝１００％", Comparator::kEqual, "100", "%"},
        Case{"<=2 小时", Comparator::kAtMost, "2", "小时"}, Case{"≤3天", Comparator::kAtMost, "3", "天"},
        Case{"≦5天", Comparator::kAtMost, "5", "天"}, Case{"< 2 小时", Comparator::kLess, "2", "小时"},
        Case{">1,200 人", Comparator::kGreater, "1200", "人"}, Case{"4", Comparator::kNone, "4", ""},
        Case{"22.5 万元", Comparator::kNone, "22.5", "万元"}));

INSTANTIATE_TEST_SUITE_P(Words, Written,
                         ::testing::Values(Case{"不少于 30 个", Comparator::kAtLeast, "30", "个"},
                                           Case{"不低于95%", Comparator::kAtLeast, "95", "%"},
                                           Case{"大于等于7.5分", Comparator::kAtLeast, "7.5", "分"},
                                           Case{"正向大于等于5场", Comparator::kAtLeast, "5", "场"},
                                           Case{"小于 3 次", Comparator::kLess, "3", "次"},
                                           Case{"不超过2个工作日", Comparator::kAtMost, "2", "个工作日"},
                                           Case{"12 期以上", Comparator::kAtLeast, "12", "期"},
                                           Case{"12 期及以上", Comparator::kAtLeast, "12", "期"},
                                           Case{"5 天以内", Comparator::kAtMost, "5", "天"},
                                           Case{"200余人", Comparator::kAtLeast, "200", "人"}));

INSTANTIATE_TEST_SUITE_P(NoNumber, Written,
                         ::testing::Values(Case{"有效 提高", Comparator::kNone, "", ""},
                                           Case{"", Comparator::kNone, "", ""},
                                           Case{"NaN", Comparator::kNone, "", ""},
                                           Case{"≥", Comparator::kNone, "", ""},
                                           Case{"11月底前", Comparator::kNone, "", ""},
                                           Case{"2024年12月31日", Comparator::kNone, "", ""},
                                           Case{"1234567890123456789012", Comparator::kNone, "", ""}));

INSTANTIATE_TEST_SUITE_P(
    FiguresInWords, Written,
    ::testing::Values(
        Case{"不超过3%", Comparator::kAtMost, "3", "%"}, Case{"降低至2%以内", Comparator::kAtMost, "2", "%"},
        Case{"控制在2%以内", Comparator::kAtMost, "2", "%"},
        Case{"压减至15.5万元", Comparator::kAtMost, "15.5", "万元"},
        Case{"5%以下", Comparator::kAtMost, "5", "%"}, Case{"缩短到5天以内", Comparator::kAtMost, "5", "天"},
        Case{"提高至95%以上", Comparator::kAtLeast, "95", "%"},
        Case{"达95%", Comparator::kAtLeast, "95", "%"}, Case{"提升8%", Comparator::kAtLeast, "8", "%"},
        Case{"比上年增长6%", Comparator::kAtLeast, "6", "%"},
        Case{"同比提高8%", Comparator::kAtLeast, "8", "%"},
        Case{"较上年下降10%", Comparator::kAtLeast, "10", "%"},
        Case{"增长不低于5%", Comparator::kAtLeast, "5", "%"},
        Case{"增长不超过5%", Comparator::kAtMost, "5", "%"},
        Case{"提升2个百分点", Comparator::kAtLeast, "2", "个百分点"},
        Case{"保持在95%", Comparator::kNone, "95", "%"},
        Case{"保持在95%以上", Comparator::kAtLeast, "95", "%"}, Case{"二十期", Comparator::kNone, "20", "期"},
        Case{"十二次", Comparator::kNone, "12", "次"},
        Case{"不少于一百零五人", Comparator::kAtLeast, "105", "人"},
        Case{"两场", Comparator::kNone, "2", "场"}, Case{"一百零五", Comparator::kNone, "105", ""},
        Case{"不少于三", Comparator::kAtLeast, "3", ""}, Case{"七", Comparator::kNone, "", ""},
        Case{"三万人次以上", Comparator::kAtLeast, "30000", "人次"},
        Case{"百分之九十五", Comparator::kNone, "95", "%"},
        Case{"不低于百分之九十八点五", Comparator::kAtLeast, "98.5", "%"},
        Case{"千分之三以内", Comparator::kAtMost, "3", "‰"}, Case{"百分之百", Comparator::kNone, "100", "%"},
        Case{"每年不少于4次", Comparator::kAtLeast, "4", "次"},
        Case{"全年12次", Comparator::kNone, "12", "次"},
        Case{"开展不少于4次", Comparator::kAtLeast, "4", "次"},
        Case{"举办4场", Comparator::kNone, "4", "场"}));

INSTANTIATE_TEST_SUITE_P(Tails, Written,
                         ::testing::Values(Case{"24小时内", Comparator::kAtMost, "24", "小时"},
                                           Case{"≤24小时内", Comparator::kAtMost, "24", "小时"},
                                           Case{"7个工作日内", Comparator::kAtMost, "7", "个工作日"},
                                           Case{"3天之内", Comparator::kAtMost, "3", "天"},
                                           Case{"3个月内", Comparator::kAtMost, "3", "个月"},
                                           Case{"2%内", Comparator::kAtMost, "2", "%"},
                                           Case{"≥100左右 次", Comparator::kAtLeast, "100", "次"},
                                           Case{"≥50上下 人", Comparator::kAtLeast, "50", "人"},
                                           Case{"12 期（含）以上", Comparator::kAtLeast, "12", "期"},
                                           Case{"≥90%（含）", Comparator::kAtLeast, "90", "%"},
                                           Case{"不迟于3天", Comparator::kAtMost, "3", "天"},
                                           Case{"≥95%。", Comparator::kAtLeast, "95", "%"}));

INSTANTIATE_TEST_SUITE_P(Spellings, Written,
                         ::testing::Values(Case{"12 000元", Comparator::kNone, "12000", "元"},
                                           Case{"12，000元", Comparator::kNone, "12000", "元"},
                                           Case{"1 286 400.50元", Comparator::kNone, "1286400.5", "元"},
                                           Case{"12,000.50元", Comparator::kNone, "12000.5", "元"},
                                           Case{"≥０．９７", Comparator::kAtLeast, "0.97", ""},
                                           Case{"≥500㎡", Comparator::kAtLeast, "500", "㎡"},
                                           Case{"≥500 m²", Comparator::kAtLeast, "500", "m²"},
                                           Case{"3‰", Comparator::kNone, "3", "‰"},
                                           Case{"≥25℃", Comparator::kAtLeast, "25", "℃"},
                                           Case{"−5%", Comparator::kNone, "-5", "%"},
                                           Case{"18.64万", Comparator::kNone, "18.64", "万"},
                                           Case{"≥12月", Comparator::kAtLeast, "12", "月"},
                                           Case{"≤30日", Comparator::kAtMost, "30", "日"},
                                           Case{"2025.5万元", Comparator::kNone, "2025.5", "万元"},
                                           Case{"2000次", Comparator::kNone, "2000", "次"},
                                           Case{"≥2次/月", Comparator::kAtLeast, "2", "次/月"}));

TEST(Quantity, AFigureThatIsNotCertainStaysWordsAndSaysSo) {
  const std::pair<const char*, const char*> cases[] = {{"近千册", ""},
                                                       {"上百人", ""},
                                                       {"数十次", ""},
                                                       {"三分之二", ""},
                                                       {"零事故", "=0起"},
                                                       {"零投诉", "=0次"},
                                                       {"0事故", "=0起"},
                                                       {"无", "=0次"},
                                                       {"每月2场", "≥24场"},
                                                       {"半年1次", "≥2次"},
                                                       {"每季度1次", "≥4次"},
                                                       {"每季度不超过3次", "≤12次"},
                                                       {"每两年1次", ""},
                                                       {"每人每年不少于90学时", "≥90学时"},
                                                       {"二100%", "=100%"},
                                                       {"二 98%", "=98%"},
                                                       {"?95%", "95%"},
                                                       {"约二100%", "=100%"},
                                                       {"≤28.50/册", "≤28.5元/册"},
                                                       {"≥2/月", ""},
                                                       {"6200平方米绿植全覆盖", "6200平方米"},
                                                       {"300亩林地全部到位", "300亩"},
                                                       {"100%完成", "100%"},
                                                       {"村民满意度达到95%以上", "≥95%"},
                                                       {"完成3次培训，覆盖200人", ""},
                                                       {"建成一个平台并投入使用", "1个"},
                                                       {"12345热线办结率100%", "100%"},
                                                       {"翻一番", ""}};
  for (const auto& [text, suggestion] : cases) {
    const Quantity quantity = ParseQuantity(text);
    EXPECT_TRUE(quantity.figure) << text;
    EXPECT_FALSE(quantity.value.has_value()) << text;
    EXPECT_FALSE(quantity.unclear || quantity.is_date) << text;
    EXPECT_EQ(quantity.suggestion, suggestion) << text;
    if (!quantity.suggestion.empty()) {
      EXPECT_TRUE(ParseQuantity(quantity.suggestion).value.has_value()) << text;
    }
  }
}

TEST(Quantity, WordsWithoutAFigureAreWords) {
  for (const char* text : {"有效提高", "一次性投入", "一流水平", "达到ISO9001标准", "5A级景区", "进一步提高",
                           "保持稳定", "三甲医院", "无重大事故", "第3届", "零距离服务", "年内有效提高",
                           "上半年明显改善", "统一标准", "室内", "十四五规划要求", "达到预期目标"}) {
    const Quantity quantity = ParseQuantity(text);
    EXPECT_FALSE(quantity.figure || quantity.is_date || quantity.unclear || quantity.value.has_value())
        << text;
  }
}

TEST(Quantity, ADateIsNeverANumber) {
  for (const char* text : {"2025年年底前", "2025年内",        "2025年",
                           "2025年度",     "11月底前",        "12月31日前",
                           "2025-12-31",   "2025.12",         "2025/6/30前",
                           "第三季度",     "三季度末",        "2025年第4季度前",
                           "15日前",       "每月10日前",      "9-10月",
                           "3月至6月",     "年底前完成",      "当年底前",
                           "十二月底前",   "二〇二五年底前",  "工程于12月底前完工",
                           "不晚于12月底", "≤2026年12月31日", "2025年上半年",
                           "12月",         "3月份",           "下半年"}) {
    const Quantity quantity = ParseQuantity(text);
    EXPECT_TRUE(quantity.is_date) << text;
    EXPECT_FALSE(quantity.value.has_value() || quantity.unclear || quantity.figure) << text;
  }
  for (const char* text : {"3月底完成100%", "2026年6月底前完成率≥95%", "2025年举办4次", "上半年2次"}) {
    const Quantity quantity = ParseQuantity(text);
    EXPECT_TRUE(quantity.is_date && quantity.figure) << text;
    EXPECT_FALSE(quantity.value.has_value()) << text;
  }
  EXPECT_EQ(ParseQuantity("2026年6月底前完成率≥95%").suggestion, "≥95%");
}

TEST(Quantity, WhatDecidedANumberInWordsIsKept) {
  EXPECT_EQ(ParseQuantity("降低至2%以内").said, "降低至");
  EXPECT_EQ(ParseQuantity("二十期").said, "二十");
  EXPECT_EQ(ParseQuantity("每年不少于4次").said, "每年不少于");
  EXPECT_EQ(ParseQuantity("≥4次").said, "");
  EXPECT_TRUE(ParseQuantity("比上年增长6%").is_change);
  EXPECT_FALSE(ParseQuantity("增长至6%").is_change);
  for (const char* text :
       {"约100人次", "100左右", "≥100左右 次", "近1000册", "200余人", "100多次", "大约30人"}) {
    EXPECT_TRUE(ParseQuantity(text).approximate) << text;
    EXPECT_TRUE(ParseQuantity(text).value.has_value()) << text;
  }
}

TEST(Quantity, TwoNumbersWithABlankBetweenAreNotOne) {
  for (const char* text : {"4 5次", "10 0%", "20 15", "1234 567元", "12 0000元"}) {
    const Quantity quantity = ParseQuantity(text);
    EXPECT_TRUE(quantity.unclear) << text;
    EXPECT_FALSE(quantity.value.has_value()) << text;
    EXPECT_EQ(quantity.text, text) << "without the blank it would be another number";
  }
}

TEST(Quantity, BoundsThatContradictEachOtherAreUnclear) {
  EXPECT_TRUE(ParseQuantity("≤3%以上").unclear);
  EXPECT_TRUE(ParseQuantity("≥3天以内").unclear);
  EXPECT_FALSE(ParseQuantity("降低至不少于2%").value.has_value());
}

// Any comparator, number and unit, printed and read again, is the same.
TEST(Quantity, PrintedAndReadAgainIsTheSame) {
  std::mt19937 random(21);
  const char* const signs[] = {"", "≥", ">", "=", "≤", "<", "不少于", "小于等于"};
  const char* const units[] = {"次",           "%",    "万人次", "平方米", "元/册",   "个工作日",
                               "人次(含复训)", "万元", "m2",     "次/年",  "个百分点"};
  for (int i = 0; i < 5000; ++i) {
    const std::string sign = signs[random() % 8], unit = units[random() % 11];
    const scoring::Decimal value = scoring::Decimal::FromInt64(static_cast<int64_t>(random() % 10000000),
                                                               static_cast<int>(random() % 4));
    const std::string text = sign + value.ToString() + (random() % 2 == 0 ? " " : "") + unit;
    const Quantity quantity = ParseQuantity(text);
    ASSERT_TRUE(quantity.value.has_value()) << text;
    EXPECT_EQ(*quantity.value, value) << text;
    EXPECT_EQ(quantity.unit, unit) << text;
    EXPECT_EQ(quantity.comparator, ParseComparator(sign)) << text;
    EXPECT_EQ(quantity.said, "") << text;
  }
}

// Whatever pieces come together: no number is cut out of a date, and a digit never vanishes without a word.
TEST(Quantity, ADigitIsReadOrTold) {
  std::mt19937 random(22);
  const char* const pieces[] = {
      "≥",    "约",   "3",      "12",     "100",        "%",      "次",   "月",   "年",   "日", "底前",
      "2025", "完成", "提升",   "至",     "二十",       "百分之", "每月", "以内", "左右", "，", "-",
      "/",    " ",    "有效",   "零事故", "万",         "元",     "第",   "个",   "二",   "?",  "（",
      "）",   "每人", "不少于", "控制在", "比上年增长", "近",     "千",   "分之"};
  for (int i = 0; i < 50000; ++i) {
    std::string text;
    for (int n = 1 + static_cast<int>(random() % 6); n > 0; --n) text += pieces[random() % std::size(pieces)];
    const Quantity quantity = ParseQuantity(text);
    EXPECT_EQ(quantity.value.has_value(), quantity.text.empty() && !Squeeze(text).empty()) << text;
    if (quantity.value.has_value()) {
      EXPECT_FALSE(quantity.is_date || quantity.unclear || quantity.figure) << text;
      continue;
    }
    const bool digit = text.find_first_of("0123456789") != std::string::npos;
    const bool ordinal = text.find("第") != std::string::npos;
    if (digit && !ordinal) {
      EXPECT_TRUE(quantity.is_date || quantity.unclear || quantity.figure) << text;
    }
  }
}

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
