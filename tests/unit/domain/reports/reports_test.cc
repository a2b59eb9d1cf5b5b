// Reports: accumulation, corrections, retractions, what is refused (RULES 2.4 and 3).
#include <atomic>
#include <future>
#include <thread>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "service/scoring/decimal.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;

constexpr char kFirst[] = "units/a/tables/t/indicators/i1";

class Reports : public EngineFixture {
 protected:
  void SetUp() override { Open(); }
  std::string Actual(const std::string& indicator = kFirst) {
    return ScoreOf(indicator).indicators(0).actual();
  }
  v1::ErrorReason Refused(const std::string& value, const std::string& date = "2024-06-30") {
    return ReasonFor<v1::RecordActualResponse>(ReportRequest(kFirst, value, date));
  }
};

TEST_F(Reports, TheLatestByDateCountsWhateverTheOrderOfRecording) {
  MakeTable("a", "t", 3);
  Report(kFirst, "20", "2024-09-30");
  Report(kFirst, "10", "2024-03-31");
  EXPECT_EQ(Actual(), "20 个");
  v1::AsOf june;
  june.set_date("2024-06-30");
  EXPECT_EQ(ScoreOf(kFirst, june).indicators(0).actual(), "10 个");
}

TEST_F(Reports, IncrementsAreAddedUp) {
  MakeTable("a", "t", 3, v1::ACCUMULATION_SUM);
  Report(kFirst, "10");
  Report(kFirst, "5.5");
  EXPECT_EQ(Actual(), "15.5 个");
  EXPECT_EQ(ScoreOf(kFirst).score(), "15.50");  // 15.5 / 30 × 30
}

TEST_F(Reports, AnAverageIsOfAllReportsThatCount) {
  MakeTable("a", "t", 3, v1::ACCUMULATION_AVERAGE);
  Report(kFirst, "10");
  const std::string second = Report(kFirst, "40").actual().name();
  EXPECT_EQ(Actual(), "25 个");
  v1::RetractActualRequest retract;
  retract.set_name(second);
  retract.set_change_reason("not ours");
  Do<v1::RetractActualResponse>(retract);
  EXPECT_EQ(Actual(), "10 个");
}

TEST_F(Reports, ARatioIsOfTheSums) {
  MakeTable("a", "t", 3, v1::ACCUMULATION_RATIO);
  for (const auto& [numerator, denominator] : {std::pair("30", "2"), std::pair("90", "1")}) {
    v1::RecordActualRequest request = ReportRequest(kFirst, "");
    request.mutable_report()->set_numerator(numerator);
    request.mutable_report()->set_denominator(denominator);
    Do<v1::RecordActualResponse>(request);
  }
  EXPECT_EQ(Actual(), "40 个") << "120 / 3, not the mean of 15 and 90";
}

TEST_F(Reports, ACorrectionReplacesAndKeepsWhatItReplaces) {
  MakeTable("a", "t", 3);
  const v1::RecordActualResponse first = Report(kFirst, "10");
  v1::CorrectActualRequest correct;
  correct.set_name(first.actual().name());
  *correct.mutable_report() = ReportRequest(kFirst, "12").report();
  correct.set_change_reason("typing error");
  const std::string second = Do<v1::CorrectActualResponse>(correct).actual().name();
  EXPECT_EQ(Actual(), "12 个");
  v1::ReadOptions before;
  before.set_read_revision(first.commit().revision());
  EXPECT_EQ(ScoreOf(kFirst, before).indicators(0).actual(), "10 个");
  v1::ListActualsRequest list;
  list.set_parent(kFirst);
  const auto actuals = Ask<v1::ListActualsResponse>(list).actuals();
  ASSERT_EQ(actuals.size(), 2);
  EXPECT_EQ(ReasonFor<v1::CorrectActualResponse>(correct), v1::ERROR_REASON_ACTUAL_SUPERSEDED);
}

