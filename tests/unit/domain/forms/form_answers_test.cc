// Every field and cell of a printed form stands where it belongs (RULES 10).
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "attain/v1/profile_service.pb.h"
#include "gmock/gmock.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kTable[] = "units/u/tables/t";

std::string Row(int row) {
  return absl::StrCat(kTable, "/indicators/i", row);
}

class FormAnswers : public EngineFixture {
 protected:
  void SetUp() override {
    engine_options.clock = &clock_;  // noon of 15 June 2024 in China
    Open();
  }
  // Two rows, money of two sources, every text set; a department above the unit.
  void Make(const std::function<void(v1::Table*)>& more = [](v1::Table*) {}) {
    v1::CreateUnitRequest office;
    office.set_unit_id("office");
    office.mutable_unit()->set_display_name("主管局");
    Do<v1::CreateUnitResponse>(office);
    v1::CreateUnitRequest unit;
    unit.set_unit_id("u");
    unit.mutable_unit()->set_display_name("甲中心");
    unit.mutable_unit()->set_parent("units/office");
    Do<v1::CreateUnitResponse>(unit);
    MakeTableWith("u", "t", 2, [&](v1::Table* table) {
      table->set_leader("某人");
      table->set_goal("培训人才");
      table->mutable_budget()->set_fiscal("6");
      table->mutable_budget()->set_other("4");
      v1::Indicator* first = table->mutable_indicators(0);
      first->set_prior_value("25");
      first->set_basis("历史标准");
      first->set_evidence("签到表");
      first->mutable_rule()->set_text("按比例");
      table->mutable_indicators(1)->set_prior_text("很好");
      table->mutable_indicators(1)->set_basis("计划标准");
      more(table);
    });
  }
  v1::Form Form(v1::FormKind kind, int month = 0, const std::string& locale = "zh-CN",
                const Past& past = {}) {
    v1::GetFormRequest request;
    request.set_name(kTable);
    request.set_kind(kind);
    if (month != 0) request.set_month(absl::StrFormat("2024-%02d", month));
    *request.mutable_read() = past.read;
    *request.mutable_as_of() = past.as_of;
    v1::GetFormResponse response;
    const absl::Status status = engine().Read(request, &response, {"reader", locale, ""});
    EXPECT_TRUE(status.ok()) << status;
    EXPECT_EQ(response.form().kind(), kind);
    EXPECT_GT(response.read().revision(), 0);
    return response.form();
  }
  static std::string Value(const google::protobuf::RepeatedPtrField<v1::FormField>& fields,
                           const std::string& label) {
    for (const v1::FormField& field : fields) {
      if (field.label() == label) return field.value();
    }
    return "none";
  }
  // "a|b|c" of a row.
  static std::string Cells(const v1::FormGrid& grid, int row) {
    return absl::StrJoin(grid.rows(row).cells(), "|",
                         [](std::string* out, const v1::FormCell& cell) { *out += cell.text(); });
  }
  static std::string Columns(const v1::FormGrid& grid) { return absl::StrJoin(grid.columns(), "|"); }
  // The cell of a row under a header.
  static std::string Cell(const v1::FormGrid& grid, int row, const std::string& column) {
    const auto at = std::find(grid.columns().begin(), grid.columns().end(), column);
    if (at == grid.columns().end()) return "no column";
    return grid.rows(row).cells(static_cast<int>(at - grid.columns().begin())).text();
  }
  std::string ReportWith(int row, const std::string& value, const std::string& date,
                         const std::vector<std::string>& evidence = {}) {
    v1::RecordActualRequest request = ReportRequest(Row(row), value, date);
    request.mutable_report()->set_reason("下雨");
    for (const std::string& text : evidence) request.mutable_report()->add_evidence(text);
    return Do<v1::RecordActualResponse>(request).actual().name();
  }
  void Spend(const std::string& spent, const std::string& adjusted, const std::string& date) {
    v1::RecordSpendingRequest request;
    request.set_parent(kTable);
    request.mutable_spending()->set_spent(spent);
    request.mutable_spending()->set_adjusted_budget(adjusted);
    request.mutable_spending()->set_date(date);
    Do<v1::RecordSpendingResponse>(request);
  }
  template <typename Response, typename Request>
  void Evaluate(const std::function<void(Request*)>& words, const std::string& actor) {
    Request request;
    request.set_name(absl::StrCat(kTable, "/evaluation"));
    request.set_etag(EvaluationOf(kTable).evaluation().etag());
    words(&request);
    Do<Response>(request, actor);
  }
};

