// GetForm: the forms that offices print (RULES 10), the same for ever at one revision.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "gmock/gmock.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kTable[] = "units/u/tables/p1";

class Forms : public EngineFixture {
 protected:
  void SetUp() override {
    Open();
    ImportSample();
  }
  v1::GetFormResponse Form(v1::FormKind kind, const std::string& locale = "zh-CN", int64_t revision = 0,
                           const std::string& table = kTable, int month = 0) {
    v1::GetFormRequest request;
    request.set_name(table);
    request.set_kind(kind);
    if (month != 0) request.set_month(absl::StrFormat("2024-%02d", month));
    if (revision > 0) request.mutable_read()->set_read_revision(revision);
    v1::GetFormResponse response;
    const absl::Status status = engine().Read(request, &response, {"reader", locale, ""});
    EXPECT_TRUE(status.ok()) << status;
    return response;
  }
  static std::string Value(const google::protobuf::RepeatedPtrField<v1::FormField>& fields,
                           const std::string& label) {
    for (const v1::FormField& field : fields) {
      if (field.label() == label) return field.value();
    }
    return absl::StrCat("no field ", label);
  }
  static std::vector<std::string> Cells(const v1::FormRow& row) {
    std::vector<std::string> texts;
    for (const v1::FormCell& cell : row.cells()) texts.push_back(cell.text());
    return texts;
  }
  static std::vector<std::string> Columns(const v1::FormGrid& grid) {
    return {grid.columns().begin(), grid.columns().end()};
  }
  void ReportAll(const std::string& date) {
    v1::GetTableRequest get;
    get.set_name(kTable);
    const auto answer = Ask<v1::GetTableResponse>(get);
    for (const v1::Indicator& row : answer.table().indicators()) {
      const bool rating = row.rule().kind() == v1::RULE_KIND_RATING;
      v1::RecordActualRequest request =
          ReportRequest(row.name(), rating ? "达成年度指标" : row.target().value(), date);
      if (rating) {
        request.mutable_report()->set_score("38");
        request.mutable_report()->set_reason("持续见效");
      }
      Do<v1::RecordActualResponse>(request);
    }
    v1::RecordSpendingRequest spend;
    spend.set_parent(kTable);
    spend.mutable_spending()->set_spent("30");
    spend.mutable_spending()->set_date(date);
    Do<v1::RecordSpendingResponse>(spend);
  }
};

TEST_F(Forms, EveryRowHasAsManyCellsAsThereAreColumns) {
  ReportAll("2024-07-31");
  for (const auto kind :
       {v1::FORM_KIND_TARGET_TABLE, v1::FORM_KIND_MONITORING, v1::FORM_KIND_SELF_EVALUATION}) {
    for (const char* table : {"units/u/tables/unit", "units/u/tables/p1", "units/u/tables/p5"}) {
      for (const char* locale : {"zh-CN", "en"}) {
        const v1::Form form = Form(kind, locale, 0, table).form();
        EXPECT_FALSE(form.title().empty());
        for (const v1::FormGrid& grid : form.grids()) {
          EXPECT_GT(grid.rows_size(), 0);
          for (const v1::FormRow& row : grid.rows())
            EXPECT_EQ(row.cells_size(), grid.columns_size()) << grid.title();
          for (const std::string& column : grid.columns()) EXPECT_FALSE(column.empty());
        }
      }
    }
  }
}

TEST_F(Forms, TheTargetTableHasTheColumnsOfThePublishedOne) {
  const v1::Form form = Form(v1::FORM_KIND_TARGET_TABLE).form();
  EXPECT_EQ(form.title(), "项目支出绩效目标表");
  ASSERT_EQ(form.grids_size(), 1);
  EXPECT_THAT(Columns(form.grids(0)),
              ElementsAre("一级指标", "二级指标", "三级指标", "指标值", "指标值设置依据", "上年完成值",
                          "指标分值权重", "指标赋分规则", "佐证资料"));
  EXPECT_EQ(form.grids(0).rows_size(), 7);
  EXPECT_EQ(Value(form.head(), "年度预算总额（万元）"), "35.33");
  EXPECT_EQ(Value(form.foot(), "分值合计"), "90");
  EXPECT_THAT(Value(form.foot(), "目标批准"), HasSubstr("SHA-256 "));
  const v1::Form unit = Form(v1::FORM_KIND_TARGET_TABLE, "zh-CN", 0, "units/u/tables/unit").form();
  EXPECT_EQ(unit.title(), "单位整体绩效目标表");
  EXPECT_THAT(Columns(unit.grids(0)), Not(Contains("佐证资料")));
}

TEST_F(Forms, TheSelfEvaluationAddsUpAndKeepsWhatARegionAdds) {
  ReportAll("2024-12-31");
  const v1::Form form = Form(v1::FORM_KIND_SELF_EVALUATION).form();
  ASSERT_EQ(form.grids_size(), 2);
  EXPECT_THAT(Columns(form.grids(0)), ElementsAre("资金（万元）", "年初预算数", "全年预算数", "全年执行数",
                                                  "分值", "执行率", "得分"));
  EXPECT_THAT(Cells(form.grids(0).rows(0)),
              ElementsAre("年度资金总额", "35.33", "35.33", "30.00", "10", "84.91%", "8.49"));
  EXPECT_THAT(Cells(form.grids(0).rows(2)), ElementsAre("上年结转", "", "", "", "", "", ""))
      << "nothing is invented";
  EXPECT_THAT(Columns(form.grids(1)), Contains("上年完成值"));
  EXPECT_THAT(Columns(form.grids(1)), Not(Contains("核查分数"))) << "nobody reviewed";
  EXPECT_EQ(Value(form.foot(), "总分值"), "100");
  EXPECT_EQ(Value(form.foot(), "自评总分"), "96.49  优");
  EXPECT_EQ(Value(form.foot(), "等级"), "优");
}

