// The error reasons that the rows of the methods list, met one by one: unit_words_reasons_seen_test holds the
// rows against what is met here and in the other tests of the engine.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "tests/support/item_error.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

constexpr char kTable[] = "units/a/tables/t", kNowhere[] = "units/a/tables/nowhere",
               kDraft[] = "units/a/tables/draft";

std::string Row(const std::string& table, int number) {
  return absl::StrCat(table, "/indicators/i", number);
}

class Reasons : public EngineFixture {
 protected:
  // Row 1 takes numbers, row 2 a level of the profile's scale.
  void SetUp() override {
    Open();
    MakeTableWith("a", "t", 2, [](v1::Table* table) {
      v1::Indicator& rated = *table->mutable_indicators(1);
      rated.clear_target();
      rated.mutable_target()->set_text("明显提升");
      rated.mutable_rule()->set_kind(v1::RULE_KIND_RATING);
    });
    MakeTable("a", "draft", 2, v1::ACCUMULATION_LATEST, /*approve=*/false);
  }
  template <typename Response, typename Request>
  void Refused(v1::ErrorReason reason, const Request& request) {
    EXPECT_EQ(ReasonFor<Response>(request), reason) << request.ShortDebugString();
  }
  template <typename Response, typename Request>
  void NotRead(v1::ErrorReason reason, const Request& request) {
    EXPECT_EQ(WhyNotRead<Response>(request), reason) << request.ShortDebugString();
  }
  // A read of a table that is not there, and of one that is not in force.
  template <typename Response, typename Request>
  void NeedsATableInForce(const std::string& ending = "") {
    Request request;
    request.set_name(absl::StrCat(kNowhere, ending));
    NotRead<Response>(v1::ERROR_REASON_RESOURCE_NOT_FOUND, request);
    request.set_name(absl::StrCat(kDraft, ending));
    NotRead<Response>(v1::ERROR_REASON_WRONG_STATE, request);
  }
  // A step on a table that is not there, and one with an etag of long ago.
  template <typename Response, typename Request>
  void NeedsATableAsItIs(const char* table, const std::string& ending = "") {
    Request request;
    if constexpr (requires { request.set_reason(""); }) request.set_reason("incomplete");
    request.set_name(absl::StrCat(kNowhere, ending));
    request.set_etag("1");
    Refused<Response>(v1::ERROR_REASON_RESOURCE_NOT_FOUND, request);
    request.set_name(absl::StrCat(table, ending));
    Refused<Response>(v1::ERROR_REASON_STALE_ETAG, request);
  }
};

struct Fault {
  v1::ErrorReason reason;
  int row;
  const char *value, *date, *score;
};

constexpr Fault kFaults[] = {
    {v1::ERROR_REASON_NOT_A_NUMBER, 1, "many", "2024-06-30", ""},
    {v1::ERROR_REASON_NUMBER_OUT_OF_RANGE, 1, "1234567890123456789012345678901234567890", "2024-06-30", ""},
    {v1::ERROR_REASON_NEGATIVE_VALUE, 1, "-3", "2024-06-30", ""},
    {v1::ERROR_REASON_UNIT_MISMATCH, 1, "3 小时", "2024-06-30", ""},
    {v1::ERROR_REASON_SCORE_NOT_ALLOWED, 1, "3", "2024-06-30", "2"},
    {v1::ERROR_REASON_DATE_OUT_OF_YEAR, 1, "3", "2023-06-30", ""},
    {v1::ERROR_REASON_UNKNOWN_LEVEL, 2, "splendid", "2024-06-30", ""},
    {v1::ERROR_REASON_SCORE_OUT_OF_BAND, 2, "达成年度指标", "2024-06-30", "1"},
    {v1::ERROR_REASON_CONFIRMATION_REQUIRED, 1, "300000", "2024-06-30", ""}};

v1::ActualReport ReportOf(const Fault& fault) {
  v1::ActualReport report;
  report.set_value(fault.value);
  report.set_date(fault.date);
  report.set_score(fault.score);
  return report;
}

