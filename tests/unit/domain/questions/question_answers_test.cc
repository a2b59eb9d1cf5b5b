// What if, how to, why and under other rules: what stays beside an assumption, whose year and whose rows are
// compared, and the borders of each question.
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "attain/v1/profile_service.pb.h"
#include "gmock/gmock.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kTable[] = "units/u/tables/t";

std::string Row(int row, const std::string& table = kTable) {
  return absl::StrCat(table, "/indicators/i", row);
}

class Questions : public EngineFixture {
 protected:
  void SetUp() override { Open(); }
  int64_t Head() { return static_cast<int64_t>(store().head().revision); }

  std::string ReportWith(const std::string& row, const std::string& value,
                         const std::string& date = "2024-06-30") {
    v1::RecordActualRequest request = ReportRequest(row, value, date);
    request.mutable_report()->set_reason("rain");
    return Do<v1::RecordActualResponse>(request).actual().name();
  }
  void Spend(const std::string& spent, const std::string& table = kTable,
             const std::string& date = "2024-06-30") {
    v1::RecordSpendingRequest request;
    request.set_parent(table);
    request.mutable_spending()->set_spent(spent);
    request.mutable_spending()->set_date(date);
    Do<v1::RecordSpendingResponse>(request);
  }
  void Review(int row, const std::string& score) {
    v1::SubmitEvaluationRequest submit;
    submit.set_name(absl::StrCat(kTable, "/evaluation"));
    submit.set_etag(EvaluationOf(kTable).evaluation().etag());
    Do<v1::SubmitEvaluationResponse>(submit);
    v1::ReviewIndicatorRequest review;
    review.set_indicator(Row(row));
    review.set_score(score);
    review.set_reason("thin");
    Do<v1::ReviewIndicatorResponse>(review, "evaluator");
  }
  void Retract(const std::string& report) {
    v1::RetractActualRequest retract;
    retract.set_name(report);
    retract.set_change_reason("not ours");
    Do<v1::RetractActualResponse>(retract);
  }
  void Amend(const std::function<void(v1::Amendment*, const v1::Table&)>& change) {
    v1::ProposeAmendmentRequest propose;
    propose.set_parent(kTable);
    propose.set_etag(TableOf(kTable).etag());
    propose.mutable_amendment()->set_reason("fewer");
    change(propose.mutable_amendment(), TableOf(kTable));
    const v1::Amendment amendment = Do<v1::ProposeAmendmentResponse>(propose, "lead").amendment();
    v1::ApproveAmendmentRequest approve;
    approve.set_name(amendment.name());
    approve.set_etag(amendment.etag());
    Do<v1::ApproveAmendmentResponse>(approve, "office");
  }
  static void Rate(v1::Indicator* row) {
    row->clear_target();
    row->mutable_target()->set_text("明显");
    row->mutable_rule()->set_kind(v1::RULE_KIND_RATING);
  }

  v1::SimulateScoreRequest Assuming(const std::string& table,
                                    const std::vector<std::pair<std::string, std::string>>& values) {
    v1::SimulateScoreRequest request;
    request.set_table(table);
    for (const auto& [row, value] : values) {
      request.add_values()->set_indicator(row);
      request.mutable_values(request.values_size() - 1)->set_value(value);
    }
    return request;
  }
  v1::SimulateScoreResponse Simulate(const v1::SimulateScoreRequest& request) {
    return Ask<v1::SimulateScoreResponse>(request);
  }
  v1::SolveForScoreResponse Solve(const std::string& grade, const std::vector<std::string>& fixed = {}) {
    v1::SolveForScoreRequest request;
    request.set_table(kTable);
    absl::ascii_isdigit(grade[0]) ? request.set_points(grade) : request.set_grade(grade);
    for (const std::string& row : fixed) request.add_fixed(row);
    return Ask<v1::SolveForScoreResponse>(request);
  }
  v1::DiffScoresRequest Between(const std::string& name, int64_t from, int64_t to = 0) {
    v1::DiffScoresRequest request;
    request.set_name(name);
    request.mutable_from()->set_read_revision(from);
    if (to != 0) request.mutable_to()->set_read_revision(to);
    return request;
  }
  // "REPORTS 15.00 @5,6" for each part.
  std::vector<std::string> Parts(const v1::DiffScoresRequest& request) {
    std::vector<std::string> parts;
    const auto diff = Ask<v1::DiffScoresResponse>(request);
    for (const v1::ScoreDifference& part : diff.parts()) {
      parts.push_back(absl::StrCat(v1::DifferenceCause_Name(part.cause()).substr(17), " ", part.points(),
                                   " @", absl::StrJoin(part.revisions(), ",")));
    }
    return parts;
  }
  std::string Ends(const v1::DiffScoresRequest& request) {
    const auto diff = Ask<v1::DiffScoresResponse>(request);
    return absl::StrCat(diff.score_before(), diff.grade_before(), " → ", diff.score_after(),
                        diff.grade_after());
  }
};

