// Exact conversion between decimal multiples of one unit, and the dictionaries it reads.
#include "service/importing/values/units.h"

#include <gtest/gtest.h>

#include <random>

#include "service/importing/values/words.h"

namespace attain::importing {
namespace {

using scoring::Decimal;

std::string Convert(const char* value, const char* from, const char* to) {
  const std::optional<Decimal> result = ConvertUnit(*Decimal::Parse(value), from, to);
  return result.has_value() ? result->ToString() : "-";
}

TEST(Units, ConvertExactly) {
  EXPECT_EQ(Convert("1.3", "万人次", "人次"), "13000");
  EXPECT_EQ(Convert("899740", "元", "万元"), "89.974");
  EXPECT_EQ(Convert("1.2", "亿元", "万元"), "12000");
  EXPECT_EQ(Convert("3", "百万元", "千元"), "3000");
  EXPECT_EQ(Convert("1.286", "千万元", "万元"), "1286");
  EXPECT_EQ(Convert("2.5", "‰", "%"), "0.25");
  EXPECT_EQ(Convert("0.3", "％", "‰"), "3");
  EXPECT_EQ(Convert("450", "公斤", "吨"), "0.45");
  EXPECT_EQ(Convert("1.5", "万吨", "千克"), "15000000");
  EXPECT_EQ(Convert("12.5", "公里", "米"), "12500");
  EXPECT_EQ(Convert("6200", "㎡", "万平方米"), "0.62");
  EXPECT_EQ(Convert("3", "平方公里", "公顷"), "300");
  EXPECT_EQ(Convert("2", "万亩", "亩"), "20000");
  EXPECT_EQ(Convert("750", "ml", "升"), "0.75");
  EXPECT_EQ(Convert("3.2", "万千瓦时", "度"), "32000");
  EXPECT_EQ(Convert("-0.5", "万户", "户"), "-5000");
  EXPECT_EQ(Convert("7", "百册", "册"), "700");
  EXPECT_EQ(Convert("0.00285", "万元/册", "元/册"), "28.5");
  EXPECT_EQ(Convert("3", "元/千克", "元/吨"), "3000");
  EXPECT_EQ(Convert("2.1", "万 人次", "人次"), "21000");
}

TEST(Units, AMultipleAloneCountsWhatTheTargetCounts) {
  EXPECT_EQ(Convert("1.3", "万", "人次"), "13000");
  EXPECT_EQ(Convert("18.64", "万", "万元"), "18.64");
  EXPECT_EQ(Convert("18.64", "万", "元"), "186400");
  EXPECT_EQ(Convert("1", "亿", "万元"), "10000");
  EXPECT_EQ(Convert("1.3", "万", "%"), "-");
  EXPECT_EQ(Convert("1.3", "万", ""), "-");
}

TEST(Units, WhatIsNoDecimalMultipleIsRefused) {
  EXPECT_EQ(Convert("2", "小时", "分钟"), "-");
  EXPECT_EQ(Convert("2", "百分点", "%"), "-");
  EXPECT_EQ(Convert("2", "人", "人次"), "-");
  EXPECT_EQ(Convert("2", "亩", "公顷"), "-");
  EXPECT_EQ(Convert("2", "元", "次"), "-");
  EXPECT_EQ(Convert("2", "元/册", "元"), "-");
  EXPECT_EQ(Convert("2", "", "元"), "-");
  EXPECT_EQ(Convert("2", "场", "场次"), "-");
  EXPECT_EQ(Convert("123456789012345678", "万亿元", "元"), "-");  // more digits than a figure may have
  EXPECT_EQ(Convert("0.123456789", "克", "吨"), "-");
}

TEST(Units, SpellingsOfOneUnitAreTheSame) {
  for (const auto& [a, b] : {std::pair("％", "%"),
                             {"㎡", "平方米"},
                             {"m2", "平米"},
                             {"公里", "千米"},
                             {"名", "人"},
                             {"天", "日"},
                             {"个工作日", "工作日"},
                             {"人 次", "人次"},
                             {"度", "千瓦时"},
                             {"座", "座"},
                             {"元/㎡", "元/平方米"},
                             {"10元", "10元"}}) {
    EXPECT_TRUE(SameUnit(a, b)) << a << " " << b;
    EXPECT_TRUE(SameUnit(b, a)) << a << " " << b;
  }
  for (const auto& [a, b] : {std::pair("%", "百分点"),
                             {"人", "人次"},
                             {"万元", "元"},
                             {"", "元"},
                             {"天", "工作日"},
                             {"次", "场次"},
                             {"%", "‰"},
                             {"元/册", "元/本"}}) {
    EXPECT_FALSE(SameUnit(a, b)) << a << " " << b;
    EXPECT_FALSE(SameUnit(b, a)) << a << " " << b;
  }
}

TEST(Units, KindsAreTold) {
  for (const char* unit : {"元", "万元", "亿元", "千万元"}) EXPECT_TRUE(IsMoneyUnit(unit)) << unit;
  for (const char* unit : {"元/册", "次", "万", "", "单元", "块"}) EXPECT_FALSE(IsMoneyUnit(unit)) << unit;
  for (const char* unit : {"%", "％", "‰"}) EXPECT_TRUE(IsShareUnit(unit)) << unit;
  for (const char* unit : {"百分点", "个百分点", "次", ""}) EXPECT_FALSE(IsShareUnit(unit)) << unit;
  EXPECT_TRUE(IsKnownUnit("万人次"));
  EXPECT_TRUE(IsKnownUnit("元/平方米"));
  EXPECT_FALSE(IsKnownUnit("次"));
  EXPECT_FALSE(IsKnownUnit(""));
}

// Any value in any two multiples of any listed unit: there and back is the same value.
TEST(Units, ThereAndBackIsExact) {
  std::mt19937 random(15);
  const std::vector<WordList::Entry>& entries = WordList::Named("units").entries();
  const char* const multiples[] = {"", "百", "千", "万", "百万", "亿"};
  int converted = 0;
  for (int i = 0; i < 20000; ++i) {
    const WordList::Entry& one = entries[random() % entries.size()];
    const WordList::Entry& other = entries[random() % entries.size()];
    const std::string from = multiples[random() % 6] + one.words[random() % one.words.size()];
    const std::string to = multiples[random() % 6] + other.words[random() % other.words.size()];
    const Decimal value = Decimal::FromInt64(static_cast<int64_t>(random() % 1000000), random() % 4);
    const std::optional<Decimal> there = ConvertUnit(value, from, to);
    if (!there.has_value()) continue;
    ++converted;
    const std::optional<Decimal> back = ConvertUnit(*there, to, from);
    ASSERT_TRUE(back.has_value()) << value.ToString() << from << " " << to;
    EXPECT_EQ(*back, value) << from << " " << to;
  }
  EXPECT_GT(converted, 500);
}

}  // namespace
}  // namespace attain::importing