TEST_F(Forms, EvidenceOfReportsStandsBesideThatOfTheTable) {
  const std::string row = absl::StrCat(kTable, "/indicators/i1");
  const auto evidence = [&] {
    const v1::Form form = Form(v1::FORM_KIND_SELF_EVALUATION).form();
    const auto columns = Columns(form.grids(1));
    const size_t column = std::find(columns.begin(), columns.end(), "佐证资料") - columns.begin();
    return column < columns.size() ? form.grids(1).rows(0).cells(static_cast<int>(column)).text() : "";
  };
  const std::string named = evidence();
  const auto report = [&](const char* date, std::vector<std::string> texts) {
    v1::RecordActualRequest request = ReportRequest(row, "1", date);
    for (const std::string& text : texts) request.mutable_report()->add_evidence(text);
    return Do<v1::RecordActualResponse>(request).actual().name();
  };
  const std::string later = report("2024-09-30", {"签到表", "照片"});
  report("2024-03-31", {"通知", "签到表"});
  EXPECT_EQ(evidence(), absl::StrCat(named, named.empty() ? "" : "；", "通知；签到表；照片"));
  v1::RetractActualRequest retract;
  retract.set_name(later);
  retract.set_change_reason("wrong");
  Do<v1::RetractActualResponse>(retract);
  EXPECT_EQ(evidence(), absl::StrCat(named, named.empty() ? "" : "；", "通知；签到表"));
}

TEST_F(Forms, TheMonitoringFormTellsForecastFromFact) {
  ReportAll("2024-07-31");
  v1::RecordOutlookRequest outlook;
  outlook.set_indicator(absl::StrCat(kTable, "/indicators/i1"));
  outlook.mutable_outlook()->set_likelihood(v1::LIKELIHOOD_POSSIBLE);
  outlook.mutable_outlook()->set_cause(v1::OUTLOOK_CAUSE_OTHER);
  outlook.mutable_outlook()->set_text("签证");
  outlook.mutable_outlook()->set_expected("4 个");
  outlook.mutable_outlook()->set_date("2024-07-31");
  Do<v1::RecordOutlookResponse>(outlook);
  const v1::Form form = Form(v1::FORM_KIND_MONITORING, "zh-CN", 0, kTable, 7).form();
  ASSERT_EQ(form.grids_size(), 2);
  EXPECT_THAT(Columns(form.grids(1)),
              ElementsAre("一级指标", "二级指标", "三级指标", "年度指标值", "1–7月执行情况",
                          "全年预计完成情况", "偏差原因分析", "完成目标可能性", "备注"));
  const std::vector<std::string> first = Cells(form.grids(1).rows(0));
  EXPECT_EQ(first[5], "4 个") << "the lead's word goes before the pace";
  EXPECT_EQ(first[6], "其他：签证");
  EXPECT_EQ(first[7], "有可能");
  EXPECT_THAT(Cells(form.grids(1).rows(1))[5], HasSubstr("（按进度推算）"));
}

TEST_F(Forms, OneRevisionPrintsTheSameBytesForEver) {
  ReportAll("2024-07-31");
  for (const auto kind :
       {v1::FORM_KIND_TARGET_TABLE, v1::FORM_KIND_MONITORING, v1::FORM_KIND_SELF_EVALUATION}) {
    const v1::GetFormResponse then = Form(kind);
    Report(absl::StrCat(kTable, "/indicators/i1"), "1", "2024-07-31");
    EXPECT_NE(Form(kind).SerializeAsString(), then.SerializeAsString());
    EXPECT_EQ(Form(kind, "zh-CN", then.read().revision()).SerializeAsString(), then.SerializeAsString());
    EXPECT_NE(Form(kind, "en", then.read().revision()).SerializeAsString(), then.SerializeAsString());
  }
}

TEST_F(Forms, AFormHasAKindAndATable) {
  v1::GetFormRequest request;
  request.set_name(kTable);
  v1::GetFormResponse response;
  EXPECT_EQ(ReasonOf(engine().Read(request, &response, {})), v1::ERROR_REASON_INVALID_FIELD);
  request.set_kind(v1::FORM_KIND_TARGET_TABLE);
  request.set_name("units/u/tables/none");
  EXPECT_EQ(ReasonOf(engine().Read(request, &response, {})), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  MakeTable("a", "draft", 3, v1::ACCUMULATION_LATEST, /*approve=*/false);
  request.set_name("units/a/tables/draft");
  EXPECT_TRUE(engine().Read(request, &response, {}).ok()) << "a draft has targets, but no score";
  request.set_kind(v1::FORM_KIND_SELF_EVALUATION);
  EXPECT_EQ(ReasonOf(engine().Read(request, &response, {})), v1::ERROR_REASON_WRONG_STATE);
}

}  // namespace
}  // namespace attain::engine