TEST_F(Reports, AnAdjustedBudgetStandsUntilALaterOneWhateverTheOrderOfRecording) {
  MakeTable("a", "t", 3);  // budget 10
  const auto spend = [&](const std::string& spent, const std::string& adjusted, const std::string& date) {
    v1::RecordSpendingRequest request;
    request.set_parent("units/a/tables/t");
    request.mutable_spending()->set_spent(spent);
    request.mutable_spending()->set_adjusted_budget(adjusted);
    request.mutable_spending()->set_date(date);
    return Do<v1::RecordSpendingResponse>(request).table_score();
  };
  const auto on = [&](const std::string& day) {
    v1::AsOf read;
    read.set_date(day);
    const v1::Score score = ScoreOf("units/a/tables/t", read);
    return absl::StrCat(score.spent(), " of ", score.adjusted_budget());
  };
  spend("5", "", "2024-06-30");
  const v1::Score late = spend("2", "8", "2024-03-31");
  EXPECT_EQ(late.spent(), "5");
  EXPECT_EQ(late.adjusted_budget(), "8") << "nobody took it back in June";
  EXPECT_EQ(late.execution_points(), "6.25");
  EXPECT_EQ(spend("1", "7", "2024-02-01").adjusted_budget(), "8") << "an older one";
  EXPECT_EQ(on("2024-02-15"), "1 of 7");
  EXPECT_EQ(on("2024-04-30"), "2 of 8");
  EXPECT_EQ(on("2024-12-31"), "5 of 8");
  EXPECT_EQ(ScoreOf("units/a").adjusted_budget(), "8");
  Open();  // what is read from disk goes on in the same way
  EXPECT_EQ(spend("3", "9", "2024-05-01").adjusted_budget(), "9");
  EXPECT_EQ(spend("3", "1", "2024-04-01").adjusted_budget(), "9");
}