TEST_F(Reasons, OfReports) {
  std::vector<std::string> actuals = {""};
  actuals.push_back(Report(Row(kTable, 1), "12").actual().name());
  v1::RateIndicatorRequest rate;
  rate.set_indicator(Row(kTable, 2));
  rate.set_level("达成年度指标");
  rate.set_date("2024-05-31");
  actuals.push_back(Do<v1::RateIndicatorResponse>(rate).actual().name());
  for (const Fault& fault : kFaults) {
    v1::RecordActualRequest record;
    record.set_indicator(Row(kTable, fault.row));
    *record.mutable_report() = ReportOf(fault);
    Refused<v1::RecordActualResponse>(fault.reason, record);
    v1::BatchRecordActualsRequest batch;
    *batch.add_reports()->mutable_report() = ReportOf(fault);
    batch.mutable_reports(0)->set_indicator(record.indicator());
    Refused<v1::BatchRecordActualsResponse>(fault.reason, batch);
    v1::StreamActualsRequest stream;
    *stream.mutable_reports() = batch.reports();
    const auto answer = Do<v1::StreamActualsResponse>(stream);
    ASSERT_EQ(answer.errors_size(), 1) << fault.value;
    EXPECT_EQ(absl::StrCat("ERROR_REASON_", ReasonIn(answer.errors(0).status())),
              v1::ErrorReason_Name(fault.reason));
    v1::CorrectActualRequest correct;
    correct.set_name(actuals[static_cast<size_t>(fault.row)]);
    *correct.mutable_report() = ReportOf(fault);
    correct.set_change_reason("typo");
    Refused<v1::CorrectActualResponse>(fault.reason, correct);
  }
}

TEST_F(Reasons, OfReportsOnTablesThatAreNotThereOrNotInForce) {
  for (const auto& [table, reason] : {std::pair(kNowhere, v1::ERROR_REASON_RESOURCE_NOT_FOUND),
                                      std::pair(kDraft, v1::ERROR_REASON_WRONG_STATE)}) {
    Refused<v1::RecordActualResponse>(reason, ReportRequest(Row(table, 1), "3"));
    v1::BatchRecordActualsRequest batch;
    *batch.add_reports()->mutable_report() = ReportRequest("", "3").report();
    batch.mutable_reports(0)->set_indicator(Row(table, 1));
    Refused<v1::BatchRecordActualsResponse>(reason, batch);
    v1::StreamActualsRequest stream;
    *stream.mutable_reports() = batch.reports();
    EXPECT_EQ(Do<v1::StreamActualsResponse>(stream).errors_size(), 1);
    v1::CorrectActualRequest correct;
    correct.set_name(absl::StrCat(Row(table, 1), "/actuals/1"));
    correct.set_change_reason("typo");
    Refused<v1::CorrectActualResponse>(reason, correct);
    v1::RetractActualRequest retract;
    retract.set_name(correct.name());
    retract.set_change_reason("typo");
    Refused<v1::RetractActualResponse>(reason, retract);
    v1::RateIndicatorRequest rate;
    rate.set_indicator(Row(table, 2));
    rate.set_level("达成年度指标");
    Refused<v1::RateIndicatorResponse>(reason, rate);
    v1::RecordSpendingRequest spend;
    spend.set_parent(table);
    spend.mutable_spending()->set_spent("1");
    Refused<v1::RecordSpendingResponse>(reason, spend);
    v1::ReviewIndicatorRequest review;
    review.set_indicator(Row(table, 1));
    review.set_score("3");
    review.set_reason("seen");
    Refused<v1::ReviewIndicatorResponse>(reason, review);
    v1::SolveForScoreRequest solve;
    solve.set_table(table);
    solve.set_points("80");
    NotRead<v1::SolveForScoreResponse>(reason, solve);
    v1::BatchGetScoresRequest scores;
    scores.add_names(table);
    NotRead<v1::BatchGetScoresResponse>(reason, scores);
  }
}

TEST_F(Reasons, OfRatingsAndMoney) {
  v1::RateIndicatorRequest rate;
  rate.set_indicator(Row(kTable, 2));
  rate.set_level("达成年度指标");
  rate.set_score("much");
  Refused<v1::RateIndicatorResponse>(v1::ERROR_REASON_NOT_A_NUMBER, rate);
  rate.clear_score();
  rate.set_date("2023-01-01");
  Refused<v1::RateIndicatorResponse>(v1::ERROR_REASON_DATE_OUT_OF_YEAR, rate);
  v1::RecordSpendingRequest spend;
  spend.set_parent(kTable);
  spend.mutable_spending()->set_spent("1");
  spend.mutable_spending()->set_date("2023-01-01");
  Refused<v1::RecordSpendingResponse>(v1::ERROR_REASON_DATE_OUT_OF_YEAR, spend);
}

