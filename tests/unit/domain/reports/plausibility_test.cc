// Reports and spending held against what is stored: what is refused until it is confirmed, what is only told,
// what is converted.
#include "gmock/gmock.h"
#include "tests/support/item_error.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr char kFirst[] = "units/a/tables/t/indicators/i1";

template <typename Findings>
std::vector<std::string> Codes(const Findings& findings) {
  std::vector<std::string> codes;
  for (const v1::Finding& finding : findings)
    codes.push_back(finding.code() + (finding.severity() == v1::SEVERITY_ERROR ? "!" : ""));
  return codes;
}

class PlausibilityOfReports : public EngineFixture {
 protected:
  void SetUp() override { Open(); }
  v1::ErrorReason Refused(const std::string& value, const std::string& date = "2024-06-30") {
    return ReasonFor<v1::RecordActualResponse>(ReportRequest(kFirst, value, date));
  }
  v1::RecordActualResponse Accepted(const std::string& value, const std::string& code,
                                    const std::string& date = "2024-06-30") {
    v1::RecordActualRequest request = ReportRequest(kFirst, value, date);
    request.mutable_write()->add_accept_findings(code);
    return Do<v1::RecordActualResponse>(request);
  }
  v1::RecordSpendingRequest Spent(const std::string& amount, const std::string& date = "2024-06-30") {
    v1::RecordSpendingRequest request;
    request.set_parent("units/a/tables/t");
    request.mutable_spending()->set_spent(amount);
    request.mutable_spending()->set_date(date);
    return request;
  }
};

TEST_F(PlausibilityOfReports, ARiskyFigureIsRefusedUntilItsCodeIsAccepted) {
  MakeTable("a", "t", 3);
  Report(kFirst, "29", "2024-03-31");
  EXPECT_EQ(Refused("290"), v1::ERROR_REASON_CONFIRMATION_REQUIRED);
  EXPECT_EQ(ScoreOf(kFirst).indicators(0).actual(), "29 个") << "a refusal records nothing";
  const v1::RecordActualResponse response = Accepted("290", "VALUE_JUMP");
  EXPECT_THAT(Codes(response.findings()), ElementsAre("VALUE_JUMP"));
  EXPECT_EQ(response.findings(0).likely(), "29");
  EXPECT_EQ(response.findings(0).points(), "30");
  EXPECT_EQ(response.actual().number(), "290");
}

TEST_F(PlausibilityOfReports, ADryRunTellsWhatWouldBeRefused) {
  MakeTable("a", "t", 3);
  v1::RecordActualRequest request = ReportRequest(kFirst, "300000");
  request.mutable_write()->set_validate_only(true);
  EXPECT_THAT(Codes(Do<v1::RecordActualResponse>(request).findings()),
              ElementsAre("VALUE_TEN_THOUSAND_TIMES!"));
}

TEST_F(PlausibilityOfReports, TheSameIncrementOfTheSameDayIsAskedForWhicheverCameBetween) {
  MakeTable("a", "t", 3, v1::ACCUMULATION_SUM);
  Report(kFirst, "10", "2024-03-31");
  const std::string second = Report(kFirst, "9", "2024-06-30").actual().name();
  Report(kFirst, "11", "2024-09-30");
  EXPECT_EQ(Refused("10", "2024-03-31"), v1::ERROR_REASON_CONFIRMATION_REQUIRED);
  EXPECT_EQ(Refused("11", "2024-09-30"), v1::ERROR_REASON_CONFIRMATION_REQUIRED);
  Open();  // what is remembered is made anew from the store
  EXPECT_EQ(Refused("10.0", "2024/3/31"), v1::ERROR_REASON_CONFIRMATION_REQUIRED)
      << "told by value and day, not by text";
  EXPECT_THAT(Report(kFirst, "10", "2024-04-30").findings(), IsEmpty());
  v1::RetractActualRequest retract;
  retract.set_name(second);
  retract.set_change_reason("not ours");
  Do<v1::RetractActualResponse>(retract);
  EXPECT_THAT(Report(kFirst, "9", "2024-06-30").findings(), IsEmpty()) << "what was withdrawn counts no more";
  EXPECT_EQ(Accepted("9", "SAME_VALUE_SAME_DAY").findings_size(), 1);
}

TEST_F(PlausibilityOfReports, ACorrectionIsNotHeldAgainstWhatItCorrects) {
  MakeTable("a", "t", 3, v1::ACCUMULATION_SUM);
  const std::string first = Report(kFirst, "10").actual().name();
  v1::CorrectActualRequest correct;
  correct.set_name(first);
  *correct.mutable_report() = ReportRequest(kFirst, "10").report();
  correct.set_change_reason("evidence was missing");
  const v1::CorrectActualResponse same = Do<v1::CorrectActualResponse>(correct);
  EXPECT_THAT(same.findings(), IsEmpty());
  correct.set_name(same.actual().name());
  correct.mutable_report()->set_value("1000000");
  EXPECT_EQ(ReasonFor<v1::CorrectActualResponse>(correct), v1::ERROR_REASON_CONFIRMATION_REQUIRED);
}