TEST_F(FormAnswers, TheTargetTablePrintsWhatWasDeclared) {
  Make();
  const v1::Form form = Form(v1::FORM_KIND_TARGET_TABLE);
  EXPECT_EQ(form.title(), "项目支出绩效目标表");
  EXPECT_EQ(Value(form.head(), "主管部门"), "主管局");
  EXPECT_EQ(Value(form.head(), "预算单位"), "甲中心");
  EXPECT_EQ(Value(form.head(), "项目名称"), "t");
  EXPECT_EQ(Value(form.head(), "预算年度"), "2024");
  EXPECT_EQ(Value(form.head(), "负责人"), "某人");
  EXPECT_EQ(Value(form.head(), "年度预算总额（万元）"), "10.00");
  EXPECT_EQ(Value(form.head(), "其中：财政拨款"), "6.00");
  EXPECT_EQ(Value(form.head(), "其他资金"), "4.00");
  EXPECT_EQ(Value(form.head(), "项目总体目标"), "培训人才");
  EXPECT_EQ(Columns(form.grids(0)),
            "一级指标|二级指标|三级指标|指标值|指标值设置依据|上年完成值|指标分值权重|指标赋分规则|佐证资料");
  EXPECT_EQ(Cells(form.grids(0), 0), "产出|数量|指标1|≥30 个|历史标准|25 个|45|按比例|签到表");
  EXPECT_EQ(Cells(form.grids(0), 1), "效益|社会效益|指标2|≥30 个|计划标准|很好|45|按照正常比例赋分|");
  EXPECT_EQ(Value(form.foot(), "分值合计"), "90");
  EXPECT_EQ(Value(form.foot(), "评分方案"), "national 第 1 版");
  EXPECT_THAT(Value(form.foot(), "目标批准"), HasSubstr("2024-06-15 12:00:00  tester  SHA-256 "));
  EXPECT_THAT(Value(form.foot(), "打印自"), HasSubstr("2024-06-15 12:00:00  SHA-256 "));
}

TEST_F(FormAnswers, AUnitsTableHasTheColumnsThatItFills) {
  Make([](v1::Table* table) {
    table->set_kind(v1::TABLE_KIND_UNIT);
    for (v1::Indicator& row : *table->mutable_indicators()) {
      row.clear_weight();
      row.clear_prior_value();
      row.clear_prior_text();
      row.clear_evidence();
    }
  });
  const v1::Form form = Form(v1::FORM_KIND_TARGET_TABLE);
  EXPECT_EQ(form.title(), "单位整体绩效目标表");
  EXPECT_EQ(Value(form.head(), "项目名称"), "none");
  EXPECT_EQ(Value(form.head(), "年度绩效目标"), "培训人才");
  EXPECT_EQ(Columns(form.grids(0)),
            "一级指标|二级指标|三级指标|指标值|指标值设置依据|指标分值权重|指标赋分规则")
      << "no prior values, no evidence";
  EXPECT_EQ(Value(form.foot(), "分值合计"), "") << "nothing is weighted";
  const v1::Form evaluation = Form(v1::FORM_KIND_SELF_EVALUATION);
  EXPECT_EQ(evaluation.title(), "单位整体绩效自评表");
  EXPECT_EQ(Value(evaluation.foot(), "总分值"), "") << "no weights, no points";
  EXPECT_EQ(Form(v1::FORM_KIND_MONITORING, 6).title(), "单位整体绩效运行监控表");
}

