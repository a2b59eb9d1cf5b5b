#include "clients/cli/show/question_printer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace attain::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

class QuestionPrinter : public testing::Test {
 protected:
  Context Speak(Language language) {
    return *Context::Make(*Args::Parse({"diff", "p1"}, language), language, &out_, Style(), &err_, false);
  }

  std::ostringstream out_, err_;
};

TEST_F(QuestionPrinter, ADifferenceByCause) {
  v1::DiffScoresResponse diff;
  diff.set_from_revision(120);
  diff.mutable_read()->set_revision(140);
  diff.set_score_before("88.00");
  diff.set_grade_before("良");
  diff.set_score_after("90.00");
  diff.set_grade_after("优");
  diff.set_points("2.00");
  v1::ScoreDifference* part = diff.add_parts();
  part->set_cause(v1::DIFFERENCE_CAUSE_REPORTS);
  part->set_points("2.58");
  part->set_exact("31/12");
  part->add_revisions(121);
  part->add_revisions(139);
  part->set_revision_count(2);
  part = diff.add_parts();
  part->set_cause(v1::DIFFERENCE_CAUSE_REVIEW);
  part->set_points("-0.58");
  part->set_exact("-7/12");
  part->add_revisions(140);
  part->set_revision_count(25);
  PrintDifference(Speak(Language::kChinese), "units/u/tables/p1", diff);
  EXPECT_EQ(out_.str(),
            "u/p1   第 120 → 140 次记录\n"
            "得分 88.00 良 → 90.00 优   相差 +2.00 分\n"
            "\n"
            "原因   得分  精确值  记录\n"
            "上报  +2.58   31/12  121 139\n"
            "复核  -0.58   -7/12  140 ……共 25 次\n");
}

TEST_F(QuestionPrinter, NoDifferenceSaysSo) {
  v1::DiffScoresResponse diff;
  diff.set_score_after("0.00");
  diff.set_points("0.00");
  PrintDifference(Speak(Language::kEnglish), "units/u", diff);
  EXPECT_THAT(out_.str(), HasSubstr("Score – → 0.00   difference 0.00\nNothing changed in between.\n"));
}

TEST_F(QuestionPrinter, ASimulationShowsBothStatesAndTheUnit) {
  v1::SimulateScoreResponse response;
  response.mutable_score_now()->set_name("units/u/tables/p1");
  response.mutable_score_now()->set_score("58.49");
  *response.mutable_score() = response.score_now();
  response.mutable_score()->set_score("93.99");
  response.mutable_score()->set_grade("优");
  response.mutable_unit_score()->set_display_name("博览局");
  response.mutable_unit_score()->set_score("80.00");
  response.mutable_unit_score()->set_final_score("81.20");
  response.mutable_unit_score()->set_final_grade("良");
  response.mutable_unit_score_now()->set_score("70.10");
  PrintSimulation(Speak(Language::kEnglish), response);
  EXPECT_THAT(out_.str(), HasSubstr("58.49"));
  EXPECT_THAT(out_.str(), HasSubstr("93.99 优"));
  EXPECT_THAT(out_.str(), HasSubstr("\nUnit 博览局: 70.10 → 81.20 良\n"));
}

TEST_F(QuestionPrinter, ASolutionListsValuesLossesAndTheDay) {
  v1::SolveForScoreResponse response;
  response.set_reachable(true);
  response.set_needed("90.00");
  response.set_score("90.03");
  response.set_cost("0.3667");
  response.set_spent("33.5");
  response.set_too_late_from("2024-09-14");
  v1::AssumedValue* value = response.add_values();
  value->set_indicator("units/u/tables/p1/indicators/i2");
  value->set_value("29");
  value->set_value_now("20 个");
  value->set_gained("3.00");
  value = response.add_values();
  value->set_indicator("units/u/tables/p1/indicators/i7");
  value->set_value("达成年度指标");
  value->set_score("35.5");
  value->set_gained("35.50");
  v1::OutOfReach* lost = response.add_out_of_reach();
  lost->set_indicator("units/u/tables/p1/indicators/i3");
  lost->set_display_name("投诉");
  lost->set_points("3.33");
  lost->set_reason("累计 4 已超过指标值 3，只增不减");
  v1::Table declared;
  v1::Indicator* row = declared.add_indicators();
  row->set_name("units/u/tables/p1/indicators/i2");
  row->set_display_name("参展企业");
  row->mutable_target()->set_value("30");
  row->mutable_target()->set_unit("个");
  row = declared.add_indicators();
  row->set_name("units/u/tables/p1/indicators/i7");
  row->set_display_name("带动效益");
  row->mutable_target()->set_text("有效提高");
  PrintSolution(Speak(Language::kChinese), declared, response);
  EXPECT_EQ(out_.str(),
            "达到 90.00 分：最省的改法使总分为 90.03（代价 0.3667 个目标）。\n"
            "\n"
            "编号  指标       现在        需达到  得分    增加\n"
            "i2    参展企业  20 个         29 个         +3.00\n"
            "i7    带动效益      –  达成年度指标  35.5  +35.50\n"
            "\n"
            "支出达到 33.5 万元\n"
            "\n"
            "已不可能得到的分数\n"
            "编号  指标  分数  原因\n"
            "i3    投诉  3.33  累计 4 已超过指标值 3，只增不减\n"
            "\n"
            "若工作停顿，按目前进度从 2024-09-14 起重新开始就来不及了。\n");
}

TEST_F(QuestionPrinter, OutOfReachAndReachedAlready) {
  v1::SolveForScoreResponse response;
  response.set_needed("90.00");
  response.set_possible("87.10");
  response.set_too_late(true);
  PrintSolution(Speak(Language::kEnglish), {}, response);
  EXPECT_EQ(out_.str(),
            "90.00 is out of reach: 87.10 is the most that is possible.\n\n"
            "At the pace so far it is missed at the end of the year.\n");
  out_.str("");
  response.set_reachable(true);
  response.set_too_late(false);
  response.set_score("91.00");
  PrintSolution(Speak(Language::kEnglish), {}, response);
  EXPECT_EQ(out_.str(), "Reached already: the total is 91.00, needed are 90.00.\n");
}

}  // namespace
}  // namespace attain::cli