TEST_F(PlausibilityOfReports, ABatchNamesItsRiskyRowsAndEachMayBeAcceptedByItself) {
  MakeTable("a", "t", 3, v1::ACCUMULATION_SUM);
  v1::BatchRecordActualsRequest batch;
  for (const char* value : {"10", "10", "12"}) {
    v1::NamedReport* report = batch.add_reports();
    report->set_indicator(kFirst);
    *report->mutable_report() = ReportRequest(kFirst, value).report();
  }
  v1::BatchRecordActualsResponse response;
  const absl::Status refused = Try(batch, &response);
  EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_CONFIRMATION_REQUIRED);
  EXPECT_THAT(ToRpcStatus(refused, "en").DebugString(), HasSubstr("reports[1].report.value"));
  EXPECT_EQ(ScoreOf(kFirst).indicators(0).actual(), "") << "nothing of it was recorded";
  batch.mutable_write()->set_validate_only(true);
  response = Do<v1::BatchRecordActualsResponse>(batch);
  EXPECT_THAT(Codes(response.findings()), ElementsAre("SAME_VALUE_SAME_DAY!"));
  EXPECT_EQ(response.findings(0).line(), 2);
  batch.mutable_write()->set_validate_only(false);
  batch.mutable_reports(1)->add_accept_findings("SAME_VALUE_SAME_DAY");
  EXPECT_THAT(Codes(Do<v1::BatchRecordActualsResponse>(batch).findings()),
              ElementsAre("SAME_VALUE_SAME_DAY"));
}

TEST_F(PlausibilityOfReports, AStreamRefusesTheRiskyRowAndRecordsTheRest) {
  MakeTable("a", "t", 3);
  v1::StreamActualsRequest message;
  for (const char* value : {"290000", "29"}) {
    v1::NamedReport* report = message.add_reports();
    report->set_indicator(kFirst);
    *report->mutable_report() = ReportRequest(kFirst, value).report();
  }
  const auto response = Do<v1::StreamActualsResponse>(message);
  EXPECT_EQ(response.accepted(), 1);
  ASSERT_EQ(response.errors_size(), 1);
  EXPECT_EQ(ReasonIn(response.errors(0).status()), "CONFIRMATION_REQUIRED");
  EXPECT_THAT(Codes(DetailIn<v1::FindingList>(response.errors(0).status()).findings()),
              ElementsAre("VALUE_TEN_THOUSAND_TIMES!"));
}

TEST_F(PlausibilityOfReports, TheFirstAnswerComesAgainWithItsFindings) {
  MakeTable("a", "t", 3);
  v1::RecordActualRequest request = ReportRequest(kFirst, "0.0031万个");
  request.mutable_write()->set_request_id("r1");
  const auto first = Do<v1::RecordActualResponse>(request);
  EXPECT_THAT(Codes(first.findings()), ElementsAre("UNIT_CONVERTED"));
  EXPECT_EQ(first.actual().number(), "31");
  EXPECT_EQ(first.actual().report().value(), "0.0031万个") << "what was typed is kept";
  EXPECT_EQ(Do<v1::RecordActualResponse>(request).DebugString(), first.DebugString());
}

TEST_F(PlausibilityOfReports, AnotherUnitIsRefusedWithThoseThatWouldDo) {
  MakeTable("a", "t", 3);
  v1::RecordActualResponse response;
  const absl::Status refused = Try(ReportRequest(kFirst, "29 小时"), &response);
  EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_UNIT_MISMATCH);
  EXPECT_THAT(MessageOf(refused, "en"), HasSubstr("万个"));
  EXPECT_THAT(MessageOf(refused, "en"), ::testing::Not(HasSubstr("alone")));
}

TEST_F(PlausibilityOfReports, SpendingIsConvertedExactlyAndKeptAsTyped) {
  MakeTable("a", "t", 3);
  const auto spent = Do<v1::RecordSpendingResponse>(Spent("89740 元"));
  EXPECT_EQ(spent.spending().spent(), "8.974");
  EXPECT_EQ(spent.spending().spent_text(), "89740 元");
  EXPECT_THAT(Codes(spent.findings()), ElementsAre("UNIT_CONVERTED"));
}

TEST_F(PlausibilityOfReports, SpendingAboveTheBudgetIsToldAndInYuanIsAskedFor) {
  MakeTable("a", "t", 3);
  const std::string budget = TableOf("units/a/tables/t").budget().total();
  ASSERT_FALSE(budget.empty());
  EXPECT_EQ(ReasonFor<v1::RecordSpendingResponse>(Spent(budget + "000")),
            v1::ERROR_REASON_CONFIRMATION_REQUIRED);
  EXPECT_THAT(Codes(Do<v1::RecordSpendingResponse>(Spent(budget + ".01")).findings()),
              ElementsAre("SPENT_ABOVE_BUDGET"));
  EXPECT_THAT(Codes(Do<v1::RecordSpendingResponse>(Spent("1", "2024-03-31")).findings()),
              ElementsAre("NEWER_RECORD_COUNTS"));
}

TEST_F(PlausibilityOfReports, ASpreadsheetsNumberForADayIsReadAndTold) {
  MakeTable("a", "t", 3);
  const auto report = Report(kFirst, "3", "45565");
  EXPECT_EQ(report.actual().date(), "2024-09-30");
  EXPECT_THAT(Codes(report.findings()), ElementsAre("DATE_FROM_SERIAL"));
  EXPECT_EQ(Report(kFirst, "4", "2024/10/1 0:00").actual().date(), "2024-10-01");
  EXPECT_EQ(Report(kFirst, "5", "2024-10-02T00:00:00").actual().date(), "2024-10-02");
  EXPECT_EQ(Refused("6", "4556"), v1::ERROR_REASON_DATE_OUT_OF_YEAR);
  EXPECT_EQ(Refused("6", "2024/10/3 25:00"), v1::ERROR_REASON_DATE_OUT_OF_YEAR);
}

TEST_F(PlausibilityOfReports, TooManyAcceptedCodesAreRefused) {
  MakeTable("a", "t", 3);
  v1::RecordActualRequest request = ReportRequest(kFirst, "3");
  for (int i = 0; i < 51; ++i) request.mutable_write()->add_accept_findings("X");
  EXPECT_EQ(ReasonFor<v1::RecordActualResponse>(request), v1::ERROR_REASON_INVALID_FIELD);
}

}  // namespace
}  // namespace attain::engine
