// Outlooks and monitoring (RULES 5): signals by month, forecast, what is compulsory.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "gmock/gmock.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::HasSubstr;

constexpr char kTable[] = "units/a/tables/t";

std::string Row(int i) {
  return absl::StrCat(kTable, "/indicators/i", i);
}

class Monitoring : public EngineFixture {
 protected:
  void SetUp() override {
    Open();
    MakeTable("a", "t", 3);  // i1 … i3, "≥30 个", 30 points each, budget 10
  }
  v1::MonitoringReport Month(int month, const v1::ReadOptions& read = {}) {
    v1::GetMonitoringRequest request;
    request.set_name(kTable);
    if (month != 0) request.set_month(absl::StrFormat("2024-%02d", month));
    *request.mutable_read() = read;
    return Ask<v1::GetMonitoringResponse>(request).report();
  }
  static v1::RecordOutlookRequest Outlook(int row, v1::Likelihood likelihood, v1::OutlookCause cause,
                                          const std::string& date) {
    v1::RecordOutlookRequest request;
    request.set_indicator(Row(row));
    request.mutable_outlook()->set_likelihood(likelihood);
    request.mutable_outlook()->set_cause(cause);
    request.mutable_outlook()->set_date(date);
    return request;
  }
  v1::ErrorReason Refused(const v1::RecordOutlookRequest& request) {
    return ReasonFor<v1::RecordOutlookResponse>(request);
  }
  int64_t Spend(const std::string& amount, const std::string& date) {
    v1::RecordSpendingRequest request;
    request.set_parent(kTable);
    request.mutable_spending()->set_spent(amount);
    request.mutable_spending()->set_date(date);
    return Do<v1::RecordSpendingResponse>(request).commit().revision();
  }
};

TEST_F(Monitoring, OnlyValuesOfTheMonthsSoFarCount) {
  Report(Row(1), "10", "2024-06-30");
  Report(Row(1), "17.5", "2024-07-31");
  Report(Row(1), "30", "2024-09-01");
  const v1::MonitoringReport july = Month(7);
  EXPECT_EQ(july.month(), "2024-07");
  EXPECT_EQ(july.rows(0).actual(), "17.5 个");
  EXPECT_EQ(july.rows(0).date(), "2024-07-31");
  EXPECT_EQ(july.rows(0).progress(), "100.00");  // 17.5 / (30 × 7/12)
  EXPECT_EQ(july.rows(0).signal(), v1::SIGNAL_GREEN);
  EXPECT_EQ(Month(6).rows(0).signal(), v1::SIGNAL_YELLOW);  // 10 / 15
  EXPECT_EQ(Month(9).rows(0).signal(), v1::SIGNAL_BLUE);    // 30 / 22.5
  EXPECT_EQ(Month(5).rows(0).signal(), v1::SIGNAL_NONE);
  EXPECT_EQ(Month(5).rows(0).actual(), "");
}

TEST_F(Monitoring, AnOutlookIsMeasuredAgainstTheTargetsOfItsMonth) {
  Report(Row(1), "18", "2024-07-15");
  const auto amend = [&](const std::string& target, const std::string& date) {
    v1::ProposeAmendmentRequest propose;
    propose.set_parent(kTable);
    propose.set_etag(TableOf(kTable).etag());
    propose.mutable_amendment()->set_reason("other demand");
    propose.mutable_amendment()->set_effective_date(date);
    v1::RowChange* change = propose.mutable_amendment()->add_rows();
    change->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
    *change->mutable_indicator() = TableOf(kTable).indicators(0);
    change->mutable_indicator()->mutable_target()->set_value(target);
    v1::ApproveAmendmentRequest approve;
    const v1::Amendment amendment = Do<v1::ProposeAmendmentResponse>(propose, "lead").amendment();
    approve.set_name(amendment.name());
    approve.set_etag(amendment.etag());
    Do<v1::ApproveAmendmentResponse>(approve, "office");
  };
  const v1::RecordOutlookRequest july =
      Outlook(1, v1::LIKELIHOOD_CERTAIN, v1::OUTLOOK_CAUSE_UNSPECIFIED, "2024-07-20");
  amend("60", "2024-09-01");
  EXPECT_EQ(Month(7).rows(0).signal(), v1::SIGNAL_GREEN);  // 18 / (30 × 7/12)
  Do<v1::RecordOutlookResponse>(july);
  const v1::RecordOutlookRequest september =
      Outlook(1, v1::LIKELIHOOD_CERTAIN, v1::OUTLOOK_CAUSE_UNSPECIFIED, "2024-09-20");
  EXPECT_EQ(Month(9).rows(0).signal(), v1::SIGNAL_RED);  // 18 / (60 × 9/12)
  EXPECT_EQ(Refused(september), v1::ERROR_REASON_INVALID_FIELD);
  amend("10", "2024-10-01");
  EXPECT_EQ(Refused(september), v1::ERROR_REASON_INVALID_FIELD)
      << "the next amendment does not help September";
  Do<v1::RecordOutlookResponse>(
      Outlook(1, v1::LIKELIHOOD_CERTAIN, v1::OUTLOOK_CAUSE_UNSPECIFIED, "2024-10-20"));
  Do<v1::RecordOutlookResponse>(july);
}

