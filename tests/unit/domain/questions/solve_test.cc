// SolveForScore: the cheapest way to a grade, what is lost, and when it is too late.
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "service/scoring/decimal.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

class SolveTest : public EngineFixture {
 protected:
  SolveTest() { Open(); }

  v1::SolveForScoreResponse Solve(const std::string& table, const std::string& grade,
                                  const std::vector<std::string>& fixed = {}) {
    v1::SolveForScoreRequest request;
    request.set_table(table);
    absl::ascii_isdigit(grade[0]) ? request.set_points(grade) : request.set_grade(grade);
    for (const std::string& row : fixed) request.add_fixed(absl::StrCat(table, "/indicators/", row));
    return Ask<v1::SolveForScoreResponse>(request);
  }

  v1::ErrorReason Refusal(const v1::SolveForScoreRequest& request) {
    v1::SolveForScoreResponse response;
    return ReasonOf(engine().Read(request, &response, {"reader", "en", ""}));
  }

  void Spend(const std::string& table, const std::string& spent, const std::string& date = "2024-06-30") {
    v1::RecordSpendingRequest request;
    request.set_parent(table);
    request.mutable_spending()->set_spent(spent);
    request.mutable_spending()->set_date(date);
    Do<v1::RecordSpendingResponse>(request);
  }

  // What the simulation says of a solution.
  v1::Score Assumed(const std::string& table, const v1::SolveForScoreResponse& solution) {
    v1::SimulateScoreRequest request;
    request.set_table(table);
    *request.mutable_values() = solution.values();
    request.set_spent(solution.spent());
    return Ask<v1::SimulateScoreResponse>(request).score();
  }

  // "i2=24 i3=30"
  static std::string Shown(const v1::SolveForScoreResponse& solution) {
    std::string shown;
    for (const v1::AssumedValue& value : solution.values()) {
      absl::StrAppend(&shown, shown.empty() ? "" : " ",
                      value.indicator().substr(value.indicator().rfind('/') + 1), "=", value.value());
      if (!value.score().empty()) absl::StrAppend(&shown, "/", value.score());
    }
    return shown;
  }
};

const char kTable[] = "units/u/tables/t";

TEST_F(SolveTest, TheSimulationConfirmsTheSolution) {
  ImportSample();
  const std::string table = "units/u/tables/p1";
  Report(absl::StrCat(table, "/indicators/i1"), "1");
  Report(absl::StrCat(table, "/indicators/i2"), "2");
  Report(absl::StrCat(table, "/indicators/i6"), "60");
  Spend(table, "12.5");
  for (const std::string grade : {"优", "良", "中", "85", "99.99", "100"}) {
    const v1::SolveForScoreResponse solution = Solve(table, grade);
    ASSERT_TRUE(solution.reachable()) << grade;
    const v1::Score assumed = Assumed(table, solution);
    EXPECT_EQ(assumed.score(), solution.score()) << grade;
    EXPECT_GE(*scoring::Decimal::Parse(assumed.score()), *scoring::Decimal::Parse(solution.needed()))
        << grade;
  }
  EXPECT_EQ(Solve(table, "优").needed(), "90.00");
  EXPECT_EQ(Solve(table, "优").possible(), "100.00");
}

TEST_F(SolveTest, FewestAndFirstRowsThatReachIt) {
  MakeTable("u", "t", 3);
  for (int i = 1; i <= 3; ++i) Report(absl::StrCat(kTable, "/indicators/i", i), "20");
  Spend(kTable, "10");
  const v1::SolveForScoreResponse solution = Solve(kTable, "良");  // 70 now
  EXPECT_EQ(Shown(solution), "i1=30");
  EXPECT_EQ(solution.values(0).value_now(), "20 个");
  EXPECT_EQ(solution.values(0).gained(), "10.00");
  EXPECT_EQ(solution.cost(), "0.3333");
  EXPECT_EQ(Shown(Solve(kTable, "良", {"i1"})), "i2=30");
  const v1::SolveForScoreResponse fixed = Solve(kTable, "良", {"i1", "i2", "i3"});
  EXPECT_FALSE(fixed.reachable());
  EXPECT_EQ(fixed.possible(), "70.00");
}

