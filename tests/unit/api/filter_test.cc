// Which rows a filter lets through, and in which order they come.
#include "service/api/filter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "attain/v1/actual.pb.h"
#include "attain/v1/score.pb.h"
#include "attain/v1/table.pb.h"
#include "service/api/errors.h"

namespace attain::engine {
namespace {

using ::testing::HasSubstr;

v1::Table Row() {
  v1::Table row;
  row.set_display_name("展会 2024");
  row.set_leader("10");
  row.set_fiscal_year(2024);
  row.set_state(v1::TABLE_STATE_APPROVED);
  return row;  // goal and profile are empty
}

bool Matches(const std::string& text) {
  const absl::StatusOr<Filter> filter = Filter::Parse(text, *v1::Table::descriptor());
  EXPECT_TRUE(filter.ok()) << text << ": " << MessageOf(filter.status(), "en");
  return filter.ok() && filter->Matches(Row());
}

std::string Refusal(const std::string& text) {
  const absl::StatusOr<Filter> filter = Filter::Parse(text, *v1::Table::descriptor());
  if (filter.ok()) return "";
  EXPECT_EQ(ReasonOf(filter.status()), v1::ERROR_REASON_INVALID_FILTER);
  return MessageOf(filter.status(), "en");
}

TEST(Filter, ComparesNumbersBySizeAndBothSidesOfEachBorder) {
  const std::pair<const char*, bool> kCases[] = {{"fiscal_year = 2024", true},
                                                 {"fiscal_year = 2025", false},
                                                 {"fiscal_year != 2024", false},
                                                 {"fiscal_year != 2025", true},
                                                 {"fiscal_year < 2024", false},
                                                 {"fiscal_year < 2025", true},
                                                 {"fiscal_year <= 2023", false},
                                                 {"fiscal_year <= 2024", true},
                                                 {"fiscal_year > 2024", false},
                                                 {"fiscal_year > 2023", true},
                                                 {"fiscal_year >= 2024", true},
                                                 {"fiscal_year >= 2025", false},
                                                 {"leader > 9", true},
                                                 {"leader = 10.0", true},
                                                 {"leader < 9", false},
                                                 {"leader < a", true},
                                                 {"leader:1", true},
                                                 {"leader:2", false}};
  for (const auto& [text, matches] : kCases) EXPECT_EQ(Matches(text), matches) << text;
}

TEST(Filter, AnEmptyFieldIsNeitherLessNorMoreThanAnything) {
  for (const char* op : {"<", "<=", ">", ">="}) {
    EXPECT_FALSE(Matches(absl::StrCat("goal ", op, " 0"))) << op;
    EXPECT_FALSE(Matches(absl::StrCat("goal ", op, " \"\""))) << op;
  }
  EXPECT_TRUE(Matches("goal = \"\""));
  EXPECT_FALSE(Matches("goal = 0"));
  EXPECT_TRUE(Matches("goal != 0"));
  EXPECT_FALSE(Matches("leader = \"\""));
}

TEST(Filter, WordsJoinAndBindAsTheyAreRead) {
  const std::pair<const char*, bool> kCases[] = {
      {"", true},
      {"  ", true},
      {"leader = 10 AND fiscal_year = 2024", true},
      {"leader = 10 AND fiscal_year = 2025", false},
      {"leader = 10 fiscal_year = 2025", false},
      {"leader = 9 OR fiscal_year = 2024", true},
      {"leader = 9 OR fiscal_year = 2025", false},
      {"leader = 10 OR (leader = 9 AND fiscal_year = 2025)", true},
      {"leader = 9 OR leader = 8 OR leader = 10", true},
      {"(leader = 10 OR leader = 9) AND fiscal_year = 2025", false},
      {"NOT leader = 9", true},
      {"NOT leader = 10", false},
      {"-leader = 10", false},
      {"NOT NOT leader = 10", true},
      {"display_name = \"展会 2024\"", true},
      {"display_name:\"会 2\"", true},
      {"display_name = \"展会 \\\"2024\"", false},
      {"state = APPROVED", true},
      {"state = approved", true},
      {"state = TABLE_STATE_APPROVED", true},
      {"state = DRAFT", false},
      {"state:APPR", true}};
  for (const auto& [text, matches] : kCases) EXPECT_EQ(Matches(text), matches) << text;
}

// AIP-160 and most databases read these in two ways, so neither is guessed.
TEST(Filter, AndBesideOrWantsBrackets) {
  for (const char* text :
       {"leader = 10 OR leader = 9 AND fiscal_year = 2025",
        "leader = 9 AND fiscal_year = 2025 OR leader = 10", "leader = 10 OR leader = 9 fiscal_year = 2025",
        "(leader = 1 OR leader = 2 leader = 3)"}) {
    EXPECT_THAT(Refusal(text), HasSubstr("put brackets where AND stands beside OR")) << text;
  }
  EXPECT_THAT(Refusal("leader = 10 OR leader = 9 AND leader = 8"), HasSubstr("At byte 16"));
}

TEST(Filter, SignsOfAChineseKeyboardAreTheSame) {
  const std::pair<const char*, bool> kCases[] = {
      {"fiscal_year≥2024", true},    {"fiscal_year ≤ 2023", false}, {"fiscal_year≠2024", false},
      {"fiscal_year＝2024", true},   {"fiscal_year＞2023", true},   {"fiscal_year＜2024", false},
      {"display_name：展会", true},  {"fiscal_year＞＝2024", true}, {"fiscal_year＜＝2023", false},
      {"fiscal_year！＝2024", false}};
  for (const auto& [text, matches] : kCases) EXPECT_EQ(Matches(text), matches) << text;
}

// DRAFT < SUBMITTED < APPROVED < CLOSED, which is not the order of their letters.
TEST(Filter, EnumValuesCompareByTheirOrderAndByTheirWords) {
  const std::pair<const char*, bool> kCases[] = {
      {"state > DRAFT", true},     {"state > submitted", true}, {"state >= APPROVED", true},
      {"state > APPROVED", false}, {"state < CLOSED", true},    {"state < SUBMITTED", false},
      {"state = 已批准", true},    {"state = 草稿", false},     {"state > 草稿", true},
      {"state != 已批准", false},  {"state = Approved", true},  {"kind > UNIT", false},
      {"kind < PROJECT", false}};
  for (const auto& [text, matches] : kCases) EXPECT_EQ(Matches(text), matches) << text;
}

GradeOrder Grades() {
  GradeOrder grades;
  grades.Add({"优", "良", "中", "差"});
  grades.Add({"优秀", "良", "不合格"});
  return grades;
}

TEST(Filter, GradesCompareAsTheProfilesRankThem) {
  const auto matches = [](const std::string& grade, const std::string& text) {
    v1::Score score;
    score.set_grade(grade);
    const absl::StatusOr<Filter> filter = Filter::Parse(text, *v1::Score::descriptor(), Grades());
    EXPECT_TRUE(filter.ok()) << text << ": " << MessageOf(filter.status(), "en");
    return filter.ok() && filter->Matches(score);
  };
  EXPECT_TRUE(matches("优", "grade > 良"));
  EXPECT_TRUE(matches("优秀", "grade > 良"));
  EXPECT_FALSE(matches("良", "grade > 良"));
  EXPECT_TRUE(matches("良", "grade >= 良"));
  EXPECT_TRUE(matches("差", "grade < 中"));
  EXPECT_TRUE(matches("不合格", "grade < 良"));
  EXPECT_FALSE(matches("不合格", "grade < 中")) << "no profile has both";
  EXPECT_FALSE(matches("不合格", "grade >= 中"));
  EXPECT_FALSE(matches("", "grade < 优")) << "no grade yet";
  EXPECT_TRUE(matches("良", "grade = 良"));
  EXPECT_TRUE(matches("优", "grade : 优"));
  const absl::StatusOr<Filter> unknown = Filter::Parse("grade > 甲", *v1::Score::descriptor(), Grades());
  EXPECT_EQ(MessageOf(unknown.status(), "en"),
            "At byte 9: field grade has no value \"甲\". Values: 优, 良, 中, 差, 优秀, 不合格");
}

TEST(Filter, WhatCannotBeReadIsRefusedWithItsPlace) {
  EXPECT_THAT(Refusal("leader"), HasSubstr("At byte 7"));
  EXPECT_THAT(Refusal("nobody = 1"), HasSubstr("there is no field \"nobody\""));
  EXPECT_THAT(Refusal("indicators = 1"), HasSubstr("there is no field"));
  EXPECT_THAT(Refusal("= 1"), HasSubstr("a field name is missing"));
  EXPECT_THAT(Refusal("leader ="), HasSubstr("a value is missing"));
  EXPECT_THAT(Refusal("leader = \"1"), HasSubstr("a closing quote is missing"));
  EXPECT_THAT(Refusal("(leader = 1"), HasSubstr("a closing bracket is missing"));
  EXPECT_THAT(Refusal("leader = 1)"), HasSubstr("nothing was expected here"));
  EXPECT_THAT(Refusal("state = GONE"), HasSubstr("DRAFT, SUBMITTED, APPROVED, CLOSED"));
  EXPECT_THAT(Refusal("fiscal_year = many"), HasSubstr("has no value \"many\""));
}

TEST(Filter, HasLimits) {
  const auto repeat = [](const char* text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) absl::StrAppend(&all, text);
    return all;
  };
  EXPECT_EQ(Refusal(repeat("leader=1 ", 50)), "");
  EXPECT_THAT(Refusal(repeat("leader=1 ", 51)), HasSubstr("too many terms"));
  EXPECT_EQ(Refusal(repeat("(", 10) + "leader=1" + repeat(")", 10)), "");
  EXPECT_THAT(Refusal(repeat("(", 11) + "leader=1" + repeat(")", 11)), HasSubstr("too many levels"));
  EXPECT_EQ(Refusal("leader=" + std::string(1993, '1')), "");
  EXPECT_THAT(Refusal("leader=" + std::string(1994, '1')), HasSubstr("too long"));
}

TEST(Filter, DaysAreReadAsEverywhere) {
  v1::Actual row;
  row.set_date("2024-06-30");
  for (const char* text : {"date = 2024/6/30", "date >= 2024年6月30日", "date < \"2024-07-01\""}) {
    const absl::StatusOr<Filter> filter = Filter::Parse(text, *v1::Actual::descriptor());
    ASSERT_TRUE(filter.ok()) << text;
    EXPECT_TRUE(filter->Matches(row)) << text;
  }
}

int Compare(const std::string& text, const v1::Table& a, const v1::Table& b) {
  const absl::StatusOr<Order> order = Order::Parse(text, *v1::Table::descriptor());
  EXPECT_TRUE(order.ok()) << text;
  return order.ok() ? order->Compare(a, b) : 0;
}

TEST(Order, GradesAndStatesComeInTheirOrder) {
  const auto order = Order::Parse("grade desc", *v1::Score::descriptor(), Grades());
  ASSERT_TRUE(order.ok());
  std::vector<v1::Score> scores(4);
  const char* grades[] = {"差", "", "优", "良"};
  for (int i = 0; i < 4; ++i) scores[i].set_grade(grades[i]);
  std::stable_sort(scores.begin(), scores.end(),
                   [&](const v1::Score& a, const v1::Score& b) { return order->Compare(a, b) < 0; });
  std::string sorted;
  for (const v1::Score& score : scores) absl::StrAppend(&sorted, score.grade(), ",");
  EXPECT_EQ(sorted, "优,良,差,,") << "the best first, none at the end";
  v1::Table draft, approved, none;
  draft.set_state(v1::TABLE_STATE_DRAFT);
  approved.set_state(v1::TABLE_STATE_APPROVED);
  EXPECT_LT(Compare("state", draft, approved), 0);
  EXPECT_GT(Compare("state desc", draft, approved), 0);
  EXPECT_LT(Compare("state desc", draft, none), 0) << "none at the end";
}

TEST(GradeOrder, ProfilesThatDoNotAgreeSayNothing) {
  GradeOrder order = Grades();
  EXPECT_EQ(order.Compare("优", "差"), 1);
  EXPECT_EQ(order.Compare("差", "优"), -1);
  EXPECT_EQ(order.Compare("差", "差"), 0);
  EXPECT_EQ(order.Compare("优", "优秀"), std::nullopt);
  order.Add({"差", "优"});
  EXPECT_EQ(order.Compare("优", "差"), std::nullopt);
  EXPECT_GT(order.ComparePlaces("优", "差"), 0) << "sorting goes by the first profile";
  EXPECT_LT(order.ComparePlaces("甲", "差"), 0);
  EXPECT_EQ(order.Words(), "优, 良, 中, 差, 优秀, 不合格");
  EXPECT_TRUE(order.Has("不合格"));
  EXPECT_FALSE(order.Has("甲"));
}

TEST(Order, NumbersBySizeTextsByBytesEmptyOnesLastInBothDirections) {
  v1::Table nine, ten, text, empty;
  nine.set_leader("9");
  ten.set_leader("10");
  text.set_leader("a");
  for (const char* way : {"leader", "leader asc"}) {
    EXPECT_LT(Compare(way, nine, ten), 0);
    EXPECT_GT(Compare(way, ten, nine), 0);
    EXPECT_LT(Compare(way, ten, text), 0);
    EXPECT_LT(Compare(way, text, empty), 0);
  }
  EXPECT_GT(Compare("leader desc", nine, ten), 0);
  EXPECT_LT(Compare("leader desc", nine, empty), 0) << "empty values are last in this direction too";
  EXPECT_EQ(Compare("leader", nine, nine), 0);
  EXPECT_EQ(Compare("", nine, ten), 0);
  nine.set_fiscal_year(2);
  ten.set_fiscal_year(2);
  EXPECT_LT(Compare("fiscal_year desc, leader", nine, ten), 0) << "the second key decides";
}

TEST(Order, IsFieldsEachOnce) {
  for (const char* wrong :
       {"nobody", "leader up", "leader desc desc", "leader, leader", "leader,", "indicators"}) {
    EXPECT_EQ(ReasonOf(Order::Parse(wrong, *v1::Table::descriptor()).status()),
              v1::ERROR_REASON_INVALID_FILTER)
        << wrong;
  }
}

}  // namespace
}  // namespace attain::engine
