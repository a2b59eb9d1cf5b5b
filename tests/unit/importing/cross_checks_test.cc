// What stands around the tables against what stands in them, both sides of each border.
#include "service/importing/cross_checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/scoring/test_profiles.h"

namespace attain::importing {
namespace {

using scoring::Dec;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr int kBefore = 1, kInside = 11, kBehind = 21;  // rows; the tables are rows 10 … 20

// A unit's table of 75.71 and a project with 3 of other money, and these lines from this row on.
std::vector<std::string> Told(const std::vector<std::string>& lines, int row,
                              ParsedDocument* document = nullptr) {
  ParsedDocument own;
  ParsedDocument& read = document == nullptr ? own : *document;
  ParsedTable unit;
  unit.kind = ParsedTable::Kind::kUnit;
  unit.name = "本单位";
  unit.total = Dec("75.71");
  unit.first_row = 10;
  unit.last_row = 14;
  ParsedTable project;
  project.name = "丝绸之路国际展会服务";
  project.total = Dec("20");
  project.other = Dec("3");
  project.first_row = 15;
  project.last_row = 20;
  read.tables = {unit, project};
  Source source;
  source.text = true;
  for (const std::string& line : lines) {
    Row& added = source.rows.emplace_back();
    added.number = added.line = row++;
    added.text = line;
  }
  CrossCheck(source, &read);
  std::vector<std::string> codes;
  for (const Finding& finding : read.findings) codes.push_back(finding.code);
  return codes;
}

std::vector<std::string> Told(const std::string& line, int row, ParsedDocument* document = nullptr) {
  return Told(std::vector<std::string>{line}, row, document);
}

TEST(CrossChecks, ATotalThatIsOffByARoundingIsTold) {
  EXPECT_THAT(Told("收入预算 75.72 万元", kBefore), ElementsAre("FIGURE_DISAGREES"));
  EXPECT_THAT(Told("收入预算 75.76 万元", kBefore), ElementsAre("FIGURE_DISAGREES")) << "by exactly 0.05";
  EXPECT_THAT(Told("收入预算 75.66 万元", kBefore), ElementsAre("FIGURE_DISAGREES")) << "by exactly 0.05";
  EXPECT_THAT(Told("收入预算 75.761 万元", kBefore), IsEmpty()) << "another figure";
  EXPECT_THAT(Told("收入预算 75.659 万元", kBefore), IsEmpty());
  EXPECT_THAT(Told("收入预算 75.71 万元", kBefore), IsEmpty());
  EXPECT_THAT(Told("收入预算 175.72 万元", kBefore), IsEmpty()) << "digits within a number are none";
  EXPECT_THAT(Told("收入预算 75.72 万元", kInside), IsEmpty()) << "the table's own rows";
  EXPECT_THAT(Told("75.72，又 75.73", kBefore), ElementsAre("FIGURE_DISAGREES")) << "told once";
  EXPECT_THAT(Told({"收入预算 75.72 万元", "支出预算 75.72 万元", "总计 75.7 万元"}, kBefore),
              ElementsAre("FIGURE_DISAGREES"))
      << "once for the document, not for every line";
  ParsedDocument document;
  Told("收入预算 75.72 万元", kBefore, &document);
  EXPECT_EQ(document.findings[0].understood, "75.72 ≠ 75.71");
  EXPECT_EQ(document.findings[0].raw, "75.72");
}

TEST(CrossChecks, AnnouncedProjectsAreCounted) {
  EXPECT_THAT(Told("当年财政拨款项目 1 个", kBefore), IsEmpty());
  EXPECT_THAT(Told("当年财政拨款项目 2 个", kBefore), ElementsAre("ANNOUNCED_COUNT"));
  EXPECT_THAT(Told("当年财政拨款项目 0 个；当年非财政拨款项目 1 个", kBehind), IsEmpty())
      << "both kinds together";
  EXPECT_THAT(Told("当年财政拨款项目 1 个；当年非财政拨款项目 1 个", kBehind),
              ElementsAre("ANNOUNCED_COUNT"));
  EXPECT_THAT(Told("当年财政拨款项目 2 个", kInside), IsEmpty());
}

TEST(CrossChecks, MoneyCarriedOverBelongsToTheProjectThatIsNamed) {
  EXPECT_THAT(Told("“丝绸之路国际展会”中 4 万元为上年结转资金", kBehind), ElementsAre("FIGURE_DISAGREES"))
      << "eight characters of its name";
  EXPECT_THAT(Told("“丝绸之路国际展”中 4 万元为上年结转资金", kBehind), IsEmpty()) << "seven are too few";
  EXPECT_THAT(Told("“丝绸之路国际展会”中 3 万元为上年结转资金", kBehind), IsEmpty());
  EXPECT_THAT(Told("“丝绸之路国际展会”中 4 万元为上年结转资金", kBefore), IsEmpty())
      << "only behind the tables";
  EXPECT_THAT(Told("“丝绸之路国际展会”中 4 万元为其他", kBehind), IsEmpty());
  ParsedDocument document;
  Told("“丝绸之路国际展会”中 4 万元为上年结转资金", kBehind, &document);
  EXPECT_EQ(document.findings[0].understood, "4.00 ≠ 3.00");
  EXPECT_EQ(document.findings[0].place.table, 2);
}

}  // namespace
}  // namespace attain::importing