TEST_F(FormAnswers, AProjectsTableKeepsItsEmptyColumns) {
  v1::GetProfileRequest get;
  get.set_name("profiles/national");
  v1::UpdateProfileRequest update;
  update.mutable_update_mask()->add_paths("*");
  *update.mutable_profile() = Ask<v1::GetProfileResponse>(get).profile();
  Do<v1::UpdateProfileResponse>(update);
  MakeTable("u", "t", 2);
  const v1::Form form = Form(v1::FORM_KIND_TARGET_TABLE);
  EXPECT_EQ(Columns(form.grids(0)),
            "一级指标|二级指标|三级指标|指标值|指标值设置依据|上年完成值|指标分值权重|指标赋分规则|佐证资料");
  EXPECT_EQ(Value(form.head(), "主管部门"), "none") << "no department";
  EXPECT_EQ(Value(form.foot(), "评分方案"), "national 第 2 版");
  EXPECT_EQ(Cells(Form(v1::FORM_KIND_SELF_EVALUATION).grids(0), 0), "年度资金总额|10.00|10.00||10||")
      << "what is not known stays empty";
}

TEST_F(FormAnswers, AColumnThatOneRowFillsIsPrinted) {
  Make([](v1::Table* table) {
    table->set_kind(v1::TABLE_KIND_UNIT);
    table->mutable_indicators(1)->clear_prior_text();
    table->mutable_indicators(0)->mutable_target()->set_unit("%");
  });
  const v1::Form form = Form(v1::FORM_KIND_TARGET_TABLE);
  EXPECT_EQ(Cell(form.grids(0), 0, "上年完成值"), "25%");
  EXPECT_EQ(Cell(form.grids(0), 1, "上年完成值"), "");
  EXPECT_EQ(Cell(form.grids(0), 0, "佐证资料"), "签到表");
}

TEST_F(FormAnswers, AmendedTargetsArePrintedAsTheReadAsksForThem) {
  Make();
  v1::ProposeAmendmentRequest propose;
  propose.set_parent(kTable);
  propose.set_etag(TableOf(kTable).etag());
  propose.mutable_amendment()->set_reason("more");
  v1::RowChange* change = propose.mutable_amendment()->add_rows();
  change->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
  *change->mutable_indicator() = TableOf(kTable).indicators(0);
  change->mutable_indicator()->mutable_target()->set_value("60");
  const v1::Amendment amendment = Do<v1::ProposeAmendmentResponse>(propose, "lead").amendment();
  v1::ApproveAmendmentRequest approve;
  approve.set_name(amendment.name());
  approve.set_etag(amendment.etag());
  Do<v1::ApproveAmendmentResponse>(approve, "office");
  v1::AsOf original;
  original.set_target_basis(v1::TARGET_BASIS_ORIGINAL);
  EXPECT_EQ(Cell(Form(v1::FORM_KIND_TARGET_TABLE).grids(0), 0, "指标值"), "≥60 个");
  EXPECT_EQ(Cell(Form(v1::FORM_KIND_TARGET_TABLE, 0, "zh-CN", original).grids(0), 0, "指标值"), "≥30 个");
}