TEST_F(Monitoring, TheTableShowsItsWorstRow) {
  EXPECT_EQ(Month(7).signal(), v1::SIGNAL_NONE);
  Report(Row(1), "30", "2024-07-01");
  EXPECT_EQ(Month(7).signal(), v1::SIGNAL_BLUE);
  Report(Row(2), "17", "2024-07-01");
  EXPECT_EQ(Month(7).signal(), v1::SIGNAL_GREEN);
  Report(Row(3), "1", "2024-07-01");
  EXPECT_EQ(Month(7).signal(), v1::SIGNAL_RED);
}

TEST_F(Monitoring, WithoutAMonthTheNewestReportOrSpendingNamesIt) {
  EXPECT_EQ(Month(0).month(), "2024-01");
  Report(Row(1), "10", "2024-03-05");
  EXPECT_EQ(Month(0).month(), "2024-03");
  Spend("5", "2024-08-15");
  EXPECT_EQ(Month(0).month(), "2024-08");
  v1::GetMonitoringRequest request;
  request.set_name(kTable);
  request.set_month("2024-13");
  v1::GetMonitoringResponse response;
  EXPECT_EQ(ReasonOf(engine().Read(request, &response, {})), v1::ERROR_REASON_INVALID_FIELD);
}

TEST_F(Monitoring, MoneyHasItsOwnSignal) {
  EXPECT_EQ(Month(7).execution_signal(), v1::SIGNAL_NONE) << "not reported is not zero";
  Spend("3.5", "2024-07-31");
  v1::MonitoringReport july = Month(7);
  EXPECT_EQ(july.execution_rate(), "35.00");
  EXPECT_EQ(july.execution_progress(), "60.00");
  EXPECT_EQ(july.execution_signal(), v1::SIGNAL_YELLOW);
  Spend("9", "2024-08-31");
  EXPECT_EQ(Month(7).execution_signal(), v1::SIGNAL_YELLOW);
  EXPECT_EQ(Month(8).execution_signal(), v1::SIGNAL_GREEN) << "money has no blue";
}

TEST_F(Monitoring, TheForecastFollowsThePaceAndIsScoredByTheRule) {
  Report(Row(1), "12", "2024-06-30");  // day 182 of 366: 12 / 182 × 366 = 24.13
  Report(Row(2), "30", "2024-06-30");  // 60.33: full marks
  const v1::MonitoringReport june = Month(6);
  EXPECT_EQ(june.rows(0).forecast(), "24.13 个");
  EXPECT_EQ(june.rows(0).forecast_score(), "24.13");  // 24.13 / 30 × 30
  EXPECT_EQ(june.rows(1).forecast(), "60.33 个");
  EXPECT_EQ(june.rows(1).forecast_score(), "30.00");
  EXPECT_EQ(june.rows(2).forecast(), "") << "not reported has no pace";
  EXPECT_EQ(june.score(), "42.00");
  EXPECT_EQ(june.forecast_score(), "54.13");
  EXPECT_EQ(june.forecast_grade(), "差");
  EXPECT_EQ(ScoreOf(kTable).score(), "42.00") << "a forecast is no fact";
}

TEST_F(Monitoring, RowsThatDoNotGrowHaveNoForecast) {
  ImportSample();
  const std::string p1 = "units/u/tables/p1";
  v1::GetTableRequest get;
  get.set_name(p1);
  const auto answer = Ask<v1::GetTableResponse>(get);
  for (const v1::Indicator& row : answer.table().indicators()) {
    const bool rating = row.rule().kind() == v1::RULE_KIND_RATING;
    Report(row.name(), rating ? "达成年度指标" : row.target().value(), "2024-06-30");
  }
  v1::GetMonitoringRequest request;
  request.set_name(p1);
  const v1::MonitoringReport report = Ask<v1::GetMonitoringResponse>(request).report();
  for (const v1::MonitoringRow& row : report.rows()) {
    if (row.level2() == "数量") {
      EXPECT_EQ(row.signal(), v1::SIGNAL_BLUE) << "a year's target in half a year";
      EXPECT_EQ(row.progress(), "200.00");
      EXPECT_NE(row.forecast(), "");
    } else {
      EXPECT_EQ(row.signal(), v1::SIGNAL_GREEN) << row.display_name();
      EXPECT_EQ(row.forecast(), "") << row.display_name();
    }
  }
}

