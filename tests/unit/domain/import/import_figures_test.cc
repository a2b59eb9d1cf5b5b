// What was reached and spent comes in from forms and lists: matched by name, judged like reports, told where
// it is left out, and all of one document in one commit.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::SizeIs;

constexpr char kRows[] =
    "产出指标\t数量指标\t培训场次\t≥12 场\t13 场\t20\t20\t\n"
    "产出指标\t数量指标\t培训人次\t≥600 人次\t588 人次\t20\t19.6\t线上人次未计入\n"
    "产出指标\t质量指标\t合格率\t≥95%\t96.4%\t10\t10\t\n"
    "产出指标\t时效指标\t发放时间\t11月底前\t11月20日\t10\t10\t\n"
    "效益指标\t社会效益指标\t知晓程度\t明显提升\t达成年度指标\t20\t19\t\n"
    "满意度指标\t服务对象满意度指标\t满意度\t≥90%\t93%\t10\t10\t\n";
constexpr char kMoney[] =
    "项目资金（万元）\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n年度资金总额\t50.00\t48."
    "00\t45.60\t10\t95%\t9.50\n";

std::string Form(const std::string& rows = kRows, const std::string& project = "培训项目",
                 const std::string& foot = "总分\t\t\t\t\t100\t98.10\t等级：优\n",
                 const std::string& actual = "实际完成值", const std::string& money = kMoney) {
  return absl::StrCat("项目支出绩效自评表\n（2024年度）\n项目名称\t", project, "\n实施单位\t甲中心\n", money,
                      "一级指标\t二级指标\t三级指标\t年度指标值\t", actual,
                      "\t分值\t得分\t偏差原因分析及改进措施\n", rows, foot);
}

class ImportFigures : public EngineFixture {
 protected:
  void SetUp() override {
    Open();
    v1::ImportDocumentRequest request;
    request.set_content(Form());
    request.set_goal(v1::IMPORT_GOAL_APPROVE);
    const auto response = Do<v1::ImportDocumentResponse>(request);
    ASSERT_THAT(response.tables(), SizeIs(1));
    ASSERT_EQ(response.tables(0).state(), v1::TABLE_STATE_APPROVED) << response.DebugString();
    table_ = response.tables(0).name();
  }

  v1::ImportDocumentRequest Request(const std::string& content,
                                    v1::DocumentUse use = v1::DOCUMENT_USE_SELF_EVALUATION) {
    v1::ImportDocumentRequest request;
    request.set_content(content);
    request.set_use(use);
    request.set_file_name("form.txt");
    return request;
  }

  v1::ImportDocumentResponse Dry(v1::ImportDocumentRequest request) {
    request.mutable_write()->set_validate_only(true);
    return Do<v1::ImportDocumentResponse>(request);
  }

  static std::multiset<std::string> Codes(const v1::ImportDocumentResponse& response) {
    std::multiset<std::string> codes;
    for (const v1::Finding& finding : response.findings()) codes.insert(finding.code());
    return codes;
  }

  static const v1::Finding& Find(const v1::ImportDocumentResponse& response, const std::string& code) {
    for (const v1::Finding& finding : response.findings()) {
      if (finding.code() == code) return finding;
    }
    ADD_FAILURE() << "no finding " << code << "\n" << response.DebugString();
    static const v1::Finding& none = *new v1::Finding();
    return none;
  }

  static std::vector<std::string> Values(const v1::ImportDocumentResponse& response) {
    std::vector<std::string> values;
    for (const v1::ImportedActual& actual : response.actuals())
      values.push_back(
          absl::StrCat(actual.display_name(), " ", actual.value(), " ", actual.date(), " ", actual.score()));
    return values;
  }

  size_t ReportsOf(const std::string& row) {
    v1::ListActualsRequest request;
    request.set_parent(absl::StrCat(table_, "/indicators/", row));
    return static_cast<size_t>(Ask<v1::ListActualsResponse>(request).actuals_size());
  }

  std::string table_;
};

