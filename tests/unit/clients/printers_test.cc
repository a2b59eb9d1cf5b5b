#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "clients/cli/commands/tables/table_list.h"
#include "clients/cli/show/explanation_printer.h"
#include "clients/cli/show/finding_printer.h"
#include "clients/cli/show/score_printer.h"
#include "clients/cli/terminal/width.h"

namespace attain::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

class Printers : public testing::Test {
 protected:
  Context Speak(Language language) {
    return *Context::Make(*Args::Parse({"score", "p1"}, language), language, &out_, Style(), &err_, false);
  }

  std::ostringstream out_, err_;
};

v1::Score SampleScore() {
  v1::Score score;
  score.set_name("units/u/tables/p1");
  score.set_display_name("展会经费");
  score.set_status(v1::SCORE_STATUS_SCORED);
  score.set_score("58.49");
  score.set_sure("90.49");
  score.set_possible("98.49");
  score.set_grade("差");
  score.set_light(v1::WARNING_LIGHT_RED);
  score.set_indicator_points("50.00");
  score.set_execution_points("8.49");
  score.set_execution_rate("84.91");
  score.set_spent("30");
  score.set_adjusted_budget("35.33");
  score.set_fiscal_year(2024);
  score.set_indicator_count(3);
  score.set_reported_count(2);
  score.set_unscored_count(1);
  v1::IndicatorScore* row = score.add_indicators();
  row->set_name("units/u/tables/p1/indicators/i1");
  row->set_display_name("参展次数");
  row->set_status(v1::SCORE_STATUS_SCORED);
  row->set_target("≥4 次");
  row->set_actual("3 次");
  row->set_weight("10");
  row->set_score("7.50");
  row->set_sure("7.50");
  row->set_possible("7.50");
  row->set_completion("75.00");
  row->add_flags(v1::SCORE_FLAG_REASON_REQUIRED);
  row = score.add_indicators();
  row->set_name("units/u/tables/p1/indicators/i2");
  row->set_display_name("带动效益");
  row->set_status(v1::SCORE_STATUS_UNREPORTED);
  row->set_target("有效提高");
  row->set_weight("40");
  row->set_sure("0.00");
  row->set_possible("40.00");
  return score;
}

TEST_F(Printers, ScoreHeaderSaysEverythingInChinese) {
  PrintScoreHeader(Speak(Language::kChinese), SampleScore());
  EXPECT_EQ(out_.str(),
            "展会经费   u/p1   2024\n"
            "得分 58.49 差   最低–最高可得 90.49–98.49   自评预警 红\n"
            "指标得分 50.00   执行得分 8.49   执行率 84.91%（支出 30 / 预算 35.33 万元）\n"
            "已上报 2/3   待评分 1\n");
}

TEST_F(Printers, ScoreRowsLineUp) {
  PrintIndicatorRows(Speak(Language::kChinese), SampleScore());
  EXPECT_EQ(out_.str(),
            "\n"
            "编号  指标      指标值    实际完成值  分值  得分  最低–最高可得  完成率  备注\n"
            "i1    参展次数  ≥4 次     3 次          10  7.50           7.50  75.00%  须说明原因\n"
            "i2    带动效益  有效提高                40           0.00–40.00          未上报\n");
}

TEST_F(Printers, AGivenReasonIsNoLongerWanted) {
  v1::Score score = SampleScore();
  score.mutable_indicators(0)->set_reason("改为线上");
  PrintIndicatorRows(Speak(Language::kChinese), score);
  EXPECT_THAT(out_.str(), Not(HasSubstr("须说明原因")));
}

TEST_F(Printers, OneIndicatorInEnglish) {
  PrintIndicator(Speak(Language::kEnglish), SampleScore().indicators(0));
  EXPECT_EQ(out_.str(),
            "参展次数   u/p1/i1\n"
            "Target ≥4 次   Actual 3 次   Reached 75.00%\n"
            "Score 7.50 / 10   Sure–possible 7.50   reason required\n");
}

TEST_F(Printers, TablesWithoutWeightsSaySoAndHaveNoRank) {
  v1::Score plain;
  plain.set_name("units/u/tables/unit");
  plain.set_status(v1::SCORE_STATUS_UNWEIGHTED);
  plain.set_light(v1::WARNING_LIGHT_NONE);
  google::protobuf::RepeatedPtrField<v1::Score> scores;
  *scores.Add() = SampleScore();
  *scores.Add() = plain;
  PrintScoreList(Speak(Language::kEnglish), scores);
  EXPECT_THAT(out_.str(), HasSubstr("\n   1  u/p1"));
  EXPECT_THAT(out_.str(), HasSubstr("\n      u/unit")) << "no rank";
  EXPECT_THAT(out_.str(), HasSubstr("no weights"));
}

