#include "clients/cli/input/csv_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace attain::cli {
namespace {

using testing::HasSubstr;

const std::vector<CsvColumn>& Columns() {
  static const auto& columns = *new std::vector<CsvColumn>{
      {"indicator", {"指标"}, true}, {"value", {"实际完成值"}, true}, {"note", {"备注"}}};
  return columns;
}

absl::StatusOr<CsvTable> Parse(absl::string_view text) {
  return CsvTable::Parse(text, Columns(), Language::kEnglish);
}

TEST(CsvTable, FindsColumnsByEitherNameInAnyOrder) {
  const auto table = Parse("备注, Value ,指标\nok,3,p1/i1\n");
  ASSERT_TRUE(table.ok()) << table.status();
  ASSERT_EQ(table->size(), 1u);
  EXPECT_EQ(table->Get(0, "indicator"), "p1/i1");
  EXPECT_EQ(table->Get(0, "value"), "3");
  EXPECT_EQ(table->Get(0, "note"), "ok");
  EXPECT_EQ(table->Line(0), 2);
}

TEST(CsvTable, SpeaksOfColumnsInTheLanguageOfTheCaller) {
  const auto refused = CsvTable::Parse("指标,项目\n", Columns(), Language::kChinese);
  EXPECT_THAT(refused.status().message(), HasSubstr("指标、实际完成值、备注"));
  EXPECT_THAT(CsvTable::Parse("指标\n", Columns(), Language::kChinese).status().message(),
              HasSubstr("缺少列 “实际完成值”"));
  EXPECT_EQ(Parse(" 指标 ,value\n,3\n")->Header("indicator"), "指标");
  EXPECT_EQ(Parse("指标,value\n,3\n")->Header("note"), "note");
}

TEST(CsvTable, AllowsShortRowsAndEmptyPadding) {
  const auto table = Parse("indicator,value\np1\n,,,\np2, 4 ,,,\n");
  ASSERT_TRUE(table.ok()) << table.status();
  ASSERT_EQ(table->size(), 2u);
  EXPECT_EQ(table->Get(0, "value"), "");
  EXPECT_EQ(table->Get(0, "note"), "") << "the file has no such column";
  EXPECT_EQ(table->Get(1, "value"), "4");
  EXPECT_EQ(table->Line(1), 4);
}

TEST(CsvTable, LeavesOutColumnsThatAreNotNeededAndSaysSo) {
  const auto table =
      Parse("序号,* 指标（必填）,年度指标值,实际完成值,备注,说明,\n1,p1,≥3,4,ok,x,\n2,p2,,5\n");
  ASSERT_TRUE(table.ok()) << table.status();
  EXPECT_EQ(table->Get(0, "indicator"), "p1");
  EXPECT_EQ(table->Get(1, "value"), "5");
  ASSERT_EQ(table->skipped().size(), 3u);
  EXPECT_EQ(table->skipped()[0].word, "序号");
  EXPECT_EQ(table->skipped()[0].cells, 2);
  EXPECT_EQ(table->skipped()[1].word, "年度指标值");
  EXPECT_EQ(table->skipped()[1].cells, 1);
  EXPECT_EQ(table->skipped()[2].word, "说明");
  EXPECT_THAT(Parse("指标,indicator,value\n").status().message(), HasSubstr("two columns"));
}

TEST(CsvTable, RefusesWhatWouldBeLost) {
  EXPECT_THAT(Parse("indicator,valeu\n").status().message(), HasSubstr("\"valeu\""));
  EXPECT_THAT(Parse("indicator\n").status().message(), HasSubstr("lacks the column \"value\""));
  EXPECT_THAT(Parse("indicator,value\na,1,2\n").status().message(), HasSubstr("line 2"));
  EXPECT_THAT(Parse("indicator,value\na,\"1\n").status().message(), HasSubstr("line 2"));
  EXPECT_THAT(Parse("indicator,value\na,1\nb,\"2\"3\n").status().message(), HasSubstr("line 3"));
  EXPECT_THAT(Parse("").status().message(), HasSubstr("indicator, value, note"));
}

}  // namespace
}  // namespace attain::cli
