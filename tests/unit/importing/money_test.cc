// Money and weights as documents write them.
#include "service/importing/values/money.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "service/importing/values/units.h"
#include "service/importing/values/weight.h"

namespace attain::importing {
namespace {

using ::testing::ElementsAre;

std::string Text(const std::optional<Decimal>& value) {
  return value.has_value() ? value->ToString() : "-";
}
std::vector<std::string> Codes(const std::vector<Finding>& findings) {
  std::vector<std::string> codes;
  for (const Finding& finding : findings) {
    codes.push_back(finding.code);
    EXPECT_FALSE(finding.message.zh.empty() || finding.message.en.empty() || finding.repair.zh.empty() ||
                 finding.repair.en.empty() || finding.raw.empty())
        << finding.code;
  }
  return codes;
}

TEST(Money, IsReadWithAnyUnitInAnyPlace) {
  const std::pair<const char*, const char*> cases[] = {{"35.33万元", "35.33"},
                                                       {"20", "20"},
                                                       {"1,286.40", "1286.4"},
                                                       {"18.64万", "18.64"},
                                                       {"186400元", "18.64"},
                                                       {"186,400.50 元", "18.64005"},
                                                       {"1.2亿元", "12000"},
                                                       {"3.5百万元", "350"},
                                                       {"250千元", "25"},
                                                       {"0.00 万元", "0"},
                                                       {"￥20.00", "20"},
                                                       {"¥1 286.40", "1286.4"},
                                                       {"人民币20万元整", "20"},
                                                       {"贰拾万元整", "20"},
                                                       {"二十万", "20"},
                                                       {"三千元", "0.3"},
                                                       {"20（万元）", "20"},
                                                       {"(万元)20", "20"},
                                                       {"财政拨款：20万元", "20"},
                                                       {"-3.5", "-3.5"},
                                                       {"３５．３３ 万元", "35.33"},
                                                       {"12.345678万元", "12.345678"},
                                                       {"<p>20.5</p>", "20.5"},
                                                       {"38万元（车辆 25 万元，图书 13 万元）", "38"},
                                                       {"38万元，其中：车辆25万元", "38"},
                                                       {"约20万元", "20"},
                                                       {"20万元左右", "20"}};
  for (const auto& [text, value] : cases) EXPECT_EQ(Text(ParseMoney(text).value), value) << text;
}

TEST(Money, TheDefaultUnitCountsOnlyWithoutAnOwn) {
  EXPECT_EQ(Text(ParseMoney("186400", "元").value), "18.64");
  EXPECT_EQ(Text(ParseMoney("18.64万元", "元").value), "18.64");
  EXPECT_EQ(Text(ParseMoney("186.4", "千元").value), "18.64");
  EXPECT_EQ(Text(ParseMoney("20", "").value), "20");
  EXPECT_EQ(Text(ParseMoney("20", "次").value), "20");
}

TEST(Money, NothingIsBlankAndWordsAreNeverZero) {
  for (const char* text : {"", " ", "-", "/", "—", "无", "　"}) {
    const Money money = ParseMoney(text);
    EXPECT_TRUE(money.blank && !money.value.has_value() && money.findings.empty()) << text;
  }
  for (const char* text : {"待定", "20万元、5万元", "20+5", "20 15", "(20)", "12万3千元", "20万元5万元",
                           "按实际支付", "近千万元", "12,00", "20元/亩", "1e5", "99999999999999999999"}) {
    const Money money = ParseMoney(text);
    EXPECT_FALSE(money.value.has_value() || money.blank) << text;
    EXPECT_THAT(Codes(money.findings), ElementsAre("MONEY_UNCLEAR")) << text;
    EXPECT_EQ(money.findings[0].severity, Severity::kError);
  }
}

TEST(Money, WhatWasDoneIsTold) {
  EXPECT_THAT(Codes(ParseMoney("35.33万元").findings), ElementsAre());
  EXPECT_THAT(Codes(ParseMoney("186400元").findings), ElementsAre("MONEY_CONVERTED"));
  EXPECT_EQ(ParseMoney("186400", "元").findings[0].understood, "18.64 万元");
  const Money parts = ParseMoney("38万元（车辆 25 万元，图书 13 万元）");
  EXPECT_THAT(Codes(parts.findings), ElementsAre("MONEY_REMARK"));
  EXPECT_EQ(parts.remark, "(车辆25万元,图书13万元)");
  EXPECT_THAT(Codes(ParseMoney("不超过20万元").findings), ElementsAre("MONEY_APPROXIMATE"));
}

TEST(Money, TheUnitStandsInLabelsHeadersAndNotes) {
  const std::pair<const char*, const char*> cases[] = {{"单位：万元", "万元"},
                                                       {"金额单位：元", "元"},
                                                       {"(万元)", "万元"},
                                                       {"预算数（元）", "元"},
                                                       {"单 位：万 元", "万元"},
                                                       {"项目资金（千元）", "千元"},
                                                       {"单位：人民币万元", "万元"},
                                                       {"以万元为单位", "万元"},
                                                       {"年度资金总额 万元", "万元"},
                                                       {"资金（单位：亿元）（10分）", "亿元"},
                                                       {"单位:百万元", "百万元"},
                                                       {"元", "元"},
                                                       {"单位：元（人民币元）", "元"},
                                                       {"总额（万元） 拨款（万圆）", "万元"},
                                                       {"填报单位：某局    金额单位：万元", "万元"},
                                                       {"预算单位：元氏县财政局", ""},
                                                       {"预算执行数", ""},
                                                       {"每亩补助（元/亩）", ""},
                                                       {"万元以上项目", ""},
                                                       {"单元数（个）", ""},
                                                       {"", ""}};
  for (const auto& [text, unit] : cases) {
    EXPECT_EQ(MoneyUnitIn(text).word, unit) << text;
    EXPECT_FALSE(MoneyUnitIn(text).ambiguous) << text;
  }
  EXPECT_TRUE(MoneyUnitIn("单位：元/万元").ambiguous);
  EXPECT_TRUE(MoneyUnitIn("总额（元） 拨款（万元）").ambiguous);
  EXPECT_EQ(MoneyUnitIn("总额（元） 拨款（万元）").word, "");
}

// Any amount written in any unit comes out as the same 万元, with every decimal.
TEST(Money, WrittenInAnyUnitItIsTheSameAmount) {
  std::mt19937 random(18);
  const std::pair<const char*, int> units[] = {{"元", 4},      {"千元", 1},  {"万元", 0},
                                               {"百万元", -2}, {"亿元", -4}, {"万", 0}};
  for (int i = 0; i < 3000; ++i) {
    const Decimal amount =
        Decimal::FromInt64(static_cast<int64_t>(random() % 100000000), static_cast<int>(random() % 5));
    const auto& [unit, power] = units[random() % 6];
    const std::optional<Decimal> written = TimesPowerOfTen(amount, power);
    ASSERT_TRUE(written.has_value());
    const std::string text = written->ToString() + unit;
    EXPECT_EQ(Text(ParseMoney(text).value), amount.ToString()) << text;
    EXPECT_EQ(Text(ParseMoney(written->ToString(), unit).value), amount.ToString()) << text;
  }
}

TEST(Weights, AreReadWithTheirUnit) {
  const std::pair<const char*, const char*> cases[] = {
      {"45", "45"},       {"45分", "45"},    {"45 分", "45"},  {"４５", "45"},      {"４５分", "45"},
      {"7.5分", "7.5"},   {"45%", "45"},     {"0.45", "0.45"}, {"10（10%）", "10"}, {"（10分）", "10"},
      {"满分10分", "10"}, {"五分", "5"},     {"十二分", "12"}, {"0", "0"},          {"-5", "-5"},
      {"10-15", "-"},     {"履职效能", "-"}, {"10*", "-"},     {"十分重要", "-"},   {"1 5", "-"},
      {"10分左右", "-"},  {"/", "-"},        {"", "-"}};
  for (const auto& [text, value] : cases) EXPECT_EQ(Text(ParseWeight(text).value), value) << text;
}

TEST(Weights, WhatIsNoNumberIsTold) {
  EXPECT_TRUE(ParseWeight("-").blank);
  EXPECT_THAT(Codes(ParseWeight("45分").findings), ElementsAre());
  EXPECT_THAT(Codes(ParseWeight("45%").findings), ElementsAre("WEIGHT_IS_PERCENT"));
  EXPECT_THAT(Codes(ParseWeight("10（10%）").findings), ElementsAre("WEIGHT_REMARK"));
  EXPECT_EQ(ParseWeight("履职效能").findings.at(0).severity, Severity::kWarning);
  EXPECT_EQ(ParseWeight("10-15").findings.at(0).severity, Severity::kError) << "it holds a figure";
}

TEST(Weights, SharesOfOneAreKnownByTheirSum) {
  const auto shares = [](const std::vector<const char*>& texts) {
    std::vector<Decimal> weights;
    for (const char* text : texts) weights.push_back(*Decimal::Parse(text));
    return AreShares(weights);
  };
  EXPECT_TRUE(shares({"0.45", "0.55"}));
  EXPECT_TRUE(shares({"0.3", "0.3", "0.3"}));
  EXPECT_FALSE(shares({"0.45", "0.45", "0.45"}));
  EXPECT_FALSE(shares({"50", "40"}));
  EXPECT_FALSE(shares({"1"}));
}

}  // namespace
}  // namespace attain::importing