TEST_F(Printers, FindingsThatSayTheSameAreGathered) {
  google::protobuf::RepeatedPtrField<v1::Finding> findings;
  for (int row = 1; row <= 2; ++row) {
    v1::Finding* finding = findings.Add();
    finding->set_severity(v1::SEVERITY_WARNING);
    finding->set_code("BASIS_MISMATCH");
    finding->set_table(2);
    finding->set_table_name("展会");
    finding->set_row(row);
    finding->set_indicator_name("参展");
    finding->set_message("依据不符。");
    finding->set_repair("请核对。");
    finding->set_points("10");
  }
  v1::Finding* error = findings.Add();
  error->set_severity(v1::SEVERITY_ERROR);
  error->set_code("WEIGHT_SUM");
  error->set_table(2);
  error->set_message("合计不是 90。");
  error->set_raw("80");
  error->set_understood("80 ≠ 90");
  PrintFindings(Speak(Language::kChinese), findings);
  EXPECT_EQ(out_.str(),
            "  错误  合计不是 90。 [WEIGHT_SUM]\n"
            "        表 2  原文 “80”，理解为 “80 ≠ 90”\n"
            "  警告  依据不符。 请核对。 [BASIS_MISMATCH]\n"
            "        表 2 · 第 1 行 参展 (10 分)\n"
            "        表 2 · 第 2 行 参展 (10 分)\n"
            "发现 3 条：错误 1，警告 2，提示 0\n");
}

TEST_F(Printers, FindingsAreInOrderOfWhatRidesOnThemAndManyPlacesAreFolded) {
  google::protobuf::RepeatedPtrField<v1::Finding> findings;
  const auto add = [&](v1::Severity severity, const std::string& code, const std::string& points) {
    v1::Finding* finding = findings.Add();
    finding->set_severity(severity);
    finding->set_code(code);
    finding->set_message(code);
    finding->set_points(points);
    return finding;
  };
  add(v1::SEVERITY_NOTE, "NOTE", "90");
  add(v1::SEVERITY_WARNING, "SMALL", "9");
  for (int i = 1; i <= 8; ++i) {
    v1::Finding* finding = add(v1::SEVERITY_WARNING, "MANY", "2.5");
    finding->set_sheet("表1");
    finding->set_address(absl::StrCat("G", i));
  }
  add(v1::SEVERITY_ERROR, "PAGE", "")->set_page(3);
  PrintFindings(Speak(Language::kEnglish), findings);
  EXPECT_EQ(out_.str(),
            "  error  PAGE [PAGE]\n        (page 3)\n"
            "  warning  MANY [MANY]\n"
            "        (表1!G1, 2.5 points)\n        (表1!G2, 2.5 points)\n        (表1!G3, 2.5 points)\n"
            "        (表1!G4, 2.5 points)\n        (表1!G5, 2.5 points)\n        … and 3 more\n"
            "  warning  SMALL [SMALL]\n        (9 points)\n"
            "  note  NOTE [NOTE]\n        (90 points)\n"
            "11 findings: 1 error, 9 warnings, 1 note\n");
}

TEST_F(Printers, OneFindingIsNotPlural) {
  google::protobuf::RepeatedPtrField<v1::Finding> findings;
  v1::Finding* finding = findings.Add();
  finding->set_severity(v1::SEVERITY_WARNING);
  finding->set_code("X");
  finding->set_message("odd");
  PrintFindings(Speak(Language::kEnglish), findings);
  EXPECT_THAT(out_.str(), HasSubstr("1 finding: 0 errors, 1 warning, 0 notes\n"));
}

TEST_F(Printers, LongLinesAreBrokenAtTheTerminalsWidth) {
  Context context = *Context::Make(*Args::Parse({"score", "p1"}, Language::kChinese), Language::kChinese,
                                   &out_, Style(false, 60), &err_, false);
  google::protobuf::RepeatedPtrField<v1::Finding> findings;
  findings.Add()->set_message(
      "总体目标写的是四个合作意向协议，而指标只写了两个，请使总体目标与指标一致，或说明原因。");
  PrintScoreHeader(context, SampleScore());
  PrintIndicatorRows(context, SampleScore());
  PrintFindings(context, findings);
  for (const std::string& line : std::vector<std::string>(absl::StrSplit(out_.str(), '\n')))
    EXPECT_LE(DisplayWidth(line), 60) << line;
  EXPECT_THAT(out_.str(), HasSubstr("参展次数"));
  EXPECT_THAT(
      absl::StrReplaceAll(out_.str(), {{"\n", ""}, {" ", ""}}),
      HasSubstr("总体目标写的是四个合作意向协议，而指标只写了两个，请使总体目标与指标一致，或说明原因。"));
  EXPECT_THAT(out_.str(),
              HasSubstr("指标得分 50.00   执行得分 8.49\n执行率 84.91%（支出 30 / 预算 35.33 万元）\n"));
}