using WhatIf = Questions;

TEST_F(WhatIf, AReviewAndATypedDeductionStandBesideAnAssumption) {
  MakeTableWith("u", "t", 2, [](v1::Table* table) {
    table->mutable_indicators(0)->mutable_rule()->mutable_options()->set_over_mode(
        v1::OVER_ACHIEVEMENT_MODE_MANUAL);
  });
  v1::RecordActualRequest over = ReportRequest(Row(1), "40");
  over.mutable_report()->set_deduction("2");
  over.mutable_report()->set_reason("planned too low");
  Do<v1::RecordActualResponse>(over);
  ReportWith(Row(2), "30");
  Spend("10");
  EXPECT_EQ(Simulate(Assuming(kTable, {{Row(1), "50"}})).score().indicators(0).score(), "43.00");
  Review(2, "10");
  const v1::Score assumed = Simulate(Assuming(kTable, {{Row(2), "15"}})).score();
  EXPECT_EQ(assumed.indicators(1).score(), "22.50");
  EXPECT_EQ(assumed.indicators(1).final_score(), "10.00");
  EXPECT_EQ(assumed.indicators(1).date(), "");
  EXPECT_EQ(assumed.indicators(1).revision(), 0);
  EXPECT_EQ(assumed.final_score(), "63.00");
  EXPECT_EQ(assumed.score(), "75.50");
}

TEST_F(WhatIf, NowIsNowAndTheUnitMovesByTheDifferenceOfItsYear) {
  MakeTableWith("u", "t", 2, [](v1::Table* table) { table->set_fiscal_year(2023); });
  MakeTable("u", "next", 2);
  MakeTableWith("u", "other", 2, [](v1::Table* table) { table->set_fiscal_year(2023); });
  Report(Row(1), "15", "2023-06-30");
  v1::SimulateScoreRequest request = Assuming(kTable, {{Row(1), "30"}});
  request.set_spent("4");
  const v1::SimulateScoreResponse answer = Simulate(request);
  EXPECT_EQ(answer.score_now().score(), "22.50");
  EXPECT_EQ(answer.score().score(), "49.00");
  EXPECT_EQ(answer.score().spent(), "4");
  EXPECT_EQ(answer.unit_score_now().fiscal_year(), 2023);
  EXPECT_EQ(answer.unit_score_now().score(), "11.25") << "(22.5 + 0) / 2";
  EXPECT_EQ(answer.unit_score().score(), "24.50") << "(49 + 0) / 2";
  EXPECT_EQ(answer.unit_score().table_count(), 2);
  EXPECT_EQ(answer.unit_score().spent(), "4");
  EXPECT_EQ(answer.unit_score().adjusted_budget(), "20");
  EXPECT_EQ(answer.read().revision(), Head());
}