TEST_F(Reports, NothingIsTakenForZero) {
  MakeTable("a", "t", 3);
  EXPECT_EQ(ScoreOf(kFirst).status(), v1::SCORE_STATUS_UNREPORTED);
  EXPECT_EQ(Refused(""), v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(Refused(" "), v1::ERROR_REASON_INVALID_FIELD);
  Report(kFirst, "0");
  EXPECT_EQ(ScoreOf(kFirst).score(), "0.00");
  EXPECT_EQ(ScoreOf(kFirst).status(), v1::SCORE_STATUS_SCORED);
}

TEST_F(Reports, WhatIsNoValueOfThisIndicatorIsRefused) {
  MakeTable("a", "t", 3);
  const uint64_t head = store().head().revision;
  EXPECT_EQ(Refused("many"), v1::ERROR_REASON_NOT_A_NUMBER);
  EXPECT_EQ(Refused("NaN"), v1::ERROR_REASON_NOT_A_NUMBER);
  EXPECT_EQ(Refused("1e400"), v1::ERROR_REASON_NOT_A_NUMBER);
  EXPECT_EQ(Refused("-1"), v1::ERROR_REASON_NEGATIVE_VALUE);
  EXPECT_EQ(Refused("3 家"), v1::ERROR_REASON_UNIT_MISMATCH);
  EXPECT_EQ(Refused("1234567890123456789"), v1::ERROR_REASON_NUMBER_OUT_OF_RANGE);
  EXPECT_EQ(Refused("3", "2025-01-01"), v1::ERROR_REASON_DATE_OUT_OF_YEAR);
  EXPECT_EQ(Refused("3", "2024-02-30"), v1::ERROR_REASON_DATE_OUT_OF_YEAR);
  EXPECT_EQ(store().head().revision, head) << "a refused command leaves nothing";
  Report(kFirst, "３０ 个");
  EXPECT_EQ(Actual(), "30 个");
}

TEST_F(Reports, OnlyATableInForceTakesReports) {
  MakeTable("a", "t", 3, v1::ACCUMULATION_LATEST, /*approve=*/false);
  EXPECT_EQ(Refused("3"), v1::ERROR_REASON_WRONG_STATE);
  EXPECT_EQ(ReasonFor<v1::RecordActualResponse>(ReportRequest("units/a/tables/x/indicators/i1", "3")),
            v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  EXPECT_EQ(ReasonFor<v1::RecordActualResponse>(ReportRequest("units/a/tables/t/indicators/i9", "3")),
            v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  EXPECT_EQ(ReasonFor<v1::RecordActualResponse>(ReportRequest("a/t/i1", "3")), v1::ERROR_REASON_INVALID_NAME);
}

TEST_F(Reports, ARequestIdGivesTheFirstAnswerAgain) {
  MakeTable("a", "t", 3);
  v1::RecordActualRequest request = ReportRequest(kFirst, "12");
  request.mutable_write()->set_request_id("r1");
  const std::string first = Do<v1::RecordActualResponse>(request).SerializeAsString();
  Report(kFirst, "20");
  const uint64_t head = store().head().revision;
  EXPECT_EQ(Do<v1::RecordActualResponse>(request).SerializeAsString(), first) << "after other reports";
  Open();
  EXPECT_EQ(Do<v1::RecordActualResponse>(request).SerializeAsString(), first) << "after a restart";
  EXPECT_EQ(store().head().revision, head);
  request.mutable_report()->set_value("13");
  EXPECT_EQ(ReasonFor<v1::RecordActualResponse>(request), v1::ERROR_REASON_REQUEST_ID_REUSED);
}

TEST_F(Reports, TheSameRequestIdTwiceInOneGroupIsOneReport) {
  MakeTable("a", "t", 3);
  const uint64_t head = store().head().revision;
  for (int round = 0; round < 20; ++round) {
    v1::RecordActualRequest request = ReportRequest(kFirst, "12");
    request.mutable_write()->set_request_id(absl::StrCat("r", round));
    std::vector<v1::RecordActualResponse> responses(8);
    std::vector<std::promise<absl::Status>> done(responses.size());
    for (size_t i = 0; i < responses.size(); ++i) {
      engine().Mutate(request, &responses[i], {"t", "en", ""},
                      [&done, i](absl::Status status) { done[i].set_value(std::move(status)); });
    }
    for (std::promise<absl::Status>& one : done) EXPECT_TRUE(one.get_future().get().ok());
    for (const v1::RecordActualResponse& response : responses)
      EXPECT_EQ(response.SerializeAsString(), responses[0].SerializeAsString());
  }
  EXPECT_EQ(store().head().revision, head + 20);
}

TEST_F(Reports, ABatchIsRecordedWholeOrNotAtAll) {
  MakeTable("a", "t", 3);
  v1::BatchRecordActualsRequest batch;
  for (int i = 1; i <= 3; ++i) {
    v1::NamedReport* report = batch.add_reports();
    report->set_indicator(absl::StrCat("units/a/tables/t/indicators/i", i));
    report->mutable_report()->set_value(i == 2 ? "many" : "12");
    report->mutable_report()->set_date("2024-06-30");
  }
  const uint64_t head = store().head().revision;
  EXPECT_EQ(ReasonFor<v1::BatchRecordActualsResponse>(batch), v1::ERROR_REASON_NOT_A_NUMBER);
  EXPECT_EQ(store().head().revision, head);
  EXPECT_EQ(ScoreOf(kFirst).status(), v1::SCORE_STATUS_UNREPORTED);
  batch.mutable_reports(1)->mutable_report()->set_value("13");
  EXPECT_EQ(Do<v1::BatchRecordActualsResponse>(batch).actuals_size(), 3);
  EXPECT_EQ(store().head().revision, head + 1);
}

TEST_F(Reports, ValidateOnlyStoresNothing) {
  MakeTable("a", "t", 3);
  const uint64_t head = store().head().revision;
  v1::RecordActualRequest request = ReportRequest(kFirst, "30");
  request.mutable_write()->set_validate_only(true);
  const v1::RecordActualResponse answer = Do<v1::RecordActualResponse>(request);
  EXPECT_EQ(answer.commit().revision(), 0);
  EXPECT_EQ(answer.indicator_score().score(), "30.00") << "what would have been";
  EXPECT_EQ(store().head().revision, head);
  EXPECT_EQ(ScoreOf(kFirst).status(), v1::SCORE_STATUS_UNREPORTED);
}

// Also for ThreadSanitizer: writers and readers at once.
TEST_F(Reports, ReadersSeeWholeRevisionsWhileWritersWrite) {
  constexpr int kWriters = 3, kReports = 150;
  MakeTable("a", "t", 3);
  std::vector<std::thread> threads;
  std::atomic<int> writing{kWriters};
  for (int w = 0; w < kWriters; ++w) {
    threads.emplace_back([&, w] {
      for (int i = 0; i < kReports; ++i) {
        v1::RecordActualResponse response;
        EXPECT_TRUE(
            Try(ReportRequest(absl::StrCat("units/a/tables/t/indicators/i", w + 1), absl::StrCat(i % 30)),
                &response)
                .ok());
      }
      --writing;
    });
  }
  for (int r = 0; r < 2; ++r) {
    threads.emplace_back([&] {
      int64_t last = 0;
      while (writing > 0) {
        v1::GetScoreRequest request;
        request.set_name("units/a/tables/t");
        const auto answer = Ask<v1::GetScoreResponse>(request);
        EXPECT_GE(answer.read().revision(), last);
        last = answer.read().revision();
        scoring::Decimal sum;
        for (const v1::IndicatorScore& row : answer.score().indicators()) {
          if (!row.score().empty()) sum = sum + *scoring::Decimal::Parse(row.score());
        }
        EXPECT_EQ(answer.score().indicator_points(), sum.ToFixed(2)) << "rows and total of one revision";
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(ScoreOf("units/a/tables/t").reported_count(), 3);
}

}  // namespace
}  // namespace attain::engine