TEST_F(Monitoring, AnOutlookIsKeptWithItsDayAndTheNewestCounts) {
  Report(Row(1), "17.5", "2024-07-31");
  const auto first = Do<v1::RecordOutlookResponse>(
      Outlook(1, v1::LIKELIHOOD_CERTAIN, v1::OUTLOOK_CAUSE_UNSPECIFIED, "2024-07-20"));
  EXPECT_GT(first.commit().revision(), 0);
  EXPECT_EQ(first.outlook().actor(), "tester");
  v1::RecordOutlookRequest second =
      Outlook(1, v1::LIKELIHOOD_POSSIBLE, v1::OUTLOOK_CAUSE_PEOPLE, "2024-08-10");
  second.mutable_outlook()->set_expected("28 个");
  Do<v1::RecordOutlookResponse>(second);
  EXPECT_EQ(Month(7).rows(0).outlook().likelihood(), v1::LIKELIHOOD_CERTAIN);
  EXPECT_EQ(Month(8).rows(0).outlook().expected(), "28 个");
  EXPECT_FALSE(Month(6).rows(0).has_outlook());
  v1::ReadOptions then;
  then.set_read_revision(first.commit().revision());
  EXPECT_EQ(Month(8, then).rows(0).outlook().likelihood(), v1::LIKELIHOOD_CERTAIN);
}

TEST_F(Monitoring, RedAndYellowWantACause) {
  Report(Row(1), "1", "2024-07-01");
  EXPECT_TRUE(Month(7).rows(0).outlook_missing());
  EXPECT_FALSE(Month(7).rows(1).outlook_missing());
  const auto bare = Outlook(1, v1::LIKELIHOOD_CERTAIN, v1::OUTLOOK_CAUSE_UNSPECIFIED, "2024-07-20");
  EXPECT_EQ(Refused(bare), v1::ERROR_REASON_INVALID_FIELD);
  Do<v1::RecordOutlookResponse>(Outlook(1, v1::LIKELIHOOD_CERTAIN, v1::OUTLOOK_CAUSE_FUNDS, "2024-07-20"));
  EXPECT_FALSE(Month(7).rows(0).outlook_missing());
  // In June the row was not reported, so nothing was red; the month of the outlook's day decides.
  Do<v1::RecordOutlookResponse>(
      Outlook(1, v1::LIKELIHOOD_CERTAIN, v1::OUTLOOK_CAUSE_UNSPECIFIED, "2024-06-20"));
}

TEST_F(Monitoring, WhatIsNoOutlookIsRefused) {
  const auto likely = v1::LIKELIHOOD_POSSIBLE;
  EXPECT_EQ(Refused(Outlook(1, v1::LIKELIHOOD_UNSPECIFIED, v1::OUTLOOK_CAUSE_FUNDS, "2024-07-20")),
            v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(Refused(Outlook(1, likely, v1::OUTLOOK_CAUSE_UNSPECIFIED, "2024-07-20")),
            v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(Refused(Outlook(1, likely, v1::OUTLOOK_CAUSE_OTHER, "2024-07-20")),
            v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(Refused(Outlook(1, likely, v1::OUTLOOK_CAUSE_FUNDS, "2025-01-01")),
            v1::ERROR_REASON_DATE_OUT_OF_YEAR);
  EXPECT_EQ(Refused(Outlook(9, likely, v1::OUTLOOK_CAUSE_FUNDS, "2024-07-20")),
            v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  MakeTable("a", "draft", 3, v1::ACCUMULATION_LATEST, /*approve=*/false);
  v1::RecordOutlookRequest draft = Outlook(1, likely, v1::OUTLOOK_CAUSE_FUNDS, "2024-07-20");
  draft.set_indicator("units/a/tables/draft/indicators/i1");
  EXPECT_EQ(Refused(draft), v1::ERROR_REASON_WRONG_STATE);
  v1::RecordOutlookRequest other = Outlook(1, likely, v1::OUTLOOK_CAUSE_OTHER, "2024-07-20");
  other.mutable_outlook()->set_text("春节后开工");
  EXPECT_EQ(Do<v1::RecordOutlookResponse>(other).outlook().text(), "春节后开工");
}

}  // namespace
}  // namespace attain::engine