TEST_F(Reasons, OfWhatIfQuestions) {
  const auto assume = [](const Fault& fault) {
    v1::SimulateScoreRequest request;
    request.set_table(kTable);
    v1::AssumedValue& value = *request.add_values();
    value.set_indicator(Row(kTable, fault.row));
    value.set_value(fault.value);
    value.set_score(fault.score);
    return request;
  };
  for (const Fault& fault : kFaults) {
    if (fault.reason == v1::ERROR_REASON_NUMBER_OUT_OF_RANGE ||
        fault.reason == v1::ERROR_REASON_SCORE_NOT_ALLOWED)
      NotRead<v1::SimulateScoreResponse>(fault.reason, assume(fault));
  }
}

TEST_F(Reasons, OfReadsOfTables) {
  NeedsATableInForce<v1::GetScoreResponse, v1::GetScoreRequest>();
  NeedsATableInForce<v1::ExplainScoreResponse, v1::ExplainScoreRequest>();
  NeedsATableInForce<v1::ListScoreHistoryResponse, v1::ListScoreHistoryRequest>();
  NeedsATableInForce<v1::GetMonitoringResponse, v1::GetMonitoringRequest>();
  NeedsATableInForce<v1::GetEvaluationResponse, v1::GetEvaluationRequest>("/evaluation");
  v1::GetTableRequest get;
  get.set_name(kNowhere);
  NotRead<v1::GetTableResponse>(v1::ERROR_REASON_RESOURCE_NOT_FOUND, get);
  v1::LintTableRequest lint;
  lint.set_name(kNowhere);
  NotRead<v1::LintTableResponse>(v1::ERROR_REASON_RESOURCE_NOT_FOUND, lint);
}

TEST_F(Reasons, OfStepsOfTables) {
  v1::SubmitTableRequest submit;
  submit.set_name(kDraft);
  submit.set_etag(TableOf(kDraft).etag());
  NeedsATableAsItIs<v1::SubmitTableResponse, v1::SubmitTableRequest>(kDraft);
  Do<v1::SubmitTableResponse>(submit);
  NeedsATableAsItIs<v1::ApproveTableResponse, v1::ApproveTableRequest>(kDraft);
  NeedsATableAsItIs<v1::ReturnTableResponse, v1::ReturnTableRequest>(kDraft);
  NeedsATableAsItIs<v1::WithdrawTableResponse, v1::WithdrawTableRequest>(kDraft);
  NeedsATableAsItIs<v1::CloseTableResponse, v1::CloseTableRequest>(kTable);
  v1::RejectAmendmentRequest reject;
  reject.set_name(absl::StrCat(kTable, "/amendments/9"));
  reject.set_reason("no");
  reject.set_etag("1");
  Refused<v1::RejectAmendmentResponse>(v1::ERROR_REASON_RESOURCE_NOT_FOUND, reject);
}

TEST_F(Reasons, OfStepsOfEvaluations) {
  NeedsATableAsItIs<v1::SubmitEvaluationResponse, v1::SubmitEvaluationRequest>(kTable, "/evaluation");
  NeedsATableAsItIs<v1::ConfirmEvaluationResponse, v1::ConfirmEvaluationRequest>(kTable, "/evaluation");
  NeedsATableAsItIs<v1::ReturnEvaluationResponse, v1::ReturnEvaluationRequest>(kTable, "/evaluation");
  v1::ConfirmEvaluationRequest confirm;
  confirm.set_name(absl::StrCat(kDraft, "/evaluation"));
  confirm.set_etag("1");
  Refused<v1::ConfirmEvaluationResponse>(v1::ERROR_REASON_WRONG_STATE, confirm);
  v1::ReturnEvaluationRequest back;
  back.set_name(confirm.name());
  back.set_etag("1");
  back.set_reason("incomplete");
  Refused<v1::ReturnEvaluationResponse>(v1::ERROR_REASON_WRONG_STATE, back);
  EXPECT_EQ(ReasonFor<v1::ReturnEvaluationResponse>(back, ""), v1::ERROR_REASON_ACTOR_REQUIRED);
}