TEST_F(FormAnswers, TheSelfEvaluationPrintsMoneyRowsAndReviews) {
  Make();
  ReportWith(1, "30", "2024-12-01");
  ReportWith(2, "20", "2024-12-01");
  Spend("8", "9", "2024-12-31");
  v1::Form form = Form(v1::FORM_KIND_SELF_EVALUATION);
  EXPECT_EQ(form.title(), "项目支出绩效自评表");
  EXPECT_EQ(Value(form.head(), "预期目标"), "培训人才");
  EXPECT_EQ(Value(form.head(), "实际完成情况"), "");
  EXPECT_EQ(Cells(form.grids(0), 0), "年度资金总额|10.00|9.00|8.00|10|88.89%|8.89");
  EXPECT_EQ(Cells(form.grids(0), 1), "当年财政拨款|6.00|||||");
  EXPECT_EQ(Cells(form.grids(0), 3), "其他|4.00|||||");
  EXPECT_EQ(Columns(form.grids(1)),
            "一级指标|二级指标|三级指标|年度指标值|实际完成值|完成率|上年完成值|指标值设置依据|指标赋分规则|"
            "分值|得分|偏差原因分析及改进措施|佐证资料");
  EXPECT_EQ(Cells(form.grids(1), 0),
            "产出|数量|指标1|≥30 个|30 个|100.00%|25 个|历史标准|按比例|45|45.00|下雨|签到表");
  EXPECT_EQ(Value(form.foot(), "总分值"), "100");
  EXPECT_EQ(Value(form.foot(), "自评总分"), "83.89  良");
  EXPECT_EQ(Value(form.foot(), "核查总分"), "none");
  EXPECT_EQ(Value(form.foot(), "等级"), "良");
  EXPECT_EQ(Value(form.foot(), "评审意见"), "none");
  Evaluate<v1::SubmitEvaluationResponse, v1::SubmitEvaluationRequest>(
      [](auto* request) { request->set_result("全部完成"); }, "lead");
  v1::ReviewIndicatorRequest review;
  review.set_indicator(Row(2));
  review.set_score("10");
  review.set_reason("依据不足");
  Do<v1::ReviewIndicatorResponse>(review, "evaluator");
  Evaluate<v1::ConfirmEvaluationResponse, v1::ConfirmEvaluationRequest>(
      [](auto* request) { request->set_opinion("同意"); }, "office");
  form = Form(v1::FORM_KIND_SELF_EVALUATION);
  EXPECT_EQ(Value(form.head(), "实际完成情况"), "全部完成");
  EXPECT_EQ(Cell(form.grids(1), 1, "得分"), "30.00");
  EXPECT_EQ(Cell(form.grids(1), 1, "核查分数"), "10.00");
  EXPECT_EQ(Cell(form.grids(1), 1, "评审意见"), "依据不足");
  EXPECT_EQ(Cell(form.grids(1), 0, "核查分数"), "");
  EXPECT_EQ(Cell(form.grids(1), 1, "偏差原因分析及改进措施"), "下雨");
  EXPECT_EQ(Value(form.foot(), "自评总分"), "83.89  良");
  EXPECT_EQ(Value(form.foot(), "核查总分"), "63.89  中");
  EXPECT_EQ(Value(form.foot(), "等级"), "中");
  EXPECT_EQ(Value(form.foot(), "评审意见"), "同意");
}

TEST_F(FormAnswers, EvidenceIsPrintedOnceUpToTheDayAndOnlyOfWhatCounts) {
  Make();
  ReportWith(1, "10", "2024-06-30", {"照片", "签到表"});
  const std::string gone = ReportWith(1, "12", "2024-07-31", {"撤回的"});
  ReportWith(1, "15", "2024-09-30", {"照片", "简报"});
  v1::RetractActualRequest retract;
  retract.set_name(gone);
  retract.set_change_reason("wrong");
  Do<v1::RetractActualResponse>(retract);
  const auto evidence = [&](const std::string& day) {
    v1::AsOf read;
    read.set_date(day);
    return Cell(Form(v1::FORM_KIND_SELF_EVALUATION, 0, "zh-CN", read).grids(1), 0, "佐证资料");
  };
  EXPECT_EQ(evidence(""), "签到表；照片；简报");
  EXPECT_EQ(evidence("2024-09-30"), "签到表；照片；简报") << "the very day counts";
  EXPECT_EQ(evidence("2024-09-29"), "签到表；照片");
  EXPECT_EQ(evidence("2024-06-29"), "签到表");
}

