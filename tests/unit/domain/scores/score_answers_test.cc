// What a score shows of its table, row or unit, field by field; histories, ranked lists and explanations with
// their borders (RULES 2.5 to 2.7, 4).
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "service/domain/scores/score_view.h"
#include "tests/unit/engine/engine_fixture.h"

namespace attain::engine {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr char kTable[] = "units/u/tables/t";

std::string Row(int row) {
  return absl::StrCat(kTable, "/indicators/i", row);
}

class ScoreAnswers : public EngineFixture {
 protected:
  void SetUp() override { Open(); }

  void Spend(const std::string& spent, const std::string& table = kTable) {
    v1::RecordSpendingRequest request;
    request.set_parent(table);
    request.mutable_spending()->set_spent(spent);
    request.mutable_spending()->set_date("2024-06-30");
    Do<v1::RecordSpendingResponse>(request);
  }
  v1::RecordActualResponse ReportWith(int row, const std::string& value) {
    v1::RecordActualRequest request = ReportRequest(Row(row), value);
    request.mutable_report()->set_reason("rain");
    return Do<v1::RecordActualResponse>(request);
  }
  void Amend(int row, const std::string& target, const std::string& date = "2024-09-01") {
    v1::ProposeAmendmentRequest propose;
    propose.set_parent(kTable);
    propose.set_etag(TableOf(kTable).etag());
    propose.mutable_amendment()->set_reason("fewer");
    propose.mutable_amendment()->set_effective_date(date);
    v1::RowChange* change = propose.mutable_amendment()->add_rows();
    change->set_kind(v1::ROW_CHANGE_KIND_CHANGED);
    *change->mutable_indicator() = TableOf(kTable).indicators(row - 1);
    change->mutable_indicator()->mutable_target()->set_value(target);
    const v1::Amendment amendment = Do<v1::ProposeAmendmentResponse>(propose, "lead").amendment();
    v1::ApproveAmendmentRequest approve;
    approve.set_name(amendment.name());
    approve.set_etag(amendment.etag());
    Do<v1::ApproveAmendmentResponse>(approve, "office");
  }
  void HandIn(const std::string& table = kTable) {
    v1::SubmitEvaluationRequest submit;
    submit.set_name(absl::StrCat(table, "/evaluation"));
    submit.set_etag(EvaluationOf(table).evaluation().etag());
    Do<v1::SubmitEvaluationResponse>(submit);
  }
  void Review(int row, const std::string& score) {
    v1::ReviewIndicatorRequest review;
    review.set_indicator(Row(row));
    review.set_score(score);
    review.set_reason("thin");
    Do<v1::ReviewIndicatorResponse>(review, "evaluator");
  }
  v1::ExplainScoreResponse Explain(const std::string& name, const std::string& locale = "en",
                                   const Past& past = {}) {
    v1::ExplainScoreRequest request;
    request.set_name(name);
    *request.mutable_read() = past.read;
    *request.mutable_as_of() = past.as_of;
    v1::ExplainScoreResponse response;
    EXPECT_TRUE(engine().Read(request, &response, {"reader", locale, ""}).ok());
    return response;
  }
  std::vector<std::string> Ranked(const v1::ListScoresRequest& request) {
    std::vector<std::string> names;
    const auto answer = Ask<v1::ListScoresResponse>(request);
    for (const v1::Score& score : answer.scores())
      names.push_back(absl::StrCat(score.display_name(), " ", score.score()));
    return names;
  }
  static v1::ListScoresRequest Ranking(const std::string& order, const std::string& parent = "units/-") {
    v1::ListScoresRequest request;
    request.set_parent(parent);
    request.set_order_by(order);
    return request;
  }
};

TEST_F(ScoreAnswers, ATablesScoreShowsAllItsFigures) {
  MakeTable("u", "t", 3);  // 30 points each, budget 10
  ReportWith(1, "30");
  ReportWith(2, "15");
  Spend("8");
  const v1::Score score = ScoreOf(kTable);
  EXPECT_EQ(score.name(), kTable);
  EXPECT_EQ(score.display_name(), "t");
  EXPECT_EQ(score.status(), v1::SCORE_STATUS_SCORED);
  EXPECT_EQ(score.score(), "53.00");
  EXPECT_EQ(score.sure(), "53.00");
  EXPECT_EQ(score.possible(), "83.00");
  EXPECT_EQ(score.indicator_points(), "45.00");
  EXPECT_EQ(score.execution_points(), "8.00");
  EXPECT_EQ(score.grade(), "差");
  EXPECT_EQ(score.final_score(), "53.00");
  EXPECT_EQ(score.final_grade(), "差");
  EXPECT_EQ(score.review_count(), 0);
  EXPECT_EQ(score.light(), v1::WARNING_LIGHT_NONE) << "20 % unspent is not above 0.2";
  EXPECT_EQ(score.execution_rate(), "80.00");
  EXPECT_EQ(score.completion(), "33.33");
  EXPECT_EQ(score.adjusted_budget(), "10");
  EXPECT_EQ(score.spent(), "8");
  EXPECT_EQ(score.indicator_count(), 3);
  EXPECT_EQ(score.reported_count(), 2);
  EXPECT_EQ(score.unscored_count(), 0);
  EXPECT_EQ(score.profile(), "profiles/national");
  EXPECT_EQ(score.profile_version(), 1);
  EXPECT_EQ(score.revision(), static_cast<int64_t>(store().head().revision));
  EXPECT_EQ(score.fiscal_year(), 2024);
  EXPECT_EQ(score.target_basis(), v1::TARGET_BASIS_UNSPECIFIED);
  EXPECT_EQ(score.amendment_points(), "");
  EXPECT_THAT(score.flags(), ElementsAre(v1::SCORE_FLAG_REASON_REQUIRED));
}

TEST_F(ScoreAnswers, ARowsScoreIsThatOfItsTableAndCountsItself) {
  MakeTable("u", "t", 3);
  const int64_t first = ReportWith(1, "15").commit().revision();
  ReportWith(2, "30");
  const v1::Score score = ScoreOf(Row(1));
  ASSERT_THAT(score.indicators(), SizeIs(1));
  EXPECT_EQ(score.indicators(0).DebugString(), ScoreOf(kTable).indicators(0).DebugString());
  EXPECT_EQ(score.name(), Row(1));
  EXPECT_EQ(score.display_name(), "指标1");
  EXPECT_EQ(score.status(), v1::SCORE_STATUS_SCORED);
  EXPECT_EQ(score.score(), "15.00");
  EXPECT_EQ(score.final_score(), "15.00");
  EXPECT_EQ(score.sure(), "15.00");
  EXPECT_EQ(score.possible(), "15.00");
  EXPECT_EQ(score.completion(), "50.00");
  EXPECT_EQ(score.indicator_count(), 1);
  EXPECT_EQ(score.reported_count(), 1);
  EXPECT_EQ(score.revision(), first) << "of its newest report";
  EXPECT_EQ(score.fiscal_year(), 2024);
  EXPECT_EQ(score.profile_version(), 1);
  EXPECT_THAT(score.flags(), ElementsAre(v1::SCORE_FLAG_REASON_REQUIRED));
  const v1::Score open = ScoreOf(Row(3));
  EXPECT_EQ(open.reported_count(), 0);
  EXPECT_EQ(open.status(), v1::SCORE_STATUS_UNREPORTED);
  EXPECT_EQ(open.sure(), "0.00");
  EXPECT_EQ(open.possible(), "30.00");
  v1::GetScoreRequest none;
  none.set_name(Row(9));
  EXPECT_EQ(WhyNotRead<v1::GetScoreResponse>(none), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
}

TEST_F(ScoreAnswers, AReviewMovesTheFinalScoreAndGradeAlone) {
  MakeTable("u", "t", 2);
  ReportWith(1, "30");
  ReportWith(2, "30");
  Spend("10");
  HandIn();
  Review(2, "10");
  const v1::Score table = ScoreOf(kTable), row = ScoreOf(Row(2)), unit = ScoreOf("units/u");
  for (const v1::Score& score : {table, unit}) {
    EXPECT_EQ(score.score(), "100.00");
    EXPECT_EQ(score.grade(), "优");
    EXPECT_EQ(score.final_score(), "65.00");
    EXPECT_EQ(score.final_grade(), "中");
    EXPECT_EQ(score.review_count(), 1);
  }
  EXPECT_EQ(row.score(), "45.00");
  EXPECT_EQ(row.final_score(), "10.00");
  EXPECT_EQ(row.review_count(), 1);
  EXPECT_EQ(row.indicators(0).reviewer(), "evaluator");
  const v1::Explanation explained = Explain(kTable).explanation();
  const v1::Explanation& last = explained.steps(explained.steps_size() - 1);
  EXPECT_EQ(last.title(), "final score: rows with a review score count with it");
  EXPECT_EQ(last.result(), "65.00");
  EXPECT_EQ(explained.result(), "100.00");
  EXPECT_THAT(Explain(Row(2)).explanation().DebugString(), HasSubstr("review score by evaluator: thin"));
  v1::ListActualsRequest list;
  list.set_parent(Row(2));
  v1::RetractActualRequest retract;
  retract.set_name(Ask<v1::ListActualsResponse>(list).actuals(0).name());
  retract.set_change_reason("not ours");
  Do<v1::RetractActualResponse>(retract);
  EXPECT_EQ(ScoreOf(Row(2)).review_count(), 0) << "it judged a report";
  EXPECT_THAT(Explain(Row(2)).explanation().DebugString(), HasSubstr("it does not count"));
  ReportWith(1, "29");
  EXPECT_THAT(ScoreOf(kTable).indicators(0).flags(), Contains(v1::SCORE_FLAG_EDITED_AFTER_DEADLINE));
  EXPECT_THAT(ScoreOf(kTable).flags(), Contains(v1::SCORE_FLAG_EDITED_AFTER_DEADLINE));
}

TEST_F(ScoreAnswers, ATargetIsWrittenWithItsSignAndItsUnit) {
  const std::pair<v1::Comparator, const char*> signs[] = {{v1::COMPARATOR_AT_LEAST, "≥30 个"},
                                                          {v1::COMPARATOR_GREATER, ">30 个"},
                                                          {v1::COMPARATOR_EQUAL, "=30 个"},
                                                          {v1::COMPARATOR_AT_MOST, "≤30 个"},
                                                          {v1::COMPARATOR_LESS, "<30 个"}};
  MakeTableWith("u", "t", 6, [&](v1::Table* table) {
    for (int row = 0; row < 5; ++row)
      table->mutable_indicators(row)->mutable_target()->set_comparator(signs[row].first);
    table->mutable_indicators(5)->mutable_target()->set_unit("%");
    table->mutable_indicators(4)->set_prior_value("20");
  });
  Report(Row(6), "15.5 %");
  const v1::Score score = ScoreOf(kTable);
  for (int row = 0; row < 5; ++row) EXPECT_EQ(score.indicators(row).target(), signs[row].second);
  EXPECT_EQ(score.indicators(5).target(), "≥30%");
  EXPECT_EQ(score.indicators(5).actual(), "15.5%");
  EXPECT_EQ(score.indicators(5).weight(), "15");
  EXPECT_THAT(score.indicators(4).flags(), ElementsAre(v1::SCORE_FLAG_EASIER_THAN_LAST_YEAR))
      << "less than 30 where it was 20";
  EXPECT_THAT(score.indicators(3).flags(), IsEmpty());
}

TEST_F(ScoreAnswers, DecimalsAreThoseOfTheRow) {
  MakeTableWith("u", "t", 2, [](v1::Table* table) {
    table->mutable_indicators(0)->mutable_rule()->mutable_options()->set_score_decimals(0);
  });
  ReportWith(1, "29");
  ReportWith(2, "29");
  EXPECT_EQ(ScoreOf(Row(1)).score(), "44");
  EXPECT_EQ(ScoreOf(Row(2)).score(), "43.50");
}

TEST_F(ScoreAnswers, ALevelIsShownByItsOwnNameAndCountsAsUnscoredUntilItIsTyped) {
  MakeTableWith("u", "t", 2, [](v1::Table* table) {
    for (v1::Indicator& row : *table->mutable_indicators()) {
      row.clear_target();
      row.mutable_target()->set_text("明显");
      row.mutable_rule()->set_kind(v1::RULE_KIND_RATING);
    }
    for (const auto& [level, from, to] : {std::tuple("good", "0.5", "1"), std::tuple("bad", "0", "0.5")}) {
      v1::RatingBand* band =
          table->mutable_indicators(0)->mutable_rule()->mutable_options()->add_rating_bands();
      band->set_level(level);
      band->set_display_name(absl::StrCat("own ", level));
      band->set_from(from);
      band->set_to(to);
    }
  });
  Report(Row(1), "own bad");
  Report(Row(2), "达成年度指标");
  const v1::Score score = ScoreOf(kTable);
  EXPECT_EQ(score.indicators(0).actual(), "own bad");
  EXPECT_EQ(score.indicators(1).actual(), "达成年度指标");
  EXPECT_EQ(score.indicators(0).target(), "明显");
  EXPECT_EQ(score.indicators(0).status(), v1::SCORE_STATUS_UNSCORED);
  EXPECT_EQ(score.unscored_count(), 2);
  EXPECT_EQ(score.reported_count(), 2);
  EXPECT_EQ(score.sure(), "36.00");
  EXPECT_EQ(score.possible(), "77.49");  // 22.49 + 45 + 10
}

TEST_F(ScoreAnswers, AUnitsScoreShowsItsYearsTables) {
  MakeTable("u", "t", 2);
  MakeTable("u", "draft", 2, v1::ACCUMULATION_LATEST, /*approve=*/false);
  MakeTableWith("u", "bare", 2, [](v1::Table* table) {
    for (v1::Indicator& row : *table->mutable_indicators()) row.clear_weight();
    table->mutable_budget()->set_total("5");
  });
  MakeTableWith("u", "last", 2, [](v1::Table* table) { table->set_fiscal_year(2023); });
  ReportWith(1, "30");
  Spend("8");
  v1::GetScoreRequest request;
  request.set_name("units/u");
  request.set_fiscal_year(2024);
  const v1::Score score = Ask<v1::GetScoreResponse>(request).score();
  EXPECT_EQ(score.name(), "units/u");
  EXPECT_EQ(score.display_name(), "u");
  EXPECT_EQ(score.status(), v1::SCORE_STATUS_SCORED);
  EXPECT_EQ(score.score(), "53.00");
  EXPECT_EQ(score.possible(), "98.00");
  EXPECT_EQ(score.sure(), "53.00");
  EXPECT_EQ(score.grade(), "差");
  EXPECT_EQ(score.adjusted_budget(), "15");
  EXPECT_EQ(score.spent(), "8");
  EXPECT_EQ(score.table_count(), 1) << "with weights";
  EXPECT_EQ(score.unweighted_count(), 1);
  EXPECT_EQ(score.indicator_count(), 4);
  EXPECT_EQ(score.reported_count(), 1);
  EXPECT_EQ(score.fiscal_year(), 2024);
  EXPECT_EQ(score.profile(), "profiles/national");
  EXPECT_EQ(score.profile_version(), 1);
  request.set_fiscal_year(2023);
  EXPECT_EQ(Ask<v1::GetScoreResponse>(request).score().table_count(), 1);
  EXPECT_EQ(Ask<v1::GetScoreResponse>(request).score().score(), "0.00");
  v1::BatchGetScoresRequest batch;
  v1::BatchGetScoresResponse nothing;
  EXPECT_EQ(ReasonOf(engine().Read(batch, &nothing, {})), v1::ERROR_REASON_INVALID_FIELD) << "no names";
  batch.add_names("units/u");
  batch.set_fiscal_year(2023);
  EXPECT_EQ(Ask<v1::BatchGetScoresResponse>(batch).scores(0).fiscal_year(), 2023);
  batch.add_names("nonsense");
  v1::BatchGetScoresResponse response;
  EXPECT_THAT(ToRpcStatus(engine().Read(batch, &response, {"r", "en", ""}), "en").DebugString(),
              HasSubstr("names[1]"));
  batch.clear_names();
  while (batch.names_size() < 1000) batch.add_names(kTable);
  EXPECT_EQ(Ask<v1::BatchGetScoresResponse>(batch).scores_size(), 1000);
  batch.add_names(kTable);
  EXPECT_EQ(WhyNotRead<v1::BatchGetScoresResponse>(batch), v1::ERROR_REASON_REQUEST_TOO_LARGE);
  std::vector<std::string> inputs;
  v1::ExplainScoreRequest explain;
  explain.set_name("units/u");
  explain.set_fiscal_year(2024);
  const auto explained = Ask<v1::ExplainScoreResponse>(explain);
  for (const v1::ExplanationInput& input : explained.explanation().inputs()) {
    if (input.symbol() == "t" || input.symbol() == "bare" || input.symbol() == "last" ||
        input.symbol() == "draft") {
      inputs.push_back(absl::StrCat(input.symbol(), "=", input.value(), input.unit()));
    }
  }
  EXPECT_THAT(inputs, ElementsAre("bare=× 5", "t=53.00× 10")) << "of this year, in force";
}

TEST_F(ScoreAnswers, WhatAmendmentsGainedIsSaidAndAgainstWhichTargets) {
  MakeTable("u", "t", 2);
  ReportWith(1, "15");  // 22.50 of 45
  Amend(1, "20");       // 33.75
  const v1::Score score = ScoreOf(kTable);
  EXPECT_EQ(score.score(), "33.75");
  EXPECT_EQ(score.amendment_points(), "+11.25");
  Amend(1, "60");  // 11.25
  EXPECT_EQ(ScoreOf(kTable).amendment_points(), "-11.25");
  Past read;
  read.read.set_read_revision(score.revision());
  EXPECT_EQ(ScoreOf(kTable, read).amendment_points(), "+11.25") << "as of that revision";
  read.as_of.set_target_basis(v1::TARGET_BASIS_ORIGINAL);
  EXPECT_EQ(ScoreOf(kTable, read).score(), "22.50");
  EXPECT_EQ(ScoreOf(kTable, read).target_basis(), v1::TARGET_BASIS_ORIGINAL);
  EXPECT_EQ(ScoreOf(Row(1), read).target_basis(), v1::TARGET_BASIS_ORIGINAL);
  Amend(1, "30");
  EXPECT_EQ(ScoreOf(kTable).amendment_points(), "0.00");
  // Explanations say first which targets were used.
  for (const std::string& name : {std::string(kTable), Row(1)}) {
    const v1::Explanation now = Explain(name).explanation();
    EXPECT_THAT(now.steps(0).title(), HasSubstr("targets: with 3 amendments"));
    EXPECT_EQ(now.steps(0).inputs(0).value(), "3");
    EXPECT_EQ(now.steps(0).inputs(0).revision(), TableOf(kTable).amend_revision());
    EXPECT_EQ(now.steps(0).inputs(0).date(), "2024-09-01");
    EXPECT_EQ(Explain(name, "en", read).explanation().steps(0).title(), "targets: as first approved");
    EXPECT_THAT(Explain(name, "zh-CN").explanation().steps(0).title(), HasSubstr("指标值：含 3 次调整"));
  }
}

TEST_F(ScoreAnswers, ATableThatWasNeverAmendedExplainsNoTargets) {
  MakeTable("u", "t", 2);
  const int64_t revision = ReportWith(1, "15").commit().revision();
  const v1::ExplainScoreResponse answer = Explain(Row(1));
  EXPECT_THAT(answer.explanation().DebugString(), Not(HasSubstr("targets:")));
  EXPECT_EQ(ScoreOf(kTable).amendment_points(), "") << "nothing, not 0.00";
  EXPECT_EQ(answer.explanation().result(), "22.50");
  EXPECT_EQ(answer.score().score(), "22.50");
  EXPECT_EQ(answer.read().revision(), revision);
  EXPECT_THAT(answer.explanation().DebugString(), HasSubstr(absl::StrCat("revision: ", revision)));
  EXPECT_THAT(Explain(Row(1), "zh-CN").explanation().DebugString(),
              Not(Explain(Row(1)).explanation().DebugString()));
}

TEST_F(ScoreAnswers, AHistoryListsWhatMovedTheFiguresPageByPage) {
  MakeTable("u", "t", 2);
  v1::ListScoreHistoryRequest request;
  request.set_name(kTable);
  const auto scores = [&](int page_size) {
    std::vector<std::string> all;
    request.set_page_size(page_size);
    request.clear_page_token();
    int pages = 0;
    do {
      const auto page = Ask<v1::ListScoreHistoryResponse>(request);
      for (const v1::Score& score : page.scores()) {
        all.push_back(score.score());
        EXPECT_GT(score.record_time().seconds(), 0);
        EXPECT_THAT(score.indicators(), IsEmpty());
      }
      request.set_page_token(page.next_page_token());
      EXPECT_LT(++pages, 20);
      if (page.next_page_token().empty()) EXPECT_GT(page.scores_size(), 0) << "no empty last page";
    } while (!request.page_token().empty());
    return all;
  };
  ReportWith(1, "15");
  ReportWith(1, "30");
  ReportWith(1, "30");  // moves nothing
  ReportWith(2, "10");
  const std::vector<std::string> whole = scores(100);
  EXPECT_THAT(whole, ElementsAre("60.00", "45.00", "22.50", "0.00"));
  for (const int size : {1, 2, 3, 5}) EXPECT_EQ(scores(size), whole) << size;
  request.set_page_size(100);
  request.mutable_as_of()->set_date("2024-06-29");
  EXPECT_THAT(scores(100), ElementsAre("0.00")) << "the day holds for every row";
  request.mutable_as_of()->clear_date();
  request.mutable_as_of()->set_target_basis(v1::TARGET_BASIS_ORIGINAL);
  const auto original = Ask<v1::ListScoreHistoryResponse>(request);
  EXPECT_EQ(original.scores(0).target_basis(), v1::TARGET_BASIS_ORIGINAL);
}

TEST_F(ScoreAnswers, AUnitsHistoryIsThatOfItsYear) {
  MakeTable("u", "t", 2);
  MakeTableWith("u", "last", 2, [](v1::Table* table) { table->set_fiscal_year(2023); });
  ReportWith(1, "30");
  Report("units/u/tables/last/indicators/i1", "15", "2023-06-30");
  v1::ListScoreHistoryRequest request;
  request.set_name("units/u");
  const auto newest = [&](int32_t year) {
    request.set_fiscal_year(year);
    return Ask<v1::ListScoreHistoryResponse>(request).scores(0);
  };
  EXPECT_EQ(newest(2024).score(), "45.00");
  EXPECT_EQ(newest(2024).fiscal_year(), 2024);
  EXPECT_EQ(newest(2023).score(), "22.50");
  request.set_name(Row(1));
  EXPECT_NE(WhyNotRead<v1::ListScoreHistoryResponse>(request), v1::ERROR_REASON_UNSPECIFIED);
}

TEST_F(ScoreAnswers, ListsAreFilteredAndSortedByTheOrderOfGrades) {
  MakeTable("u", "s", 2);
  MakeTable("u", "t", 2);
  for (const int row : {1, 2}) Report(absl::StrCat("units/u/tables/s/indicators/i", row), "30", "2024-03-31");
  Report("units/u/tables/t/indicators/i1", "30", "2024-03-31");
  ASSERT_EQ(ScoreOf("units/u/tables/s").grade(), "优");
  ASSERT_EQ(ScoreOf("units/u/tables/t").grade(), "差");
  for (const char* order : {"score desc", "display_name", "grade desc"}) {
    v1::ListScoresRequest request = Ranking(order, "units/u");
    request.set_filter("grade > 差");
    EXPECT_THAT(Ranked(request), ElementsAre("s 90.00")) << order;
    request.set_filter("grade <= 良");
    EXPECT_THAT(Ranked(request), ElementsAre("t 45.00")) << order;
    request.set_filter("grade > 甲");
    EXPECT_EQ(ReasonOf(engine().Read(request, std::make_unique<v1::ListScoresResponse>().get(), {})),
              v1::ERROR_REASON_INVALID_FILTER)
        << order;
  }
  EXPECT_THAT(Ranked(Ranking("grade desc", "units/u")), ElementsAre("s 90.00", "t 45.00"));
  EXPECT_THAT(Ranked(Ranking("grade", "units/u")), ElementsAre("t 45.00", "s 90.00"));
}

TEST_F(ScoreAnswers, ARankedListOfThePastOrOfADayIsNotAnsweredFromNow) {
  MakeTable("u", "s", 2);
  MakeTable("u", "t", 2);
  MakeTable("u", "draft", 2, v1::ACCUMULATION_LATEST, /*approve=*/false);
  Report("units/u/tables/s/indicators/i1", "15", "2024-03-31");
  const int64_t before = static_cast<int64_t>(store().head().revision);
  ReportWith(1, "30");
  v1::ListScoresRequest request = Ranking("score desc");
  EXPECT_THAT(Ranked(request), ElementsAre("t 45.00", "s 22.50"));
  EXPECT_THAT(Ranked(Ranking("score")), ElementsAre("s 22.50", "t 45.00"));
  EXPECT_THAT(Ranked(Ranking("score asc")), ElementsAre("s 22.50", "t 45.00"));
  EXPECT_THAT(Ranked(Ranking("display_name desc")), ElementsAre("t 45.00", "s 22.50"));
  request.mutable_read()->set_read_revision(before);
  EXPECT_THAT(Ranked(request), ElementsAre("s 22.50", "t 0.00"));
  request.mutable_read()->clear_consistency();
  request.mutable_as_of()->set_date("2024-06-29");
  EXPECT_THAT(Ranked(request), ElementsAre("s 22.50", "t 0.00"));
  request.mutable_as_of()->clear_date();
  Amend(1, "60");
  EXPECT_THAT(Ranked(request), ElementsAre("s 22.50", "t 22.50"));
  request.mutable_as_of()->set_target_basis(v1::TARGET_BASIS_ORIGINAL);
  EXPECT_THAT(Ranked(request), ElementsAre("t 45.00", "s 22.50"));
  EXPECT_EQ(Ask<v1::ListScoresResponse>(request).total_size(), 2);
  request = Ranking("score desc, display_name desc");
  EXPECT_THAT(Ranked(request), ElementsAre("t 22.50", "s 22.50")) << "a second key";
  request = Ranking("score desc", "units/nobody");
  EXPECT_EQ(WhyNotRead<v1::ListScoresResponse>(request), v1::ERROR_REASON_RESOURCE_NOT_FOUND);
}

TEST_F(ScoreAnswers, ARankedListGoesThroughItsPagesAndEnds) {
  for (int i = 0; i < 5; ++i) MakeTable("u", absl::StrCat("t", i), 1);
  for (int i = 0; i < 5; ++i)
    Report(absl::StrCat("units/u/tables/t", i, "/indicators/i1"), absl::StrCat(10 + i % 3));
  for (const std::string filter : {"", "score >= 31"}) {
    v1::ListScoresRequest request = Ranking("score desc");
    request.set_filter(filter);
    const std::vector<std::string> whole = Ranked(request);
    EXPECT_THAT(whole, filter.empty() ? testing::Matcher<std::vector<std::string>>(SizeIs(5))
                                      : testing::Matcher<std::vector<std::string>>(SizeIs(3)));
    for (const int size : {1, 2, 5}) {
      request.set_page_size(size);
      request.clear_page_token();
      std::vector<std::string> all;
      int pages = 0;
      do {
        const auto page = Ask<v1::ListScoresResponse>(request);
        for (const v1::Score& score : page.scores())
          all.push_back(absl::StrCat(score.display_name(), " ", score.score()));
        request.set_page_token(page.next_page_token());
        ASSERT_LT(++pages, 10);
        if (filter.empty()) EXPECT_GT(page.scores_size(), 0) << "no empty page";
      } while (!request.page_token().empty());
      EXPECT_EQ(all, whole) << size;
    }
  }
}

TEST(SignedPoints, SayWhetherTheyWereGained) {
  EXPECT_EQ(SignedPoints(*scoring::Decimal::Parse("1.5"), 2), "+1.50");
  EXPECT_EQ(SignedPoints(*scoring::Decimal::Parse("-1.5"), 2), "-1.50");
  EXPECT_EQ(SignedPoints(scoring::Decimal(), 2), "0.00");
}

}  // namespace
}  // namespace attain::engine