TEST_F(Reasons, OfDeclarations) {
  v1::UpdateTableRequest update;
  *update.mutable_table() = TableOf(kDraft);
  update.mutable_table()->set_name(kNowhere);
  Refused<v1::UpdateTableResponse>(v1::ERROR_REASON_RESOURCE_NOT_FOUND, update);
  v1::CreateTableRequest create;
  create.set_parent("units/a");
  create.set_table_id("next");
  create.mutable_table()->set_kind(v1::TABLE_KIND_PROJECT);
  create.mutable_table()->set_display_name("next");
  create.mutable_table()->set_fiscal_year(2024);
  for (const auto& [amount, reason] :
       {std::pair("many", v1::ERROR_REASON_NOT_A_NUMBER), std::pair("-3", v1::ERROR_REASON_NEGATIVE_VALUE)}) {
    create.mutable_table()->mutable_budget()->set_total(amount);
    Refused<v1::CreateTableResponse>(reason, create);
    *update.mutable_table() = TableOf(kDraft);
    update.mutable_table()->mutable_budget()->set_total(amount);
    Refused<v1::UpdateTableResponse>(reason, update);
  }
}

class ReasonsOfAmendments : public Reasons {
 protected:
  v1::ProposeAmendmentRequest Proposal(const std::string& weight, const std::string& rest) {
    const v1::Table table = TableOf(kTable);
    v1::ProposeAmendmentRequest request;
    request.set_parent(kTable);
    request.set_etag(table.etag());
    request.mutable_amendment()->set_reason("项目缩减");
    for (int i = 0; i < 2; ++i) {
      v1::RowChange& change = *request.mutable_amendment()->add_rows();
      change.set_kind(v1::ROW_CHANGE_KIND_CHANGED);
      *change.mutable_indicator() = table.indicators(i);
      change.mutable_indicator()->set_weight(i == 0 ? weight : rest);
    }
    return request;
  }
  // Gives one row this name and changes nothing else.
  v1::ProposeAmendmentRequest Renaming(int row, const std::string& name) {
    v1::ProposeAmendmentRequest request = Proposal("45", "45");
    request.mutable_amendment()->mutable_rows()->DeleteSubrange(row == 1 ? 1 : 0, 1);
    request.mutable_amendment()->mutable_rows(0)->mutable_indicator()->set_display_name(name);
    return request;
  }
  v1::ApproveAmendmentRequest ApprovalOf(const v1::ProposeAmendmentRequest& proposal) {
    v1::ApproveAmendmentRequest approve;
    const auto proposed = Do<v1::ProposeAmendmentResponse>(proposal, "lead").amendment();
    approve.set_name(proposed.name());
    approve.set_etag(proposed.etag());
    return approve;
  }
};

TEST_F(ReasonsOfAmendments, OfWeightsBelowNothing) {
  EXPECT_EQ(ReasonFor<v1::ProposeAmendmentResponse>(Proposal("-3", "93"), "lead"),
            v1::ERROR_REASON_NEGATIVE_VALUE);
}

TEST_F(ReasonsOfAmendments, OfTwoThatAreRightByThemselvesAndWrongTogether) {
  const v1::ApproveAmendmentRequest one = ApprovalOf(Renaming(1, "同名")),
                                    two = ApprovalOf(Renaming(2, "同名"));
  Do<v1::ApproveAmendmentResponse>(one, "office");
  EXPECT_EQ(ReasonFor<v1::ApproveAmendmentResponse>(two, "office"), v1::ERROR_REASON_VALIDATION_FAILED)
      << "two rows of one name";
}

TEST_F(ReasonsOfAmendments, OfFiguresThatNoLongerFit) {
  const v1::ApproveAmendmentRequest approve = ApprovalOf(Proposal("60", "30"));
  v1::RateIndicatorRequest rate;
  rate.set_indicator(Row(kTable, 2));
  rate.set_level("达成年度指标");
  rate.set_score("45");
  rate.set_date("2024-05-31");
  Do<v1::RateIndicatorResponse>(rate);
  EXPECT_EQ(ReasonFor<v1::ApproveAmendmentResponse>(approve, "office"), v1::ERROR_REASON_SCORE_OUT_OF_BAND);
}

}  // namespace
}  // namespace attain::engine
