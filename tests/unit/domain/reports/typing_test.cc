// What people type every day, day and money and units in the forms that offices write, and what would be
// dropped without a word.
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "service/api/dates.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::HasSubstr;

constexpr char kTable[] = "units/a/tables/t";
constexpr char kFirst[] = "units/a/tables/t/indicators/i1";

class Typing : public EngineFixture {
 protected:
  void SetUp() override { Open(); }
  v1::RecordSpendingRequest Spending(const std::string& spent, const std::string& date = "2024-06-30") {
    v1::RecordSpendingRequest request;
    request.set_parent(kTable);
    request.mutable_spending()->set_spent(spent);
    request.mutable_spending()->set_date(date);
    return request;
  }
  v1::ErrorReason WhyNot(const v1::RecordActualRequest& request) {
    return ReasonFor<v1::RecordActualResponse>(request);
  }
  // A table whose first row is changed by `change` before it is approved.
  void MakeWith(const std::function<void(v1::Indicator*)>& change,
                v1::Accumulation accumulation = v1::ACCUMULATION_LATEST) {
    MakeTable("a", "t", 3, accumulation, /*approve=*/false);
    v1::UpdateTableRequest update;
    update.mutable_update_mask()->add_paths("*");
    *update.mutable_table() = TableOf(kTable);
    change(update.mutable_table()->mutable_indicators(0));
    v1::SubmitTableRequest submit;
    submit.set_name(kTable);
    submit.set_etag(Do<v1::UpdateTableResponse>(update).table().etag());
    v1::ApproveTableRequest approve;
    approve.set_name(kTable);
    approve.set_etag(Do<v1::SubmitTableResponse>(submit).table().etag());
    Do<v1::ApproveTableResponse>(approve);
  }
};

TEST(PlainDay, ReadsTheFormsThatOfficesWrite) {
  for (const char* day :
       {"2026-06-30", "2026/6/30", "2026/06/30", "2026-6-30", "2026.6.30", "2026年6月30日",
        "2026 年 6 月 30 日", "２０２６年６月３０日", "２０２６／６／３０", " 2026-06-30 ", "2026/6/30 0:00",
        "2026-06-30 00:00:00", "2026-06-30T00:00:00", "2026-06-30 00:00:00.000"}) {
    EXPECT_EQ(PlainDay(day), "2026-06-30") << day;
  }
  for (const char* none :
       {"", "26/6/30", "26-06-30", "2026-06-31", "2025/2/29", "2026/13/1", "2026-6/30", "2026年6月",
        "2026年6月30", "6/30/2026", "2026-06-30 8:00", "20260630", "2026/6/0", "0000/1/1", "2026//6/30"}) {
    EXPECT_EQ(PlainDay(none), std::nullopt) << none;
  }
  EXPECT_EQ(SerialDay("45565"), "2024-09-30");
  EXPECT_EQ(SerialDay("４５５６５.0"), "2024-09-30");
  for (const char* none : {"", "4556", "455650", "45565.5", "-45565", "99999", "10000", "45565年"}) {
    EXPECT_EQ(SerialDay(none), std::nullopt) << none;
  }
  EXPECT_EQ(PlainDay("2024/2/29"), "2024-02-29");
  EXPECT_TRUE(IsDate("2024-02-29"));
  EXPECT_FALSE(IsDate("2024/2/29"));
}

