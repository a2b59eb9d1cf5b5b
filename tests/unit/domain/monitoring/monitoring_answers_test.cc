// Monitoring row by row, outlooks as they are kept, and when it is too late (RULES 5 and 6).
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "gmock/gmock.h"
#include "service/domain/monitoring/pace.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::HasSubstr;

constexpr char kTable[] = "units/a/tables/t";

std::string Row(int row) {
  return absl::StrCat(kTable, "/indicators/i", row);
}

class MonitoringAnswers : public EngineFixture {
 protected:
  void SetUp() override {
    engine_options.clock = &clock_;
    Open();
  }
  v1::MonitoringReport Month(int month, const v1::ReadOptions& read = {}, int year = 2024) {
    v1::GetMonitoringRequest request;
    request.set_name(kTable);
    if (month != 0) request.set_month(absl::StrFormat("%d-%02d", year, month));
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
  std::string WhyNot(const v1::RecordOutlookRequest& request, const std::string& locale = "en") {
    v1::RecordOutlookResponse response;
    const absl::Status status = Try(request, &response);
    return status.ok() ? "accepted" : MessageOf(status, locale);
  }
  v1::RecordSpendingResponse Spend(const std::string& amount, const std::string& date,
                                   const std::string& adjusted = "") {
    v1::RecordSpendingRequest request;
    request.set_parent(kTable);
    request.mutable_spending()->set_spent(amount);
    request.mutable_spending()->set_adjusted_budget(adjusted);
    request.mutable_spending()->set_date(date);
    return Do<v1::RecordSpendingResponse>(request);
  }
  // A row with its target and what is done about it.
  void Make(const std::vector<std::function<void(v1::Indicator*)>>& changes) {
    const int rows = static_cast<int>(changes.size());
    MakeTableWith("a", "t", rows, [&](v1::Table* table) {
      for (int row = 0; row < rows; ++row) {
        if (changes[static_cast<size_t>(row)])
          changes[static_cast<size_t>(row)](table->mutable_indicators(row));
      }
    });
  }
  std::string TooLateFrom(const std::string& grade, const std::string& as_of = "") {
    v1::SolveForScoreRequest request;
    request.set_table(kTable);
    absl::ascii_isdigit(grade[0]) ? request.set_points(grade) : request.set_grade(grade);
    request.mutable_as_of()->set_date(as_of);
    const auto answer = Ask<v1::SolveForScoreResponse>(request);
    return answer.too_late() ? "too late" : answer.too_late_from();
  }
};

TEST_F(MonitoringAnswers, ARowShowsWhatItsTableKnows) {
  Make({{}, {}, {}});
  Report(Row(1), "12", "2024-06-30");
  Spend("6", "2024-06-20", "12");
  const v1::MonitoringReport june = Month(6);
  EXPECT_EQ(june.name(), kTable);
  EXPECT_EQ(june.display_name(), "t");
  EXPECT_EQ(june.fiscal_year(), 2024);
  EXPECT_EQ(june.spent(), "6");
  EXPECT_EQ(june.adjusted_budget(), "12");
  EXPECT_EQ(june.execution_rate(), "50.00");
  EXPECT_EQ(june.execution_progress(), "100.00");
  EXPECT_EQ(june.execution_signal(), v1::SIGNAL_GREEN);
  EXPECT_EQ(june.score(), "17.00");
  EXPECT_EQ(june.forecast_score(), "29.13");  // 24.13 + 5
  ASSERT_EQ(june.rows_size(), 3);
  const v1::MonitoringRow& row = june.rows(0);
  EXPECT_EQ(row.name(), Row(1));
  EXPECT_EQ(row.display_name(), "指标1");
  EXPECT_EQ(row.level1(), "产出");
  EXPECT_EQ(row.level2(), "数量");
  EXPECT_EQ(row.target(), "≥30 个");
  EXPECT_EQ(row.actual(), "12 个");
  EXPECT_EQ(row.date(), "2024-06-30");
  EXPECT_EQ(row.progress(), "80.00");
  EXPECT_EQ(row.signal(), v1::SIGNAL_GREEN) << "80 is no longer yellow";
  EXPECT_EQ(row.forecast(), "24.13 个");
  EXPECT_EQ(row.forecast_score(), "24.13");
  EXPECT_FALSE(row.has_outlook());
  EXPECT_FALSE(row.outlook_missing());
  EXPECT_EQ(june.rows(1).forecast_score(), "");
  Report(Row(2), "30", "2024-06-30");
  Report(Row(3), "30", "2024-06-30");
  EXPECT_EQ(Month(6).forecast_grade(), "良") << "24.13 + 30 + 30 + 5";
  EXPECT_EQ(ScoreOf(kTable).grade(), "中") << "77 so far";
}

TEST_F(MonitoringAnswers, SignalsHaveBorders) {
  Make({{}});
  // By June of ≥ 30 are 15: v = A / 15 × 100.
  const std::pair<const char*, v1::Signal> cases[] = {{"8.999", v1::SIGNAL_RED},     {"9", v1::SIGNAL_YELLOW},
                                                      {"11.999", v1::SIGNAL_YELLOW}, {"12", v1::SIGNAL_GREEN},
                                                      {"17.999", v1::SIGNAL_GREEN},  {"18", v1::SIGNAL_BLUE}};
  for (const auto& [value, signal] : cases) {
    Report(Row(1), value, "2024-06-30");
    const v1::MonitoringReport june = Month(6);
    EXPECT_EQ(june.rows(0).signal(), signal) << value;
    EXPECT_EQ(june.signal(), signal) << value;
    EXPECT_EQ(june.rows(0).outlook_missing(), signal == v1::SIGNAL_RED || signal == v1::SIGNAL_YELLOW)
        << value;
  }
}

TEST_F(MonitoringAnswers, TheMonthsLastDayCountsAndTheNextDoesNot) {
  Make({{}});
  Report(Row(1), "3", "2024-06-30");
  Report(Row(1), "20", "2024-07-01");
  EXPECT_EQ(Month(6).rows(0).actual(), "3 个");
  EXPECT_EQ(Month(7).rows(0).actual(), "20 个");
  EXPECT_EQ(Month(0).month(), "2024-07");
  v1::ReadOptions then;
  then.set_read_revision(static_cast<int64_t>(store().head().revision) - 1);
  EXPECT_EQ(Month(7, then).rows(0).actual(), "3 个");
  EXPECT_EQ(Month(0, then).month(), "2024-06");
  EXPECT_EQ(Month(12).month(), "2024-12");
  v1::GetMonitoringRequest request;
  request.set_name(kTable);
  for (const char* month : {"2024-00", "2024-13", "2023-12", "2024-7", "2024-007", "7", "2024/07"}) {
    request.set_month(month);
    EXPECT_EQ(WhyNotRead<v1::GetMonitoringResponse>(request), v1::ERROR_REASON_INVALID_FIELD) << month;
  }
}

TEST_F(MonitoringAnswers, AMonthIsMeasuredAgainstTheTargetsOfItsLastDay) {
  Make({{}});
  Report(Row(1), "15", "2024-06-30");
  v1::ProposeAmendmentRequest propose;
  propose.set_parent(kTable);
  propose.set_etag(TableOf(kTable).etag());
  propose.mutable_amendment()->set_reason("more");
  propose.mutable_amendment()->set_effective_date("2024-07-31");
  v1::RowChange* change = propose.mutable_amendment()->add_rows();
  change->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
  *change->mutable_indicator() = TableOf(kTable).indicators(0);
  change->mutable_indicator()->mutable_target()->set_value("60");
  const v1::Amendment amendment = Do<v1::ProposeAmendmentResponse>(propose, "lead").amendment();
  v1::ApproveAmendmentRequest approve;
  approve.set_name(amendment.name());
  approve.set_etag(amendment.etag());
  Do<v1::ApproveAmendmentResponse>(approve, "office");
  EXPECT_EQ(Month(6).rows(0).target(), "≥30 个");
  EXPECT_EQ(Month(6).rows(0).progress(), "100.00");
  EXPECT_EQ(Month(7).rows(0).target(), "≥60 个");
  EXPECT_EQ(Month(7).rows(0).signal(), v1::SIGNAL_RED);
}

TEST_F(MonitoringAnswers, WhatDoesNotGrowIsNotMeasuredByItsMonth) {
  Make({[](auto* row) { row->set_level2("质量"); },
        [](auto* row) { row->set_accumulation(v1::ACCUMULATION_SUM); },
        [](auto* row) { row->set_accumulation(v1::ACCUMULATION_AVERAGE); },
        [](auto* row) { row->mutable_target()->set_comparator(v1::COMPARATOR_AT_MOST); },
        [](auto* row) { row->mutable_target()->set_comparator(v1::COMPARATOR_EQUAL); }});
  for (int row = 1; row <= 5; ++row) Report(Row(row), "15", "2024-06-30");
  const v1::MonitoringReport june = Month(6);
  EXPECT_EQ(june.rows(0).progress(), "50.00") << "quality is not prorated";
  EXPECT_EQ(june.rows(0).forecast(), "");
  EXPECT_EQ(june.rows(1).progress(), "100.00");
  EXPECT_EQ(june.rows(1).forecast(), "30.16 个") << "a sum goes on";
  EXPECT_EQ(june.rows(2).progress(), "100.00");
  EXPECT_EQ(june.rows(2).forecast(), "") << "a mean does not grow";
  EXPECT_EQ(june.rows(3).forecast(), "") << "nor what is best kept low";
  EXPECT_EQ(june.rows(4).forecast(), "30.16 个");
}

TEST_F(MonitoringAnswers, AYearHasItsOwnDays) {
  MakeTableWith("a", "t", 1, [](v1::Table* table) { table->set_fiscal_year(2025); });
  Report(Row(1), "12", "2025-06-30");
  EXPECT_EQ(Month(6, {}, 2025).rows(0).forecast(), "24.2 个");  // 12 / 181 × 365
}

TEST_F(MonitoringAnswers, AnOutlookIsKeptAsItWasGiven) {
  Make({{}, {}});
  v1::RecordOutlookRequest request =
      Outlook(1, v1::LIKELIHOOD_POSSIBLE, v1::OUTLOOK_CAUSE_OTHER, "2024/7/20");
  request.mutable_outlook()->set_text("签证");
  request.mutable_outlook()->set_expected("28 个");
  request.mutable_outlook()->set_actor("theirs");
  request.mutable_outlook()->set_revision(7);
  const auto answer = Do<v1::RecordOutlookResponse>(request, "lead");
  const v1::Outlook& kept = answer.outlook();
  EXPECT_EQ(kept.likelihood(), v1::LIKELIHOOD_POSSIBLE);
  EXPECT_EQ(kept.cause(), v1::OUTLOOK_CAUSE_OTHER);
  EXPECT_EQ(kept.text(), "签证");
  EXPECT_EQ(kept.expected(), "28 个");
  EXPECT_EQ(kept.date(), "2024-07-20");
  EXPECT_EQ(kept.actor(), "lead");
  EXPECT_EQ(kept.revision(), answer.commit().revision());
  EXPECT_EQ(kept.record_time().DebugString(), answer.commit().record_time().DebugString());
  EXPECT_EQ(Month(7).rows(0).outlook().DebugString(), kept.DebugString());
  EXPECT_FALSE(Month(7).rows(1).has_outlook());
  request.mutable_outlook()->clear_date();
  EXPECT_EQ(Do<v1::RecordOutlookResponse>(request).outlook().date(), "2024-06-15") << "today";
}

TEST_F(MonitoringAnswers, AnOutlookSaysHowLikelyAndWhy) {
  Make({{}, {}, {}});
  constexpr auto kNoCause = v1::OUTLOOK_CAUSE_UNSPECIFIED;
  EXPECT_EQ(WhyNot(Outlook(1, v1::LIKELIHOOD_CERTAIN, kNoCause, "2024-07-20")), "accepted");
  EXPECT_THAT(WhyNot(Outlook(1, v1::LIKELIHOOD_POSSIBLE, kNoCause, "2024-07-20")),
              HasSubstr("not certain to be reached needs a cause"));
  EXPECT_THAT(WhyNot(Outlook(1, v1::LIKELIHOOD_IMPOSSIBLE, kNoCause, "2024-07-20")),
              HasSubstr("not certain to be reached needs a cause"));
  EXPECT_THAT(WhyNot(Outlook(1, v1::LIKELIHOOD_UNSPECIFIED, v1::OUTLOOK_CAUSE_FUNDS, "2024-07-20")),
              HasSubstr("Say how likely"));
  EXPECT_THAT(WhyNot(Outlook(1, static_cast<v1::Likelihood>(9), v1::OUTLOOK_CAUSE_FUNDS, "2024-07-20")),
              HasSubstr("Say how likely"));
  EXPECT_THAT(WhyNot(Outlook(1, v1::LIKELIHOOD_POSSIBLE, static_cast<v1::OutlookCause>(9), "2024-07-20")),
              HasSubstr("Not a known cause"));
  EXPECT_THAT(WhyNot(Outlook(1, v1::LIKELIHOOD_POSSIBLE, v1::OUTLOOK_CAUSE_OTHER, "2024-07-20")),
              HasSubstr("outlook.text"));
  Report(Row(1), "1", "2024-07-31");   // red
  Report(Row(2), "12", "2024-07-31");  // 68.57: yellow
  Report(Row(3), "30", "2024-07-31");
  EXPECT_THAT(WhyNot(Outlook(1, v1::LIKELIHOOD_CERTAIN, kNoCause, "2024-07-20")),
              HasSubstr("is red in month 7: give the cause"));
  EXPECT_THAT(WhyNot(Outlook(2, v1::LIKELIHOOD_CERTAIN, kNoCause, "2024-07-20")),
              HasSubstr("is yellow in month 7: give the cause"));
  EXPECT_THAT(WhyNot(Outlook(2, v1::LIKELIHOOD_CERTAIN, kNoCause, "2024-07-20"), "zh-CN"),
              HasSubstr("7 月为黄灯"));
  EXPECT_EQ(WhyNot(Outlook(3, v1::LIKELIHOOD_CERTAIN, kNoCause, "2024-07-20")), "accepted");
  EXPECT_EQ(WhyNot(Outlook(1, v1::LIKELIHOOD_CERTAIN, kNoCause, "2024-06-30")), "accepted")
      << "what was reported in July is none of June's";
  v1::RecordOutlookRequest words = Outlook(3, v1::LIKELIHOOD_CERTAIN, kNoCause, "2024-07-20");
  words.mutable_outlook()->set_text(std::string(2001, 'x'));
  EXPECT_NE(WhyNot(words), "accepted");
  words.mutable_outlook()->set_text(std::string(2000, 'x'));
  words.mutable_outlook()->set_expected(std::string(201, 'x'));
  EXPECT_NE(WhyNot(words), "accepted");
  words.mutable_outlook()->set_expected(std::string(200, 'x'));
  EXPECT_EQ(WhyNot(words), "accepted");
}

TEST_F(MonitoringAnswers, AnOutlookWithoutACauseStillMissesIt) {
  Make({{}});
  Do<v1::RecordOutlookResponse>(
      Outlook(1, v1::LIKELIHOOD_CERTAIN, v1::OUTLOOK_CAUSE_UNSPECIFIED, "2024-07-20"));
  Report(Row(1), "1", "2024-07-25");  // now it is red
  EXPECT_TRUE(Month(7).rows(0).has_outlook());
  EXPECT_TRUE(Month(7).rows(0).outlook_missing());
  Do<v1::RecordOutlookResponse>(Outlook(1, v1::LIKELIHOOD_CERTAIN, v1::OUTLOOK_CAUSE_FUNDS, "2024-07-20"));
  EXPECT_FALSE(Month(7).rows(0).outlook_missing()) << "of one day the one recorded last counts";
}

// One row of 90 points, ≥ 30, and 10 points for a budget of 10.
TEST_F(MonitoringAnswers, ItIsTooLateFromTheFirstDayThatMissesTheTotal) {
  Make({{}});
  Report(Row(1), "20", "2024-09-27");  // day 271 of 366: 27 on 31 December, 81 points
  Spend("10", "2024-09-27");
  // Needed 90: 80 points of the row are 26.67; 20 / 271 × (271 + left) reaches that with 91 days left.
  EXPECT_EQ(TooLateFrom("90"), "2024-10-03");
  EXPECT_EQ(TooLateFrom("70"), "") << "it is there already";
  EXPECT_EQ(TooLateFrom("95"), "too late") << "even when work goes on tomorrow";
  EXPECT_EQ(TooLateFrom("90", "2024-10-02"), "too late") << "3 October is the first day that is left";
  EXPECT_EQ(TooLateFrom("90", "2024-10-01"), "2024-10-03");
  EXPECT_EQ(TooLateFrom("70.3"), "2024-12-31");
  EXPECT_EQ(TooLateFrom("70.2"), "") << "the last day's work is enough";
}

TEST_F(MonitoringAnswers, ARowThatIsReviewedDoesNotGrow) {
  Make({{}, {}});
  for (int row = 1; row <= 2; ++row) {
    v1::RecordActualRequest request = ReportRequest(Row(row), "15", "2024-06-30");
    request.mutable_report()->set_reason("rain");
    Do<v1::RecordActualResponse>(request);
  }
  Spend("10", "2024-06-30");  // 22.5 + 22.5 + 10
  EXPECT_EQ(TooLateFrom("80"), "2024-09-22") << "both rows go on";
  v1::SubmitEvaluationRequest submit;
  submit.set_name(absl::StrCat(kTable, "/evaluation"));
  submit.set_etag(EvaluationOf(kTable).evaluation().etag());
  Do<v1::SubmitEvaluationResponse>(submit);
  v1::ReviewIndicatorRequest review;
  review.set_indicator(Row(1));
  review.set_score("22.5");
  Do<v1::ReviewIndicatorResponse>(review, "office");
  EXPECT_EQ(TooLateFrom("80"), "too late");
}

TEST_F(MonitoringAnswers, MoneyGoesOnUpToItsBudgetAndFiguresUpToTheirTarget) {
  Make({{}});
  Report(Row(1), "45", "2024-06-30");  // above the target: 90 points
  Spend("4", "2024-06-30");
  EXPECT_EQ(ScoreOf(kTable).score(), "94.00");
  EXPECT_EQ(TooLateFrom("98"), "2024-07-04") << "4 / 182 × (182 + 182) = 8";
  EXPECT_EQ(TooLateFrom("99"), "too late") << "8.04 on 31 December";
  Spend("9", "2024-06-30");
  EXPECT_EQ(TooLateFrom("100"), "2024-12-12") << "9 grows to 10 and stops there";
}

TEST_F(MonitoringAnswers, AFigureGrowsToItsTargetAndStopsThere) {
  Make({[](v1::Indicator* row) {
    row->mutable_target()->set_comparator(v1::COMPARATOR_EQUAL);
    row->mutable_rule()->mutable_options()->set_equal_mode(v1::EQUAL_MODE_STRICT);
  }});
  Report(Row(1), "15", "2024-06-30");  // 30.16 at this pace, and nothing else than 30 has points
  Spend("10", "2024-06-30");
  EXPECT_EQ(TooLateFrom("100"), "2024-07-04");
}

TEST_F(MonitoringAnswers, WhatWasReachedAboveTheTargetStays) {
  Make({[](v1::Indicator* row) {
    v1::RuleOptions* options = row->mutable_rule()->mutable_options();
    options->set_over_mode(v1::OVER_ACHIEVEMENT_MODE_TIERS);
    options->add_over_tiers()->set_from_ratio("1.5");
    options->mutable_over_tiers(0)->set_factor("0.5");
  }});
  Report(Row(1), "45", "2024-06-30");
  Spend("10", "2024-06-30");
  EXPECT_EQ(ScoreOf(kTable).score(), "55.00");
  EXPECT_EQ(TooLateFrom("90"), "too late");
}

TEST_F(MonitoringAnswers, RowsWithAPaceAreThoseThatGrow) {
  TableModel model;
  auto profile = std::make_shared<scoring::Profile>();
  profile->monitoring.not_prorated = {"质量"};
  model.profile = profile;
  const auto paced = [&](v1::Accumulation accumulation, const char* level2) {
    model.state.clear_indicators();
    disk::IndicatorState* row = model.state.add_indicators();
    row->set_accumulation(accumulation);
    row->set_level2(level2);
    return HasPace(model, 0);
  };
  EXPECT_TRUE(paced(v1::ACCUMULATION_UNSPECIFIED, "数量"));
  EXPECT_TRUE(paced(v1::ACCUMULATION_LATEST, "数量"));
  EXPECT_TRUE(paced(v1::ACCUMULATION_SUM, "数量"));
  EXPECT_FALSE(paced(v1::ACCUMULATION_AVERAGE, "数量"));
  EXPECT_FALSE(paced(v1::ACCUMULATION_RATIO, "数量"));
  EXPECT_FALSE(paced(v1::ACCUMULATION_LATEST, "质量"));
}

}  // namespace
}  // namespace attain::engine