TEST_F(FormAnswers, TheMonitoringFormPrintsMonthsMoneyOutlooksAndRemarks) {
  Make();
  ReportWith(1, "6", "2024-06-30");
  Spend("3.5", "", "2024-06-30");
  v1::RecordOutlookRequest outlook;
  outlook.set_indicator(Row(1));
  outlook.mutable_outlook()->set_likelihood(v1::LIKELIHOOD_IMPOSSIBLE);
  outlook.mutable_outlook()->set_cause(v1::OUTLOOK_CAUSE_FUNDS);
  outlook.mutable_outlook()->set_text("未到位");
  outlook.mutable_outlook()->set_date("2024-06-30");
  v1::Form form = Form(v1::FORM_KIND_MONITORING, 6);
  EXPECT_EQ(form.title(), "项目支出绩效运行监控表");
  EXPECT_EQ(Value(form.head(), "监控期间"), "1–6月");
  EXPECT_EQ(Columns(form.grids(0)), "资金（万元）|年初预算数|全年预算数|1–6月执行数|1–6月执行率|备注");
  EXPECT_EQ(Cells(form.grids(0), 0), "年度资金总额|10.00|10.00|3.50|35.00%|黄灯");
  EXPECT_EQ(Cells(form.grids(0), 1), "当年财政拨款|6.00||||");
  EXPECT_EQ(Cells(form.grids(0), 3), "其他|4.00||||");
  EXPECT_EQ(Cells(form.grids(1), 0),
            "产出|数量|指标1|≥30 个|6 个|12.07 个（按进度推算）|||红灯，进度 40.00%，待填偏差原因");
  EXPECT_EQ(Cells(form.grids(1), 1), "效益|社会效益|指标2|≥30 个|||||未上报");
  EXPECT_EQ(Value(form.foot(), "监控结果"), "红灯");
  EXPECT_EQ(Value(form.foot(), "目前得分"), "12.50");
  EXPECT_EQ(Value(form.foot(), "按进度推算的全年得分"), "21.61  差");
  Do<v1::RecordOutlookResponse>(outlook);
  form = Form(v1::FORM_KIND_MONITORING, 6);
  EXPECT_EQ(Cells(form.grids(1), 0),
            "产出|数量|指标1|≥30 个|6 个|12.07 个（按进度推算）|经费：未到位|完全不可能|红灯，进度 40.00%");
  outlook.mutable_outlook()->set_expected("20 个");
  outlook.mutable_outlook()->clear_text();
  Do<v1::RecordOutlookResponse>(outlook);
  form = Form(v1::FORM_KIND_MONITORING, 6);
  EXPECT_EQ(Cell(form.grids(1), 0, "全年预计完成情况"), "20 个");
  EXPECT_EQ(Cell(form.grids(1), 0, "偏差原因分析"), "经费");
  v1::GetFormRequest day;
  day.set_name(kTable);
  day.set_kind(v1::FORM_KIND_MONITORING);
  day.set_month("2024-06");
  day.mutable_as_of()->set_date("2024-06-30");
  EXPECT_EQ(WhyNotRead<v1::GetFormResponse>(day), v1::ERROR_REASON_INVALID_FIELD);
}

TEST_F(FormAnswers, MonthsAreNamedInBothLanguages) {
  Make();
  EXPECT_EQ(Value(Form(v1::FORM_KIND_MONITORING, 1).head(), "监控期间"), "1月");
  EXPECT_EQ(Value(Form(v1::FORM_KIND_MONITORING, 12).head(), "监控期间"), "1–12月");
  EXPECT_EQ(Value(Form(v1::FORM_KIND_MONITORING, 1, "en").head(), "Months"), "January");
  EXPECT_EQ(Value(Form(v1::FORM_KIND_MONITORING, 2, "en").head(), "Months"), "January to February");
  EXPECT_EQ(Value(Form(v1::FORM_KIND_MONITORING, 12, "en").head(), "Months"), "January to December");
}

}  // namespace
}  // namespace attain::engine