TEST_F(ImportFigures, ASelfEvaluationIsRecordedWholeWithItsScoresBesideOurs) {
  const auto response = Do<v1::ImportDocumentResponse>(Request(Form()));
  EXPECT_THAT(Values(response),
              ElementsAre("培训场次 13 场 2024-12-31 20.00", "培训人次 588 人次 2024-12-31 19.60",
                          "合格率 96.4% 2024-12-31 10.00", "发放时间 11月20日 2024-12-31 10.00",
                          "知晓程度 达成年度指标 2024-12-31 19.00", "满意度 93% 2024-12-31 10.00"));
  ASSERT_THAT(response.spending(), SizeIs(1));
  EXPECT_EQ(response.spending(0).spent(), "45.6");
  EXPECT_EQ(response.spending(0).adjusted_budget(), "48");
  ASSERT_THAT(response.scores(), SizeIs(1));
  EXPECT_EQ(response.scores(0).typed_points(), "88.60");
  EXPECT_EQ(response.scores(0).points(), "88.60");
  EXPECT_EQ(response.scores(0).typed_score(), "98.10");
  EXPECT_EQ(response.scores(0).score().score(), "98.10");
  EXPECT_EQ(response.scores(0).differing(), 0);
  EXPECT_THAT(Codes(response), Not(Contains("SCORE_DIFFERS")));
  EXPECT_THAT(Codes(response), IsSupersetOf({"DATE_ASSUMED", "ACTUAL_IS_DATE"}));
  EXPECT_THAT(Codes(response), Not(Contains("ACTUALS_NOT_TAKEN")));
  EXPECT_GT(response.commit().revision(), 0);
  EXPECT_EQ(ScoreOf(table_).score(), "98.10");
  EXPECT_EQ(ScoreOf(table_).indicators(1).reason(), "线上人次未计入");
}

TEST_F(ImportFigures, TheSameFormAgainIsToldAndNotDoubled) {
  const auto first = Do<v1::ImportDocumentResponse>(Request(Form()));
  const std::string before = *store().ContentDigest();
  const auto again = Do<v1::ImportDocumentResponse>(Request(Form()));
  EXPECT_EQ(again.already_recorded(), 7);
  EXPECT_THAT(Codes(again), Contains("ALREADY_RECORDED").Times(7));
  EXPECT_EQ(*store().ContentDigest(), before);
  EXPECT_EQ(ReportsOf("i1"), 1U);
  // One value changed: it alone is recorded.
  const auto third =
      Do<v1::ImportDocumentResponse>(Request(absl::StrReplaceAll(Form(), {{"588 人次", "590 人次"}})));
  EXPECT_EQ(third.already_recorded(), 6);
  EXPECT_EQ(ReportsOf("i2"), 2U);
  EXPECT_EQ(ReportsOf("i1"), 1U);
}

TEST_F(ImportFigures, ADryRunShowsEverythingAndWritesNothing) {
  const std::string before = *store().ContentDigest();
  const auto response = Dry(Request(Form()));
  EXPECT_THAT(response.actuals(), SizeIs(6));
  EXPECT_EQ(response.scores(0).score().score(), "98.10");
  EXPECT_EQ(*store().ContentDigest(), before);
}

TEST_F(ImportFigures, ARowWithoutACounterpartHoldsTheDocumentUpUntilItIsAccepted) {
  const std::string form = absl::StrReplaceAll(Form(), {{"培训场次", "培训场次数"}});
  const auto dry = Dry(Request(form));
  const v1::Finding& unmatched = Find(dry, "ACTUAL_UNMATCHED");
  EXPECT_EQ(unmatched.severity(), v1::SEVERITY_ERROR);
  EXPECT_EQ(unmatched.understood(), "培训场次") << "the nearest name";
  EXPECT_EQ(unmatched.row(), 1);
  EXPECT_EQ(unmatched.points(), "20");
  EXPECT_GT(unmatched.line(), 0);
  EXPECT_EQ(Find(dry, "INDICATOR_NOT_IN_FORM").indicator_name(), "培训场次");
  EXPECT_THAT(dry.actuals(), SizeIs(5));
  const std::string before = *store().ContentDigest();
  v1::ImportDocumentResponse response;
  v1::ImportDocumentRequest request = Request(form);
  EXPECT_EQ(ReasonOf(Try(request, &response)), v1::ERROR_REASON_CONFIRMATION_REQUIRED);
  EXPECT_EQ(*store().ContentDigest(), before) << "all or nothing";
  request.mutable_write()->add_accept_findings("ACTUAL_UNMATCHED");
  response = Do<v1::ImportDocumentResponse>(request);
  EXPECT_THAT(response.actuals(), SizeIs(5));
  EXPECT_EQ(Find(response, "ACTUAL_UNMATCHED").severity(), v1::SEVERITY_WARNING);
  EXPECT_EQ(ReportsOf("i1"), 0U);
}