TEST_F(Printers, LongReasonsAreBrokenToo) {
  Context context = *Context::Make(*Args::Parse({"score", "p1"}, Language::kChinese), Language::kChinese,
                                   &out_, Style(false, 40), &err_, false);
  v1::IndicatorScore row = SampleScore().indicators(0);
  row.set_reason("因展会改为线上举办，参展企业减少，拟在下半年补办一次线下活动。");
  PrintIndicator(context, row);
  for (const std::string& line : std::vector<std::string>(absl::StrSplit(out_.str(), '\n')))
    EXPECT_LE(DisplayWidth(line), 40) << line;
  EXPECT_THAT(absl::StrReplaceAll(out_.str(), {{"\n", ""}}),
              HasSubstr("偏差原因：因展会改为线上举办，参展企业减少，拟在下半年补办一次线下活动。"));
}

TEST_F(Printers, TheTableLineTellsTheFinalScoreBesideTheSelfScore) {
  v1::Score score = SampleScore();
  score.set_review_count(1);
  score.set_final_score("56.49");
  score.set_final_grade("差");
  PrintTableLine(Speak(Language::kChinese), score);
  EXPECT_EQ(out_.str(),
            "展会经费 (u/p1)   得分 58.49 差   最终 56.49 差   最低–最高可得 90.49–98.49   已上报 2/3\n");
  out_.str("");
  PrintScoreHeader(Speak(Language::kChinese), score);
  EXPECT_THAT(out_.str(), HasSubstr("得分 58.49 差   最终 56.49 差   最低"));
  out_.str("");
  score.set_review_count(0);
  PrintTableLine(Speak(Language::kChinese), score);
  EXPECT_THAT(out_.str(), Not(HasSubstr("最终"))) << "nobody reviewed it";
}

TEST_F(Printers, ColonsAreTheLanguages) {
  v1::IndicatorScore row = SampleScore().indicators(0);
  row.set_reason("改为线上");
  PrintIndicator(Speak(Language::kChinese), row);
  EXPECT_THAT(out_.str(), HasSubstr("偏差原因：改为线上"));
}

TEST_F(Printers, NoFindingsIsAnAnswerToo) {
  PrintFindings(Speak(Language::kEnglish), {});
  EXPECT_EQ(out_.str(), "Nothing was found.\n");
}

TEST_F(Printers, ExplanationsIndentFinerStepsAndNameRevisions) {
  v1::Explanation root;
  root.set_title("走访城市数量");
  root.set_result("7.50");
  v1::Explanation* step = root.add_steps();
  step->set_title("按比例");
  step->set_formula("r2(A / T × W)");
  step->set_worked("3 / 4 × 10 = 7.5");
  v1::ExplanationInput* input = step->add_inputs();
  input->set_symbol("A");
  input->set_value("3");
  input->set_unit("座");
  input->set_meaning("实际完成值");
  input->set_revision(57);
  input->set_date("2024-11-30");
  PrintExplanation(Speak(Language::kChinese), root);
  EXPECT_EQ(out_.str(),
            "走访城市数量  →  7.50\n"
            "  - 按比例\n"
            "      公式  r2(A / T × W)\n"
            "      代入  3 / 4 × 10 = 7.5\n"
            "      A = 3 座  实际完成值  2024-11-30  @57\n");
}

TEST_F(Printers, TableListShowsTheAdjustedBudget) {
  google::protobuf::RepeatedPtrField<v1::Table> tables;
  v1::Table* table = tables.Add();
  table->set_name("units/u/tables/p1");
  table->set_fiscal_year(2024);
  table->set_state(v1::TABLE_STATE_DRAFT);
  table->mutable_budget()->set_total("10");
  table->mutable_budget()->set_adjusted("12.5");
  PrintTableList(Speak(Language::kEnglish), tables);
  EXPECT_THAT(out_.str(), HasSubstr("draft"));
  EXPECT_THAT(out_.str(), HasSubstr("12.5"));
}

}  // namespace
}  // namespace attain::cli