TEST_F(Typing, EveryDayOfARequestIsKeptInOneForm) {
  MakeTable("a", "t", 3);
  const v1::Actual actual = Report(kFirst, "10", "2024/3/31").actual();
  EXPECT_EQ(actual.date(), "2024-03-31");
  EXPECT_EQ(actual.report().date(), "2024-03-31");
  Report(kFirst, "20", "2024年9月30日");
  EXPECT_EQ(Do<v1::RecordSpendingResponse>(Spending("3", "2024.7.1")).spending().date(), "2024-07-01");
  v1::RecordOutlookRequest outlook;
  outlook.set_indicator(kFirst);
  outlook.mutable_outlook()->set_likelihood(v1::LIKELIHOOD_CERTAIN);
  outlook.mutable_outlook()->set_cause(v1::OUTLOOK_CAUSE_FUNDS);
  outlook.mutable_outlook()->set_date("２０２４-７-３１");
  EXPECT_EQ(Do<v1::RecordOutlookResponse>(outlook).outlook().date(), "2024-07-31");
  v1::ProposeAmendmentRequest amend;
  amend.set_parent(kTable);
  amend.set_etag(TableOf(kTable).etag());
  amend.mutable_amendment()->set_reason("fewer");
  amend.mutable_amendment()->set_effective_date("2024/10/1");
  v1::RowChange* change = amend.mutable_amendment()->add_rows();
  change->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
  *change->mutable_indicator() = TableOf(kTable).indicators(1);
  change->mutable_indicator()->mutable_target()->set_value("25");
  EXPECT_EQ(Do<v1::ProposeAmendmentResponse>(amend, "lead").amendment().effective_date(), "2024-10-01");
  for (const char* wrong : {"24/3/31", "2024/2/30", "2023/3/31"}) {
    EXPECT_EQ(WhyNot(ReportRequest(kFirst, "10", wrong)), v1::ERROR_REASON_DATE_OUT_OF_YEAR) << wrong;
  }
}

TEST_F(Typing, AQuestionAboutADayTakesTheSameForms) {
  MakeTable("a", "t", 3);
  Report(kFirst, "10", "2024-03-31");
  Report(kFirst, "20", "2024-09-30");
  for (const char* day : {"2024-06-30", "2024/6/30", "2024年6月30日"}) {
    v1::AsOf june;
    june.set_date(day);
    EXPECT_EQ(ScoreOf(kFirst, june).indicators(0).actual(), "10 个") << day;
    v1::DiffScoresRequest diff;
    diff.set_name(kTable);
    diff.mutable_from_as_of()->set_date(day);
    diff.mutable_to_as_of()->set_date("2024.12.31");
    EXPECT_EQ(Ask<v1::DiffScoresResponse>(diff).points(), "10.00") << day;
    v1::ListDueRequest due;
    due.set_parent("units/a");
    due.set_due_by(day);
    EXPECT_GT(Ask<v1::ListDueResponse>(due).items_size(), 0) << day;
  }
  v1::GetScoreRequest wrong;
  wrong.set_name(kTable);
  wrong.mutable_as_of()->set_date("24/6/30");
  v1::GetScoreResponse response;
  EXPECT_EQ(ReasonOf(engine().Read(wrong, &response, {"r", "en", ""})), v1::ERROR_REASON_INVALID_FIELD);
}

TEST_F(Typing, ARepeatedRequestWithAnOfficeDayGivesTheFirstAnswer) {
  MakeTable("a", "t", 3);
  v1::RecordActualRequest request = ReportRequest(kFirst, "10", "2024/3/31");
  request.mutable_write()->set_request_id("r1");
  const v1::RecordActualResponse first = Do<v1::RecordActualResponse>(request);
  EXPECT_EQ(Do<v1::RecordActualResponse>(request).SerializeAsString(), first.SerializeAsString());
}

TEST_F(Typing, MoneyMayNameItsUnit) {
  MakeTable("a", "t", 3);
  for (const char* spent : {"3", "3万元", "3 万元", "３　万元"}) {
    EXPECT_EQ(Do<v1::RecordSpendingResponse>(Spending(spent)).spending().spent(), "3") << spent;
  }
  for (const char* spent : {"30000元", "0.0003 亿元", "30 千元", "3万"}) {
    EXPECT_EQ(Do<v1::RecordSpendingResponse>(Spending(spent)).spending().spent(), "3") << spent;
  }
  for (const char* wrong : {"3 个", "3 美元", "3 %"}) {
    v1::RecordSpendingResponse response;
    const absl::Status refused = Try(Spending(wrong), &response);
    EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_UNIT_MISMATCH) << wrong;
    EXPECT_THAT(MessageOf(refused, "zh-CN"), HasSubstr("元、亿元"));
  }
  for (const char* wrong : {"", "many", "万元"})
    EXPECT_EQ(ReasonFor<v1::RecordSpendingResponse>(Spending(wrong)), v1::ERROR_REASON_NOT_A_NUMBER) << wrong;
  EXPECT_EQ(ReasonFor<v1::RecordSpendingResponse>(Spending("-3 万元")), v1::ERROR_REASON_NEGATIVE_VALUE);
}

