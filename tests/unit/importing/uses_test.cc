// Which table, row and day a document's figures are of.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "service/importing/document.h"
#include "service/importing/uses/days.h"
#include "service/importing/uses/matching.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::importing {
namespace {

KnownTable Known(const std::string& name, int year, ParsedTable::Kind kind = ParsedTable::Kind::kProject) {
  return {name, year, kind};
}

Match Table(const std::string& name, int year, const std::vector<KnownTable>& known) {
  ParsedTable table;
  table.name = name;
  table.fiscal_year = year;
  return MatchTable(table, known);
}

TEST(Matching, ATableIsFoundByFoldedNameYearAndKind) {
  const std::vector<KnownTable> known = {Known("甲项目", 2024, ParsedTable::Kind::kUnit),
                                         Known("甲项目", 2023), Known("甲项目（本级）", 2024),
                                         Known("甲项目", 2024)};
  EXPECT_EQ(Table("甲 项目", 2024, known).at, 3);
  EXPECT_EQ(Table("甲项目(本级)", 2024, known).at, 2);
  EXPECT_EQ(Table("甲项目", 2025, known).kind, MatchKind::kOtherYear);
  EXPECT_EQ(Table("甲项目", 0, known).kind, MatchKind::kSeveral) << "two years, and the document says none";
  EXPECT_EQ(Table("甲项目(本级)", 0, known).at, 2);
}

TEST(Matching, WhatHasNoCounterpartIsToldWithTheNearest) {
  const std::vector<KnownTable> known = {Known("农业技术推广培训项目", 2024), Known("道路养护", 2024)};
  const Match match = Table("农业技术推广培训", 2024, known);
  EXPECT_EQ(match.kind, MatchKind::kNoName);
  EXPECT_EQ(match.nearest, 0);
  EXPECT_EQ(Table("完全无关的名字", 2024, known).nearest, -1);
  EXPECT_EQ(Table("", 2024, known).kind, MatchKind::kNoName);
}

TEST(Matching, LevelsTellRowsOfOneNameApart) {
  const std::vector<KnownRow> known = {{"产出", "数量", "培训"},
                                       {"产出", "质量", "培训"},
                                       {"效益", "社会效益", "满意"},
                                       {"满意度", "社会效益", "满意"}};
  EXPECT_EQ(MatchRow({"产出指标", "质量指标", "培 训"}, known).at, 1);
  EXPECT_EQ(MatchRow({"满意度指标", "", "满意"}, known).at, 3);
  EXPECT_EQ(MatchRow({"", "", "培训"}, known).kind, MatchKind::kSeveral);
  EXPECT_EQ(MatchRow({"别的", "别的", "培训"}, known).kind, MatchKind::kSeveral);
  EXPECT_EQ(MatchRow({"", "", ""}, known).kind, MatchKind::kNoName);
}

TEST(Matching, ANumberBeforeANameDoesNotCountWhereNothingHasIt) {
  const std::vector<KnownRow> known = {{"", "", "2.培训人次"}, {"", "", "培训场次"}, {"", "", "3次检查"}};
  EXPECT_EQ(MatchRow({"", "", "1、培训人次"}, known).at, 0);
  EXPECT_EQ(MatchRow({"", "", "指标2：培训场次"}, known).at, 1);
  EXPECT_EQ(MatchRow({"", "", "次检查"}, known).kind, MatchKind::kNoName) << "3次 is no number of the row";
}

TEST(Days, WordsNameDays) {
  const auto span = [](const char* words) {
    const auto found = SpanOf(words, 2024);
    return found.has_value() ? found->first + ".." + found->last : "";
  };
  EXPECT_EQ(span("11月20日"), "2024-11-20..2024-11-20");
  EXPECT_EQ(span("11月底前"), "2024-11-21..2024-11-30");
  EXPECT_EQ(span("2 月"), "2024-02-01..2024-02-29");
  EXPECT_EQ(span("2023年2月底"), "2023-02-21..2023-02-28");
  EXPECT_EQ(span("2024-11-20"), "2024-11-20..2024-11-20");
  EXPECT_EQ(span("2024/3/5 0:00:00"), "2024-03-05..2024-03-05");
  EXPECT_EQ(span("２０２４年１１月２０日前完成"), "2024-11-20..2024-11-20");
  EXPECT_EQ(span("十一月二十日"), "2024-11-20..2024-11-20");
  EXPECT_EQ(span("第三季度"), "2024-07-01..2024-09-30");
  EXPECT_EQ(span("年底前"), "2024-12-01..2024-12-31");
  EXPECT_EQ(span("2025年年底前"), "2025-12-01..2025-12-31");
  EXPECT_EQ(span("次年3月底"), "2025-03-21..2025-03-31");
  EXPECT_EQ(span("已于11月20日完成"), "2024-11-20..2024-11-20");
  EXPECT_EQ(span("1月至6月"), "2024-01-01..2024-06-30");
  for (const char* none : {"", "12", "12个月", "2月30日", "13月", "11月20日未完成", "11月20日完成80%",
                           "3-5次", "全部完成", "2024.5"})
    EXPECT_EQ(span(none), "") << none;
}

TEST(Days, ADeadlineIsKeptOnItsOwnDay) {
  EXPECT_EQ(KeepsDeadline("11月底前", "11月20日", 2024), true);
  EXPECT_EQ(KeepsDeadline("11月底前", "11月30日", 2024), true);
  EXPECT_EQ(KeepsDeadline("11月底前", "12月1日", 2024), false);
  EXPECT_EQ(KeepsDeadline("11月20日前", "2024年11月20日", 2024), true);
  EXPECT_EQ(KeepsDeadline("2024年12月31日前", "2025年1月10日", 2024), false);
  EXPECT_EQ(KeepsDeadline("第三季度", "8月", 2024), true);
  EXPECT_EQ(KeepsDeadline("11月15日前", "11月", 2024), std::nullopt) << "it may be either";
  EXPECT_EQ(KeepsDeadline("按时发放", "11月20日", 2024), std::nullopt);
  EXPECT_EQ(KeepsDeadline("11月底前", "已完成", 2024), std::nullopt);
}

TEST(Days, AHeaderNamesTheEndOfItsMonths) {
  EXPECT_EQ(EndOfMonths("1-7月执行情况", 2024), "2024-07-31");
  EXPECT_EQ(EndOfMonths("1—9月完成情况", 2024), "2024-09-30");
  EXPECT_EQ(EndOfMonths("截至7月底完成情况", 2024), "2024-07-31");
  EXPECT_EQ(EndOfMonths("１－１０月份执行情况", 2024), "2024-10-31");
  EXPECT_EQ(EndOfMonths("一至二月完成值", 2024), "2024-02-29");
  EXPECT_EQ(EndOfMonths("上半年完成情况", 2024), "2024-06-30");
  EXPECT_EQ(EndOfMonths("第三季度完成情况", 2024), "2024-09-30");
  EXPECT_EQ(EndOfMonths("实际完成值", 2024), "");
  EXPECT_EQ(EndOfMonths("13月完成情况", 2024), "");
  EXPECT_EQ(EndOfMonths("1-7月执行情况", 0), "");
}

TEST(Uses, AMonitoringFormNamesItsMonthsInTheHeader) {
  const scoring::Profile profile = scoring::Xinjiang();
  ImportOptions options;
  options.profile = &profile;
  for (const std::string word : {"1-7月执行情况", "1—7月完成情况", "截至7月底完成情况", "1～7月执行情况"}) {
    const auto document = ParseDocument(
        "项目支出绩效目标执行监控表\n（2024年度）\n项目名称\t养护项目\n"
        "项目资金（万元）\t年初预算数\t1-7月执行数\t1-7月执行率\n年度资金总额\t100\t55\t55%\n"
        "一级指标\t二级指标\t三级指标\t年度指标值\t" +
            word +
            "\t全年预计完成情况\t偏差原因分析\t完成目标可能性\n"
            "产出指标\t数量指标\t养护里程\t≥100 公里\t60公里\t100公里\t雨季\t有可能\n"
            "产出指标\t时效指标\t完工时间\t11月底前\t未完成\t11月底\t\t确定能\n",
        options);
    ASSERT_TRUE(document.ok());
    ASSERT_EQ(document->tables.size(), 1U) << word;
    const ParsedTable& table = document->tables[0];
    ASSERT_EQ(table.indicators.size(), 2U) << word;
    EXPECT_EQ(table.indicators[0].actual, "60公里") << word;
    EXPECT_EQ(table.indicators[0].reason, "雨季");
    EXPECT_EQ(table.indicators[1].actual, "未完成");
    EXPECT_EQ(EndOfMonths(table.actual_word, 2024), "2024-07-31") << word;
    ASSERT_TRUE(table.spent.has_value());
    EXPECT_EQ(table.spent->ToString(), "55");
    std::string told;
    for (const Finding& finding : document->findings) told += finding.code + " " + finding.place.cell + "; ";
    EXPECT_THAT(told, ::testing::AllOf(::testing::HasSubstr("COLUMN_NOT_KEPT 全年预计完成情况"),
                                       ::testing::HasSubstr("COLUMN_NOT_KEPT 完成目标可能性")))
        << "the outlook is told as not taken";
  }
}

std::string DayOf(const std::string& text, int year) {
  const scoring::Profile profile = scoring::Xinjiang();
  ImportOptions options;
  options.profile = &profile;
  return DayOfDocument(*TextDocument(text, options), year);
}

TEST(Days, TheDocumentSaysWhatDayItsFiguresAreOf) {
  EXPECT_EQ(DayOf("自评表\n填表单位：甲局  填表日期：2024年12月15日\n", 2024), "2024-12-15");
  EXPECT_EQ(DayOf("填表日期：2025年1月15日\n", 2024), "") << "outside the year";
  EXPECT_EQ(DayOf("填报日期\t2024-12-15\n数据日期\t2024-11-30\n", 2024), "2024-11-30")
      << "of the data, not of the filling in";
  EXPECT_EQ(DayOf("填表日期：2024年12月15日 联系电话：0991-1234567\n", 2024), "2024-12-15");
  EXPECT_EQ(DayOf("填表日期：\n", 2024), "");
  EXPECT_EQ(DayOf("", 2024), "");
}

}  // namespace
}  // namespace attain::importing