TEST_F(ImportFigures, WhatAReportRefusesIsToldWithItsWordsAndPlace) {
  const auto refused = [&](const std::string& from, const std::string& to) {
    return Find(Dry(Request(absl::StrReplaceAll(Form(), {{from, to}}))), "ACTUAL_REFUSED");
  };
  EXPECT_THAT(refused("13 场", "13 公里").message(), HasSubstr("公里"));
  EXPECT_EQ(refused("96.4%", "很好").indicator_name(), "合格率");
  EXPECT_THAT(refused("达成年度指标", "不错").message(), HasSubstr("达成年度指标"))
      << "the levels are listed";
  EXPECT_EQ(refused("11月20日", "第四季度").raw(), "第四季度") << "may be before and after the deadline";
}

TEST_F(ImportFigures, SlipsAreHeldUpLikeThoseOfReports) {
  const auto response =
      Dry(Request(absl::StrReplaceAll(Form(), {{"96.4%", "0.964"}, {"588 人次", "588 万人次"}})));
  EXPECT_EQ(Find(response, "VALUE_IS_FRACTION").row(), 3);
  EXPECT_EQ(Find(response, "VALUE_IS_FRACTION").severity(), v1::SEVERITY_ERROR);
  EXPECT_EQ(Find(response, "VALUE_TEN_THOUSAND_TIMES").row(), 2);
  v1::ImportDocumentResponse none;
  const absl::Status status = Try(Request(absl::StrReplaceAll(Form(), {{"96.4%", "0.964"}})), &none);
  EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_CONFIRMATION_REQUIRED);
  EXPECT_THAT(MessageOf(status, "en"), HasSubstr("VALUE_IS_FRACTION"));
  EXPECT_EQ(ReportsOf("i1"), 0U);
}

TEST_F(ImportFigures, TheDayComesFromTheRequestTheHeaderOrTheDocument) {
  const auto day = [&](const std::string& form, const std::string& date = "") {
    v1::ImportDocumentRequest request = Request(form, v1::DOCUMENT_USE_ACTUALS);
    request.set_date(date);
    const auto response = Dry(request);
    return response.actuals_size() > 0 ? response.actuals(0).date()
                                       : Find(response, "ACTUAL_REFUSED").message();
  };
  EXPECT_EQ(day(Form(), "2024-09-30"), "2024-09-30");
  EXPECT_EQ(day(Form(kRows, "培训项目", "填表日期：2024年12月20日\n")), "2024-12-20");
  EXPECT_EQ(day(Form(kRows, "培训项目", "填表日期：2025年1月15日\n")), "2024-12-31") << "outside the year";
  EXPECT_EQ(day(Form(kRows, "培训项目", "填表日期：2024年8月5日\n", "1-7月执行情况")), "2024-07-31");
  EXPECT_EQ(day(Form(kRows, "培训项目", "", "1—9月完成情况")), "2024-09-30");
  EXPECT_EQ(day(Form(kRows, "培训项目", "", "截至7月底完成情况")), "2024-07-31");
  EXPECT_THAT(day(Form(), "2025-03-01"), HasSubstr("2024"));
}

TEST_F(ImportFigures, ScoresThatDifferAreToldRowByRow) {
  const auto response = Dry(Request(
      absl::StrReplaceAll(Form(), {{"\t19.6\t", "\t20\t"}, {"98.10", "98.50"}, {"等级：优", "等级：良"}})));
  const v1::Finding& row = Find(response, "SCORE_DIFFERS");
  EXPECT_EQ(row.indicator_name(), "");
  EXPECT_EQ(response.scores(0).differing(), 1);
  EXPECT_THAT(Codes(response), Contains("SCORE_DIFFERS").Times(2));
  for (const v1::Finding& finding : response.findings()) {
    if (finding.code() != "SCORE_DIFFERS" || finding.row() == 0) continue;
    EXPECT_EQ(finding.row(), 2);
    EXPECT_EQ(finding.points(), "0.4");
    EXPECT_EQ(finding.understood(), "19.60");
  }
  EXPECT_EQ(Find(response, "GRADE_DIFFERS").raw(), "良");
  // A form's own rounding is no difference.
  EXPECT_THAT(
      Codes(Dry(Request(absl::StrReplaceAll(Form(), {{"588 人次", "589 人次"}, {"98.10", "98.13"}})))),
      Not(Contains("SCORE_DIFFERS")));
}