TEST_F(Typing, AWidePercentSignIsAPercentSign) {
  MakeWith(
      [](v1::Indicator* row) {
        row->mutable_target()->set_unit("％");
        row->mutable_target()->set_value("90");
      },
      v1::ACCUMULATION_RATIO);
  EXPECT_EQ(TableOf(kTable).indicators(0).target().unit(), "%");
  v1::RecordActualRequest request = ReportRequest(kFirst, "");
  request.mutable_report()->set_numerator("45");
  request.mutable_report()->set_denominator("50");
  Do<v1::RecordActualResponse>(request);
  EXPECT_EQ(ScoreOf(kFirst).indicators(0).score(), "30.00") << "45 of 50 are 90 %";
  v1::ProposeAmendmentRequest amend;
  amend.set_parent(kTable);
  amend.set_etag(TableOf(kTable).etag());
  amend.mutable_amendment()->set_reason("as a share");
  v1::RowChange* change = amend.mutable_amendment()->add_rows();
  change->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
  *change->mutable_indicator() = TableOf(kTable).indicators(0);
  change->mutable_indicator()->mutable_target()->set_unit(" ％");
  change->mutable_indicator()->mutable_target()->set_value("95");
  EXPECT_EQ(Do<v1::ProposeAmendmentResponse>(amend, "lead").amendment().rows(0).indicator().target().unit(),
            "%")
      << "the same unit, though there is a report";
}

TEST_F(Typing, NumeratorsBelongToRatios) {
  MakeTable("a", "t", 3);
  v1::RecordActualRequest request = ReportRequest(kFirst, "10");
  request.mutable_report()->set_numerator("1");
  EXPECT_EQ(WhyNot(request), v1::ERROR_REASON_INVALID_FIELD);
  request.mutable_report()->clear_numerator();
  request.mutable_report()->set_denominator("2");
  EXPECT_EQ(WhyNot(request), v1::ERROR_REASON_INVALID_FIELD);
  v1::CorrectActualRequest correct;
  correct.set_name(Report(kFirst, "10").actual().name());
  *correct.mutable_report() = request.report();
  correct.set_change_reason("typing error");
  EXPECT_EQ(ReasonFor<v1::CorrectActualResponse>(correct), v1::ERROR_REASON_INVALID_FIELD);
  v1::StreamActualsRequest stream;
  stream.add_reports()->set_indicator(kFirst);
  *stream.mutable_reports(0)->mutable_report() = request.report();
  EXPECT_EQ(Do<v1::StreamActualsResponse>(stream).errors_size(), 1);
}

TEST_F(Typing, ADeductionThatNothingComesOfIsRefused) {
  MakeWith([](v1::Indicator* row) {
    row->mutable_rule()->mutable_options()->set_over_mode(v1::OVER_ACHIEVEMENT_MODE_MANUAL);
  });
  const auto with_deduction = [](const std::string& indicator, const std::string& value) {
    v1::RecordActualRequest request = ReportRequest(indicator, value);
    request.mutable_report()->set_deduction("2");
    return request;
  };
  EXPECT_EQ(WhyNot(with_deduction("units/a/tables/t/indicators/i2", "40")),
            v1::ERROR_REASON_SCORE_NOT_ALLOWED)
      << "mode NONE";
  EXPECT_EQ(WhyNot(with_deduction(kFirst, "29")), v1::ERROR_REASON_SCORE_NOT_ALLOWED) << "not exceeded";
  EXPECT_EQ(WhyNot(with_deduction(kFirst, "30")), v1::ERROR_REASON_SCORE_NOT_ALLOWED) << "not exceeded";
  Do<v1::RecordActualResponse>(with_deduction(kFirst, "40"));
  EXPECT_EQ(ScoreOf(kFirst).score(), "28.00");
}

TEST_F(Typing, IncrementsMayExceedTheTargetTogether) {
  MakeWith(
      [](v1::Indicator* row) {
        row->mutable_rule()->mutable_options()->set_over_mode(v1::OVER_ACHIEVEMENT_MODE_MANUAL);
      },
      v1::ACCUMULATION_SUM);
  Report(kFirst, "20");
  v1::RecordActualRequest request = ReportRequest(kFirst, "20", "2024-09-30");
  request.mutable_report()->set_deduction("2");
  Do<v1::RecordActualResponse>(request);
  EXPECT_EQ(ScoreOf(kFirst).score(), "28.00");
}

}  // namespace
}  // namespace attain::engine