TEST_F(WhatIf, OnlyRowsThatCountAreAssumedOnceEach) {
  MakeTableWith("u", "t", 2,
                [](v1::Table* table) { table->mutable_indicators(1)->set_not_applicable(true); });
  MakeTable("u", "s", 2);
  EXPECT_EQ(WhyNotRead<v1::SimulateScoreResponse>(Assuming(kTable, {{Row(2), "3"}})),
            v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(WhyNotRead<v1::SimulateScoreResponse>(Assuming(kTable, {{Row(1, "units/u/tables/s"), "3"}})),
            v1::ERROR_REASON_INVALID_FIELD);
  v1::SimulateScoreRequest many;
  many.set_table(kTable);
  while (many.values_size() < 500) many.add_values()->set_indicator("x");
  EXPECT_EQ(WhyNotRead<v1::SimulateScoreResponse>(many), v1::ERROR_REASON_INVALID_NAME);
  many.add_values();
  EXPECT_EQ(WhyNotRead<v1::SimulateScoreResponse>(many), v1::ERROR_REASON_REQUEST_TOO_LARGE);
}

using HowTo = Questions;

TEST_F(HowTo, ARatingIsNamedByItsRowAndWithTheScoreThatIsNeeded) {
  MakeTableWith("u", "t", 2, [](v1::Table* table) {
    Rate(table->mutable_indicators(0));
    for (const auto& [level, from, to] : {std::tuple("good", "0.5", "1"), std::tuple("bad", "0", "0.5")}) {
      v1::RatingBand* band =
          table->mutable_indicators(0)->mutable_rule()->mutable_options()->add_rating_bands();
      band->set_level(level);
      band->set_display_name(absl::StrCat("own ", level));
      band->set_from(from);
      band->set_to(to);
    }
  });
  ReportWith(Row(2), "30");
  Spend("10");  // 55
  const v1::SolveForScoreResponse solution = Solve("优");
  ASSERT_TRUE(solution.reachable());
  ASSERT_THAT(solution.values(), SizeIs(1));
  EXPECT_EQ(solution.values(0).indicator(), Row(1));
  EXPECT_EQ(solution.values(0).value(), "own good");
  EXPECT_EQ(solution.values(0).value_now(), "");
  EXPECT_FALSE(solution.values(0).score().empty());
  EXPECT_GE(*scoring::Decimal::Parse(solution.values(0).gained()), scoring::Decimal::FromInt(35));
  EXPECT_EQ(solution.needed(), "90.00");
  EXPECT_EQ(solution.possible(), "100.00");
  EXPECT_THAT(solution.out_of_reach(), IsEmpty());
  EXPECT_FALSE(Solve("优", {Row(1)}).reachable());
}

TEST_F(HowTo, WhatIsGainedIsTheDifferenceAndReviewsStand) {
  MakeTable("u", "t", 2);
  const std::string report = ReportWith(Row(1), "20");
  ReportWith(Row(2), "20");
  Spend("10");  // 30 + 30 + 10
  const v1::SolveForScoreResponse solution = Solve("80");
  ASSERT_THAT(solution.values(), SizeIs(1));
  EXPECT_EQ(solution.values(0).value(), "27") << "whole ones";
  EXPECT_EQ(solution.values(0).value_now(), "20 个");
  EXPECT_EQ(solution.values(0).gained(), "10.50");
  Review(1, "12.5");
  v1::SolveForScoreResponse reviewed = Solve("100");
  ASSERT_THAT(reviewed.out_of_reach(), SizeIs(1));
  EXPECT_EQ(reviewed.out_of_reach(0).indicator(), Row(1));
  EXPECT_EQ(reviewed.out_of_reach(0).points(), "32.50");
  EXPECT_THAT(reviewed.out_of_reach(0).reason(), HasSubstr("a review of 12.50 stands"));
  EXPECT_EQ(reviewed.possible(), "67.50");
  Retract(report);
  reviewed = Solve("100");
  ASSERT_THAT(reviewed.out_of_reach(), SizeIs(1));
  EXPECT_THAT(reviewed.out_of_reach(0).reason(), HasSubstr("once it is reported its review of 12.50 counts"));
}

using Why = Questions;

TEST_F(Why, ADayHoldsForBothEnds) {
  MakeTable("u", "t", 2);
  const int64_t from = Head();
  ReportWith(Row(1), "15", "2024-06-30");
  ReportWith(Row(2), "30", "2024-09-30");
  v1::DiffScoresRequest request = Between(kTable, from);
  EXPECT_EQ(Ends(request), "0.00差 → 67.50中");
  const auto on = [&request](const char* from, const char* to) {
    request.mutable_from_as_of()->set_date(from);
    request.mutable_to_as_of()->set_date(to);
  };
  on("2024-06-30", "2024-06-30");
  EXPECT_EQ(Ends(request), "0.00差 → 22.50差") << "the day itself counts, later ones do not";
  on("2024-06-29", "2024-06-29");
  EXPECT_EQ(Ends(request), "0.00差 → 0.00差");
  request = v1::DiffScoresRequest();
  request.set_name(kTable);
  on("2024-06-30", "2024-06-30");
  EXPECT_EQ(Ends(request), "22.50差 → 22.50差") << "two days that are one";
  on("2024-06-30", "2024-09-30");
  EXPECT_THAT(Parts(request), ElementsAre(absl::StrCat("REPORTS 45.00 @", Head())));
  on("30 June", "2024-09-30");
  EXPECT_EQ(WhyNotRead<v1::DiffScoresResponse>(request), v1::ERROR_REASON_INVALID_FIELD);
}

TEST_F(Why, ARowListsItsOwnRevisionsAndNoMoney) {
  MakeTable("u", "t", 2);
  const int64_t from = Head();
  ReportWith(Row(1), "15");
  const std::string first = absl::StrCat(Head());
  ReportWith(Row(2), "30");
  Spend("5");
  EXPECT_THAT(Parts(Between(Row(1), from)), ElementsAre(absl::StrCat("REPORTS 22.50 @", first)));
  EXPECT_EQ(Ends(Between(Row(1), from)), " → 22.50") << "nothing was reported";
  EXPECT_EQ(Ends(Between(Row(1), from + 1)), "22.50 → 22.50");
  EXPECT_EQ(WhyNotRead<v1::DiffScoresResponse>(Between(Row(9), from)), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
  const int64_t before = Head();
  Amend([](auto* amendment, const v1::Table& table) {
    v1::RowChange* removed = amendment->add_rows();
    removed->set_kind(v1::ROW_CHANGE_KIND_REMOVED);
    removed->mutable_indicator()->set_name(Row(1));
    v1::RowChange* changed = amendment->add_rows();
    changed->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
    *changed->mutable_indicator() = table.indicators(1);
    changed->mutable_indicator()->set_weight("90");
  });
  EXPECT_EQ(Ends(Between(Row(1), before)), "22.50 → ") << "a row that is gone had its points";
  EXPECT_THAT(Parts(Between(Row(1), before)), ElementsAre(absl::StrCat("AMENDMENTS -22.50 @", Head())));
  EXPECT_EQ(Ends(Between(kTable, before)), "72.50中 → 95.00优");
}

TEST_F(Why, TheNewestOfVeryManyRevisionsAreShown) {
  MakeTable("u", "t", 1);
  const int64_t from = Head();
  for (int i = 1; i <= 25; ++i) Report(Row(1), absl::StrCat(i));
  const auto diff = Ask<v1::DiffScoresResponse>(Between(kTable, from));
  ASSERT_THAT(diff.parts(), SizeIs(1));
  EXPECT_EQ(diff.parts(0).revision_count(), 25);
  ASSERT_THAT(diff.parts(0).revisions(), SizeIs(20));
  EXPECT_EQ(diff.parts(0).revisions(0), Head() - 19);
  EXPECT_EQ(diff.parts(0).revisions(19), Head());
}

TEST_F(Why, ACorrectionOfACorrectionIsOneToo) {
  MakeTable("u", "t", 1);
  const std::string first = ReportWith(Row(1), "10");
  const int64_t from = Head();
  const auto correct = [&](const std::string& name, const char* value) {
    v1::CorrectActualRequest request;
    request.set_name(name);
    request.mutable_report()->set_value(value);
    request.mutable_report()->set_reason("rain");
    request.set_change_reason("counted twice");
    return Do<v1::CorrectActualResponse>(request).actual().name();
  };
  const std::string second = correct(first, "20");
  const int64_t between = Head();
  const std::string third = correct(second, "30");
  EXPECT_THAT(Parts(Between(kTable, from)),
              ElementsAre(absl::StrCat("CORRECTIONS 60.00 @", between, ",", Head())));
  EXPECT_THAT(Parts(Between(kTable, between)), ElementsAre(absl::StrCat("CORRECTIONS 30.00 @", Head())));
  const int64_t reported = Head();
  Retract(third);
  EXPECT_THAT(Parts(Between(kTable, reported)), ElementsAre(absl::StrCat("CORRECTIONS -90.00 @", Head())));
  EXPECT_THAT(Parts(Between(kTable, from)),
              ElementsAre(absl::StrCat("CORRECTIONS -30.00 @", between, ",", reported, ",", Head())));
  // A report that came and was corrected since: the report brought 30, its correction the rest.
  const int64_t empty = Head();
  const std::string fresh = ReportWith(Row(1), "10");
  correct(fresh, "20");
  EXPECT_THAT(Parts(Between(kTable, empty)), ElementsAre(absl::StrCat("REPORTS 45.00 @", Head() - 1),
                                                         absl::StrCat("CORRECTIONS 15.00 @", Head())));
}

TEST_F(Why, OnlySpendingAndReviewsSinceAreCauses) {
  MakeTable("u", "t", 1);
  ReportWith(Row(1), "30");
  Spend("5");
  const int64_t before = Head();
  Review(1, "45");
  const int64_t reviewed = Head();
  EXPECT_THAT(Parts(Between(kTable, before)), ElementsAre(absl::StrCat("REVIEW -45.00 @", reviewed)));
  EXPECT_THAT(Parts(Between(kTable, reviewed)), IsEmpty());
  Spend("7");
  EXPECT_THAT(Parts(Between(kTable, reviewed)), ElementsAre(absl::StrCat("SPENDING 2.00 @", Head())));
}

TEST_F(Why, AUnitIsComparedWithItsYearsTablesInForce) {
  MakeTable("u", "t", 2);
  MakeTableWith("u", "last", 2, [](v1::Table* table) { table->set_fiscal_year(2023); });
  MakeTableWith("u", "whole", 2, [](v1::Table* table) { table->set_kind(v1::TABLE_KIND_UNIT); });
  MakeTable("u", "draft", 2, v1::ACCUMULATION_LATEST, /*approve=*/false);
  MakeTable("u", "still", 2);
  ReportWith(Row(1, "units/u/tables/still"), "30");
  const int64_t from = Head();
  Report(Row(1, "units/u/tables/last"), "30", "2023-06-30");
  Report(Row(1, "units/u/tables/whole"), "30");
  ReportWith(Row(1), "30");
  const std::string moved = absl::StrCat(Head());
  v1::DiffScoresRequest request = Between("units/u", from);
  request.set_fiscal_year(2024);
  EXPECT_EQ(Ends(request), "22.50差 → 45.00差") << "t moves from 0 to 45, still stays at 45";
  EXPECT_THAT(Parts(request), ElementsAre(absl::StrCat("REPORTS 22.50 @", moved)));
  request.set_fiscal_year(2023);
  EXPECT_EQ(Ends(request), "0.00差 → 45.00差");
  request = Between("units/u", 1);
  request.set_fiscal_year(2024);
  EXPECT_EQ(Ends(request), " → 45.00差") << "there was no table";
}

TEST_F(Why, ATablePutInForceSinceIsACauseOfItsUnit) {
  MakeTable("u", "t", 1);
  ReportWith(Row(1), "30");
  const int64_t from = Head();
  MakeTable("u", "new", 1);
  const std::vector<std::string> parts = Parts(Between("units/u", from));
  ASSERT_THAT(parts, SizeIs(1));
  EXPECT_THAT(parts[0], HasSubstr("AMENDMENTS -45.00 @"));
  MakeTable("u", "late", 1, v1::ACCUMULATION_LATEST, /*approve=*/false);
  EXPECT_EQ(WhyNotRead<v1::DiffScoresResponse>(Between("units/u/tables/late", from)),
            v1::ERROR_REASON_WRONG_STATE);
}

TEST_F(Why, AnotherRollUpIsACauseOfItsUnit) {
  v1::GetProfileRequest get;
  get.set_name("profiles/national");
  v1::CreateProfileRequest create;
  create.set_profile_id("own");
  *create.mutable_profile() = Ask<v1::GetProfileResponse>(get).profile();
  Do<v1::CreateProfileResponse>(create);
  const auto make = [&](const std::string& table, const std::string& budget) {
    MakeTableWith("u", table, 1, [&](v1::Table* draft) {
      draft->set_profile("profiles/own");
      draft->mutable_budget()->set_total(budget);
    });
  };
  make("t", "10");
  make("v", "30");
  ReportWith(Row(1), "30");  // (10 × 90 + 30 × 0) / 40
  const int64_t from = Head();
  v1::UpdateProfileRequest update;
  update.mutable_update_mask()->add_paths("*");
  get.set_name("profiles/own");
  *update.mutable_profile() = Ask<v1::GetProfileResponse>(get).profile();
  update.mutable_profile()->set_rollup(v1::ROLLUP_MODE_PLAIN_MEAN);
  Do<v1::UpdateProfileResponse>(update);
  make("w", "10");  // brings the newer version to its unit
  EXPECT_EQ(Ends(Between("units/u", from)), "22.50差 → 30.00差") << "now a plain mean of three";
  EXPECT_THAT(Parts(Between("units/u", from)), ::testing::Contains(HasSubstr("PROFILE")));
}

class OtherRules : public Questions {
 protected:
  v1::Profile National() {
    v1::GetProfileRequest get;
    get.set_name("profiles/national");
    return Ask<v1::GetProfileResponse>(get).profile();
  }
  v1::ReplayProfileRequest Under(const std::function<void(v1::Profile*)>& change) {
    v1::ReplayProfileRequest request;
    *request.mutable_profile() = National();
    change(request.mutable_profile());
    return request;
  }
  static void Gate(v1::Profile* profile) { profile->mutable_defaults()->set_pass_gate("0.9"); }
  // "t 45.00差 → 0.00差" for each table, page by page.
  std::vector<std::string> Differences(v1::ReplayProfileRequest request, int page_size = 0) {
    request.set_page_size(page_size);
    std::vector<std::string> all;
    int pages = 0;
    do {
      const auto page = Ask<v1::ReplayProfileResponse>(request);
      for (const v1::ReplayDifference& difference : page.differences()) {
        all.push_back(absl::StrCat(difference.display_name(), " ", difference.score_before(),
                                   difference.grade_before(), " → ", difference.score_after(),
                                   difference.grade_after()));
      }
      request.set_page_token(page.next_page_token());
      EXPECT_LT(++pages, 10);
      if (page_size > 0) EXPECT_LE(page.differences_size(), page_size);
    } while (!request.page_token().empty());
    return all;
  }
};

TEST_F(OtherRules, TablesThatDifferAreListedWithTheRowsThatDo) {
  MakeTable("u", "t", 2);
  MakeTable("u", "same", 2);
  MakeTable("u", "draft", 2, v1::ACCUMULATION_LATEST, /*approve=*/false);
  ReportWith(Row(1), "15");
  ReportWith(Row(2), "30");
  const auto answer = Ask<v1::ReplayProfileResponse>(Under(&Gate));
  EXPECT_EQ(answer.table_count(), 2);
  EXPECT_EQ(answer.indicator_count(), 4);
  EXPECT_EQ(answer.difference_count(), 1);
  EXPECT_EQ(answer.fall_count(), 1);
  EXPECT_EQ(answer.rise_count(), 0);
  ASSERT_THAT(answer.differences(), SizeIs(1));
  const v1::ReplayDifference& difference = answer.differences(0);
  EXPECT_EQ(difference.table(), kTable);
  EXPECT_EQ(difference.score_before(), "67.50");
  EXPECT_EQ(difference.grade_before(), "中");
  EXPECT_EQ(difference.score_after(), "45.00");
  EXPECT_EQ(difference.grade_after(), "差");
  ASSERT_THAT(difference.rows(), SizeIs(1));
  EXPECT_EQ(difference.rows(0).indicator(), Row(1));
  EXPECT_EQ(difference.rows(0).score_before(), "22.50");
  EXPECT_EQ(difference.rows(0).score_after(), "0.00");
  v1::ReplayProfileRequest narrow = Under(&Gate);
  narrow.set_fiscal_year(2023);
  EXPECT_THAT(Differences(narrow), IsEmpty());
  narrow.set_fiscal_year(2024);
  EXPECT_THAT(Differences(narrow), SizeIs(1));
  narrow.set_of_profile("profiles/xinjiang");
  EXPECT_THAT(Differences(narrow), IsEmpty());
  narrow.set_of_profile("profiles/nobody");
  EXPECT_EQ(WhyNotRead<v1::ReplayProfileResponse>(narrow), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
}

TEST_F(OtherRules, RulesThatOnlyMoveAGradeOrOnlyARowAreDifferencesToo) {
  MakeTable("u", "t", 2);
  ReportWith(Row(1), "15");
  ReportWith(Row(2), "30");  // 67.50
  const v1::ReplayProfileRequest higher =
      Under([](v1::Profile* profile) { profile->mutable_grades(1)->set_from("67"); });
  EXPECT_THAT(Differences(higher), ElementsAre("t 67.50中 → 67.50良"));
  EXPECT_EQ(Ask<v1::ReplayProfileResponse>(higher).rise_count(), 1);
  v1::ReplayProfileRequest row = Under([](v1::Profile* profile) {
    profile->mutable_defaults()->set_score_decimals(0);  // 22.5 is 23, and the total 68
    profile->set_total_decimals(0);
  });
  row.set_crossing_only(true);
  EXPECT_THAT(Differences(row), IsEmpty());
  EXPECT_EQ(Ask<v1::ReplayProfileResponse>(row).difference_count(), 1);
}

TEST_F(OtherRules, RowsMayDifferWhileTheirSumStays) {
  MakeTable("u", "t", 2);
  ReportWith(Row(1), "14.94");  // 22.41
  ReportWith(Row(2), "15.06");  // 22.59
  const v1::ReplayProfileRequest whole =
      Under([](v1::Profile* profile) { profile->mutable_defaults()->set_score_decimals(0); });
  EXPECT_THAT(Differences(whole), ElementsAre("t 45.00差 → 45.00差"));
  EXPECT_THAT(Ask<v1::ReplayProfileResponse>(whole).differences(0).rows(), SizeIs(2));
}

TEST_F(OtherRules, GradesWithOtherNamesAreComparedByTheirPlace) {
  MakeTable("u", "t", 2);
  ReportWith(Row(1), "15");
  ReportWith(Row(2), "30");  // 67.50: 中, the third
  const auto renamed = [&](const char* second, const char* third) {
    const v1::ReplayProfileRequest request = Under([&](v1::Profile* profile) {
      for (int i = 0; i < 4; ++i) profile->mutable_grades(i)->set_display_name(absl::StrCat("G", i));
      profile->mutable_grades(1)->set_from(second);
      profile->mutable_grades(2)->set_from(third);
    });
    const auto answer = Ask<v1::ReplayProfileResponse>(request);
    return absl::StrCat(answer.differences(0).grade_after(), " +", answer.rise_count(), " -",
                        answer.fall_count());
  };
  EXPECT_EQ(renamed("80", "60"), "G2 +0 -0") << "the third as before";
  EXPECT_EQ(renamed("65", "60"), "G1 +1 -0");
  EXPECT_EQ(renamed("80", "70"), "G3 +0 -1");
}

TEST_F(OtherRules, ReviewsCountOnlyWithTheirReport) {
  MakeTable("u", "t", 2);
  ReportWith(Row(1), "15");
  const std::string report = ReportWith(Row(2), "15");
  Spend("10");
  Review(2, "40");
  EXPECT_THAT(Differences(Under(&Gate)), ElementsAre("t 72.50中 → 50.00差"));
  Retract(report);
  EXPECT_THAT(Differences(Under(&Gate)), ElementsAre("t 32.50差 → 10.00差"));
  const auto answer = Ask<v1::ReplayProfileResponse>(Under(&Gate));
  ASSERT_THAT(answer.differences(0).rows(), SizeIs(1)) << "the row without its report has no points";
  EXPECT_EQ(answer.differences(0).rows(0).indicator(), Row(1));
}

TEST_F(OtherRules, ADayIsReplayedPageByPageWithoutDrafts) {
  for (const char* table : {"t1", "t2", "t3"}) {
    MakeTable("u", table, 1);
    Report(absl::StrCat("units/u/tables/", table, "/indicators/i1"), "15", "2024-06-30");
    Report(absl::StrCat("units/u/tables/", table, "/indicators/i1"), "30", "2024-09-30");
  }
  MakeTable("u", "s", 1, v1::ACCUMULATION_LATEST, /*approve=*/false);
  EXPECT_THAT(Differences(Under(&Gate)), IsEmpty()) << "all have reached it";
  v1::ReplayProfileRequest june = Under(&Gate);
  june.mutable_as_of()->set_date("2024-06-30");
  const std::vector<std::string> whole = Differences(june);
  EXPECT_THAT(whole, ElementsAre("t1 45.00差 → 0.00差", "t2 45.00差 → 0.00差", "t3 45.00差 → 0.00差"));
  for (const int size : {1, 2, 3}) EXPECT_EQ(Differences(june, size), whole) << size;
  EXPECT_EQ(Ask<v1::ReplayProfileResponse>(june).table_count(), 3);
  v1::ReplayProfileRequest now = Under([](v1::Profile* profile) { profile->set_total_decimals(0); });
  now.mutable_profile()->set_execution_points("20");
  for (const int size : {1, 2, 3}) EXPECT_EQ(Differences(now, size), Differences(now)) << size;
}

}  // namespace
}  // namespace attain::engine