TEST_F(ImportFigures, ADateBehindTheDeadlineIsNotMet) {
  const auto response = Dry(Request(absl::StrReplaceAll(Form(), {{"11月20日", "12月3日"}})));
  EXPECT_EQ(Find(response, "ACTUAL_IS_DATE").understood(), "否");
  EXPECT_EQ(response.actuals(3).score(), "0.00");
}

TEST_F(ImportFigures, AnEmptyActualIsToldAndTheOthersAreRecorded) {
  const auto response =
      Do<v1::ImportDocumentResponse>(Request(absl::StrReplaceAll(Form(), {{"\t13 场\t", "\t—\t"}})));
  EXPECT_EQ(Find(response, "ACTUAL_MISSING").points(), "20");
  EXPECT_THAT(response.actuals(), SizeIs(5));
}

TEST_F(ImportFigures, ATableIsFoundByUnitNameAndYearOrTold) {
  EXPECT_THAT(Find(Dry(Request(Form(kRows, "培训项目（本级）"))), "TABLE_UNMATCHED").understood(),
              HasSubstr("培训项目"));
  EXPECT_THAT(Dry(Request(Form(kRows, "培训 项目"))).actuals(), SizeIs(6)) << "names are folded";
  EXPECT_THAT(Dry(Request(absl::StrReplaceAll(Form(), {{"2024", "2023"}}))).actuals(), IsEmpty());
  // The unit is not known: the table is found when one alone has the name.
  EXPECT_THAT(Dry(Request(absl::StrReplaceAll(Form(), {{"甲中心", "乙中心"}}))).actuals(), SizeIs(6));
  v1::ImportDocumentRequest second;
  second.set_content(Form());
  second.set_unit("units/second");
  second.set_goal(v1::IMPORT_GOAL_APPROVE);
  Do<v1::ImportDocumentResponse>(second);
  EXPECT_THAT(Codes(Dry(Request(absl::StrReplaceAll(Form(), {{"甲中心", "丙中心"}})))),
              Contains("TABLE_AMBIGUOUS"));
  v1::ImportDocumentRequest named = Request(absl::StrReplaceAll(Form(), {{"甲中心", "丙中心"}}));
  named.set_unit("units/second");
  EXPECT_THAT(Dry(named).actuals(0).indicator(), HasSubstr("units/second/"));
  v1::ImportDocumentResponse none;
  EXPECT_EQ(ReasonOf(Try(Request("只有文字\n"), &none)), v1::ERROR_REASON_UNREADABLE_DOCUMENT);
}

TEST_F(ImportFigures, ADraftTakesNoFigures) {
  v1::ImportDocumentRequest draft;
  draft.set_content(Form(kRows, "乙项目"));
  Do<v1::ImportDocumentResponse>(draft);
  EXPECT_THAT(Codes(Dry(Request(Form(kRows, "乙项目")))), Contains("TABLE_NOT_IN_FORCE"));
}

TEST_F(ImportFigures, SpendingAloneTakesNoActuals) {
  const auto response = Do<v1::ImportDocumentResponse>(Request(Form(), v1::DOCUMENT_USE_SPENDING));
  EXPECT_THAT(response.actuals(), IsEmpty());
  EXPECT_THAT(response.spending(), SizeIs(1));
  EXPECT_EQ(ReportsOf("i1"), 0U);
  EXPECT_EQ(ScoreOf(table_).execution_rate(), "95.00");
}

TEST_F(ImportFigures, AListNamesItsIndicatorsByIdOrName) {
  const std::string list =
      absl::StrCat("指标,实际完成值,日期,项目,说明,联络\n", table_,
                   "/indicators/i1,13 场,2024-06-30,,,\n培训人次,588,45565,培训项目,线上,\n",
                   absl::StrReplaceAll(table_, {{"units/", ""}, {"/tables/", "/"}}),
                   "/i3,96.4%,2024/9/30,,,见附件\n满意度,93%,,,,\n");
  const auto response = Do<v1::ImportDocumentResponse>(Request(list, v1::DOCUMENT_USE_ACTUALS));
  EXPECT_THAT(Values(response),
              ElementsAre("培训场次 13 场 2024-06-30 20.00", "培训人次 588 2024-09-30 19.60",
                          "合格率 96.4% 2024-09-30 10.00", "满意度 93% 2024-12-31 10.00"));
  EXPECT_THAT(Codes(response), IsSupersetOf({"DATE_FROM_SERIAL", "DATE_ASSUMED", "LIST_COLUMN_UNKNOWN"}));
  EXPECT_EQ(Find(response, "LIST_COLUMN_UNKNOWN").raw(), "见附件");
  EXPECT_EQ(response.ledger().outside(), 0);
}