TEST_F(SolveTest, SpendingIsTakenWhereItIsCheaper) {
  MakeTable("u", "t", 3);
  for (int i = 1; i <= 3; ++i) Report(absl::StrCat(kTable, "/indicators/i", i), "30");
  Spend(kTable, "2");
  const v1::SolveForScoreResponse solution = Solve(kTable, "95");
  EXPECT_EQ(Shown(solution), "");
  EXPECT_EQ(solution.spent(), "5");
  EXPECT_EQ(solution.cost(), "0.3");
  EXPECT_EQ(Assumed(kTable, solution).score(), "95.00");
}

TEST_F(SolveTest, WhatIsReachedAlreadyNeedsNothing) {
  MakeTable("u", "t", 3);
  for (int i = 1; i <= 3; ++i) Report(absl::StrCat(kTable, "/indicators/i", i), "30");
  const v1::SolveForScoreResponse solution = Solve(kTable, "优");
  EXPECT_TRUE(solution.reachable());
  EXPECT_EQ(solution.values_size(), 0);
  EXPECT_EQ(solution.cost(), "0");
  EXPECT_EQ(solution.score(), "90.00");
  EXPECT_FALSE(solution.too_late());
  EXPECT_EQ(solution.too_late_from(), "");
}

TEST_F(SolveTest, PointsThatAreLostAreNamedWithTheReason) {
  ImportSample();
  const std::string table = "units/u/tables/p1";
  const v1::Score rows = ScoreOf(table);
  // An upper limit whose reports add up, and is passed.
  v1::CreateTableRequest create;
  create.set_parent("units/u");
  create.set_table_id("limit");
  v1::GetTableRequest get;
  get.set_name(table);
  *create.mutable_table() = Ask<v1::GetTableResponse>(get).table();
  create.mutable_table()->clear_name();
  for (v1::Indicator& copied : *create.mutable_table()->mutable_indicators()) copied.clear_name();
  v1::Indicator* row = create.mutable_table()->mutable_indicators(0);
  row->mutable_target()->set_comparator(v1::COMPARATOR_AT_MOST);
  row->mutable_target()->set_value("3");
  row->set_accumulation(v1::ACCUMULATION_SUM);
  std::string etag = Do<v1::CreateTableResponse>(create).table().etag();
  v1::SubmitTableRequest submit;
  submit.set_name("units/u/tables/limit");
  submit.set_etag(etag);
  etag = Do<v1::SubmitTableResponse>(submit).table().etag();
  v1::ApproveTableRequest approve;
  approve.set_name(submit.name());
  approve.set_etag(etag);
  Do<v1::ApproveTableResponse>(approve);
  Report("units/u/tables/limit/indicators/i1", "4");
  const std::string weight = rows.indicators(0).weight();
  const v1::SolveForScoreResponse solution = Solve("units/u/tables/limit", "100");
  EXPECT_FALSE(solution.reachable());
  ASSERT_EQ(solution.out_of_reach_size(), 1);
  EXPECT_EQ(solution.out_of_reach(0).indicator(), "units/u/tables/limit/indicators/i1");
  EXPECT_EQ(solution.out_of_reach(0).reason(), "the sum of 4 has passed 3 and can only grow");
  const scoring::Decimal third = scoring::Decimal::Parse(weight)->Round(2, scoring::Rounding::kDown);
  EXPECT_GT(*scoring::Decimal::Parse(solution.out_of_reach(0).points()), scoring::Decimal());
  EXPECT_LT(*scoring::Decimal::Parse(solution.out_of_reach(0).points()), third);
  EXPECT_EQ(*scoring::Decimal::Parse(solution.possible()) +
                *scoring::Decimal::Parse(solution.out_of_reach(0).points()),
            scoring::Decimal::FromInt(100));
}

