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