TEST_F(ImportFigures, LinesOfAListThatCannotBeRecordedHoldItUp) {
  const std::string list =
      "指标名称\t完成值\t项目名称\n培训场次\t13\t培训项目\n培训人数\t588\t培训项目\n合格率\t\t培训项目\n满意"
      "度\t93%\t无此项目\n";
  const auto dry = Dry(Request(list, v1::DOCUMENT_USE_ACTUALS));
  EXPECT_THAT(Codes(dry), IsSupersetOf({"ACTUAL_UNMATCHED", "LIST_LINE_INCOMPLETE", "TABLE_UNMATCHED"}));
  EXPECT_EQ(Find(dry, "ACTUAL_UNMATCHED").understood(), "培训人次");
  EXPECT_THAT(dry.actuals(), SizeIs(1));
  v1::ImportDocumentRequest request = Request(list, v1::DOCUMENT_USE_ACTUALS);
  v1::ImportDocumentResponse response;
  EXPECT_EQ(ReasonOf(Try(request, &response)), v1::ERROR_REASON_CONFIRMATION_REQUIRED);
  for (const char* code : {"ACTUAL_UNMATCHED", "LIST_LINE_INCOMPLETE", "TABLE_UNMATCHED"})
    request.mutable_write()->add_accept_findings(code);
  EXPECT_THAT(Do<v1::ImportDocumentResponse>(request).actuals(), SizeIs(1));
}

TEST_F(ImportFigures, AListOfSpendingIsConvertedByItsHeader) {
  const auto response = Do<v1::ImportDocumentResponse>(
      Request("项目,支出（元）,全年预算数,日期\n培训项目,456000,48,2024-12-20\n", v1::DOCUMENT_USE_SPENDING));
  ASSERT_THAT(response.spending(), SizeIs(1));
  EXPECT_EQ(response.spending(0).spent(), "45.6");
  EXPECT_EQ(response.spending(0).adjusted_budget(), "48");
  EXPECT_EQ(response.spending(0).date(), "2024-12-20");
  EXPECT_THAT(Codes(response), Contains("UNIT_CONVERTED"));
}

TEST_F(ImportFigures, TheSameTargetTableIsComparedAndNotDoubled) {
  v1::ImportDocumentRequest request;
  request.set_content(Form());
  const auto same = Do<v1::ImportDocumentResponse>(request);
  EXPECT_THAT(same.tables(), IsEmpty());
  EXPECT_THAT(same.existing_tables(), ElementsAre(table_));
  EXPECT_THAT(Find(same, "TABLE_EXISTS").message(), HasSubstr("Its rows are the same"));
  EXPECT_THAT(Codes(same), Not(Contains("TABLE_ROW_DIFFERS")));
  request.set_content(absl::StrReplaceAll(Form(), {{"≥600 人次", "≥650 人次"},
                                                   {"满意度\t≥90%\t93%\t10", "满意率\t≥90%\t93%\t10"},
                                                   {"培训项目", "培训 项目"}}));
  const auto other = Do<v1::ImportDocumentResponse>(request);
  EXPECT_THAT(other.tables(), IsEmpty());
  EXPECT_THAT(Codes(other), Contains("TABLE_ROW_DIFFERS").Times(3));
  EXPECT_THAT(Find(other, "TABLE_ROW_DIFFERS").message(), HasSubstr("满意度"))
      << "the row that the document lacks has no place";
  EXPECT_EQ(Find(other, "TABLE_EXISTS").severity(), v1::SEVERITY_WARNING);
}

TEST_F(ImportFigures, ASecondCopyWithinADocumentIsToldToo) {
  v1::ImportDocumentRequest request;
  request.set_content(absl::StrCat(Form(kRows, "丙项目"), "\n", Form(kRows, "丙项目")));
  const auto response = Do<v1::ImportDocumentResponse>(request);
  EXPECT_THAT(response.tables(), SizeIs(1));
  EXPECT_EQ(Find(response, "TABLE_TWICE").table(), 2);
  EXPECT_THAT(response.existing_tables(), IsEmpty());
  const auto figures = Dry(Request(absl::StrCat(Form(), "\n", Form())));
  EXPECT_EQ(Find(figures, "TABLE_TWICE").table(), 2);
  EXPECT_THAT(figures.actuals(), SizeIs(6));
}

}  // namespace
}  // namespace attain::engine