TEST_F(SolveTest, ReviewsStand) {
  MakeTable("u", "t", 3);
  for (int i = 1; i <= 3; ++i) {
    v1::RecordActualRequest report = ReportRequest(absl::StrCat(kTable, "/indicators/i", i), "20");
    report.mutable_report()->set_reason("late start");
    Do<v1::RecordActualResponse>(report);
  }
  Spend(kTable, "10");
  v1::GetEvaluationRequest get;
  get.set_name(absl::StrCat(kTable, "/evaluation"));
  v1::SubmitEvaluationRequest submit;
  submit.set_name(absl::StrCat(kTable, "/evaluation"));
  submit.set_etag(Ask<v1::GetEvaluationResponse>(get).evaluation().etag());
  Do<v1::SubmitEvaluationResponse>(submit);
  v1::ReviewIndicatorRequest review;
  review.set_indicator(absl::StrCat(kTable, "/indicators/i1"));
  review.set_score("18");
  review.set_reason("two were not open to the public");
  Do<v1::ReviewIndicatorResponse>(review);
  const v1::SolveForScoreResponse solution = Solve(kTable, "良");  // 68 with the review
  EXPECT_EQ(Shown(solution), "i2=22 i3=30");
  EXPECT_EQ(solution.score(), "80.00");
  EXPECT_EQ(solution.possible(), "88.00");
  ASSERT_EQ(solution.out_of_reach_size(), 1);
  EXPECT_EQ(solution.out_of_reach(0).points(), "12.00");
}

TEST_F(SolveTest, TheFirstDayThatIsTooLate) {
  MakeTable("u", "t", 3);
  // 12 in the 120 days up to 29 April is 0.1 a day: 18 more need 180 days, and 5 July to 31 December are so
  // many. Of the budget of 10 a share of 4 was spent: the same pace.
  for (int i = 1; i <= 3; ++i) Report(absl::StrCat(kTable, "/indicators/i", i), "12", "2024-04-29");
  Spend(kTable, "4", "2024-04-29");
  const v1::SolveForScoreResponse all = Solve(kTable, "100");
  EXPECT_TRUE(all.reachable());
  EXPECT_FALSE(all.too_late());
  EXPECT_EQ(all.too_late_from(), "2024-07-06");
  EXPECT_GT(Solve(kTable, "优").too_late_from(), all.too_late_from());
  v1::SolveForScoreRequest then;
  then.set_table(kTable);
  then.set_points("100");
  then.mutable_as_of()->set_date("2024-08-01");  // nothing since
  const v1::SolveForScoreResponse late = Ask<v1::SolveForScoreResponse>(then);
  EXPECT_TRUE(late.too_late());
  EXPECT_EQ(late.too_late_from(), "");
}

TEST_F(SolveTest, AtThisPaceItIsMissed) {
  MakeTable("u", "t", 3);
  for (int i = 1; i <= 3; ++i) Report(absl::StrCat(kTable, "/indicators/i", i), "5", "2024-10-31");
  const v1::SolveForScoreResponse solution = Solve(kTable, "中");
  EXPECT_TRUE(solution.reachable());
  EXPECT_TRUE(solution.too_late());
  EXPECT_EQ(solution.too_late_from(), "");
}

TEST_F(SolveTest, RefusesWhatItCannotRead) {
  ImportSample();
  v1::SolveForScoreRequest request;
  request.set_table("units/u/tables/p1");
  EXPECT_EQ(Refusal(request), v1::ERROR_REASON_INVALID_FIELD);
  request.set_grade("splendid");
  EXPECT_EQ(Refusal(request), v1::ERROR_REASON_INVALID_FIELD);
  request.set_grade("优");
  request.add_fixed("units/u/tables/p1/indicators/i9");
  EXPECT_EQ(Refusal(request), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  request.set_fixed(0, "units/u/tables/p2/indicators/i1");
  EXPECT_EQ(Refusal(request), v1::ERROR_REASON_INVALID_FIELD);
  request.clear_fixed();
  request.set_table("units/u/tables/unit");  // no weights
  EXPECT_EQ(Refusal(request), v1::ERROR_REASON_INVALID_FIELD);
}

}  // namespace
}  // namespace attain::engine
