// The board of a table: what is scored when, which reviews count, what is late, what an amendment leaves.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "service/scoring/score.h"
#include "tests/unit/model/sample_table.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::engine {
namespace {

using scoring::Dec;
using scoring::Show;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

enum RowOf { kLatest, kSum, kAverage, kRatio, kShare, kRated, kManual };

Review ReviewOf(const std::string& score, uint64_t revision = 20) {
  return {Dec(score), "thin", "office", revision};
}

// Full marks on the first row, 5 of 10 on the second, nothing else.
Board TwoReports(const TableModel& model) {
  Board board = EmptyBoard(model);
  AddReport(model, kLatest, ReportOf("40", "2024-05-10", 7), "7", 7, &board);
  AddReport(model, kSum, ReportOf("20", "2024-05-10", 8), "8", 8, &board);
  return board;
}

TEST(Board, AnEmptyOneIsOfTheTablesRevisionAndOpen) {
  const auto model = ModelOf(SampleState());
  const Board board = EmptyBoard(*model);
  EXPECT_EQ(board.revision, 3u);
  EXPECT_EQ(board.cells.size(), 7u);
  ASSERT_EQ(board.scores.size(), 7u);
  EXPECT_EQ(board.scores[kManual].status, scoring::ScoreStatus::kUnreported);
  EXPECT_EQ(Show(board.total.total), "0");
  EXPECT_EQ(Show(board.total.sure), "0");
  EXPECT_EQ(Show(board.total.possible), "80");
}

TEST(Board, AReportMovesItsRowTheTotalsAndTheRevision) {
  const auto model = ModelOf(SampleState());
  Board board = TwoReports(*model);
  EXPECT_EQ(Show(board.scores[kLatest].score), "10");
  EXPECT_EQ(Show(board.scores[kSum].score), "5");
  EXPECT_EQ(Show(board.scores[kAverage].score), "unset");
  EXPECT_EQ(Show(board.total.total), "15");
  EXPECT_EQ(board.revision, 8u);
  Accumulate(SpendingOf("50", "", "2024-05-10", 9), &board);
  Retotal(*model, &board);
  EXPECT_EQ(Show(board.total.total), "20") << "half of the money is five of ten points";
}

TEST(Board, RescoringOneRowLeavesTheOthersAndAllRowsNone) {
  const auto model = ModelOf(SampleState());
  Board board = TwoReports(*model);
  board.cells[kLatest].reported.number = Dec("4");
  board.cells[kSum].reported.number = Dec("4");
  Rescore(*model, kSum, &board);
  EXPECT_EQ(Show(board.scores[kLatest].score), "10");
  EXPECT_EQ(Show(board.scores[kSum].score), "1");
  EXPECT_EQ(Show(board.total.total), "11");
  Rescore(*model, -1, &board);
  EXPECT_EQ(Show(board.scores[kLatest].score), "1");
  EXPECT_EQ(Show(board.total.total), "2");
}

TEST(Board, OnlyWhatIsRecordedAfterTheHandInIsLate) {
  const auto model = ModelOf(SampleState());
  struct {
    uint64_t submitted;
    bool report_late, money_late;
  } const cases[] = {
      {0, false, false}, {6, true, true}, {7, false, true}, {8, false, true}, {9, false, false}};
  for (const auto& each : cases) {
    Board board = EmptyBoard(*model);
    board.submit_revision = each.submitted;
    AddReport(*model, kLatest, ReportOf("40", "2024-05-10", 7), "7", 7, &board);
    EXPECT_EQ((board.scores[kLatest].flags & scoring::kFlagLate) != 0, each.report_late) << each.submitted;
    EXPECT_EQ(board.scores[kSum].flags & scoring::kFlagLate, 0u) << "a row without report";
    EXPECT_EQ((board.total.flags & scoring::kFlagLate) != 0, each.report_late) << each.submitted;
    Accumulate(SpendingOf("50", "", "2024-05-10", 9), &board);
    Retotal(*model, &board);
    EXPECT_EQ((board.total.flags & scoring::kFlagLate) != 0, each.report_late || each.money_late)
        << each.submitted;
  }
}

TEST(Board, AReviewCountsOnReportedRowsThatApply) {
  disk::TableState state = SampleState();
  state.mutable_indicators(kSum)->set_not_applicable(true);
  const auto model = ModelOf(state);
  Board board = TwoReports(*model);
  for (const int row : {kLatest, kSum, kAverage}) board.cells[row].review = ReviewOf("8");
  Rescore(*model, -1, &board);
  ASSERT_NE(CountingReview(board, kLatest), nullptr);
  EXPECT_EQ(CountingReview(board, kLatest)->score, Dec("8"));
  EXPECT_EQ(CountingReview(board, kSum), nullptr) << "does not apply";
  EXPECT_EQ(CountingReview(board, kAverage), nullptr) << "nothing is reported";
  EXPECT_EQ(CountingReview(board, kRatio), nullptr) << "nobody reviewed it";
  EXPECT_EQ(board.review_count(), 1);
  EXPECT_EQ(Show(FinalPoints(board, kLatest)), "8");
  EXPECT_EQ(Show(FinalPoints(board, kAverage)), "unset");
  const auto reviewed = ReviewedScores(board);
  ASSERT_TRUE(reviewed.has_value());
  EXPECT_EQ(Show((*reviewed)[kLatest].score), "8");
  EXPECT_EQ((*reviewed)[kLatest].sure, Dec("8"));
  EXPECT_EQ((*reviewed)[kLatest].possible, Dec("8"));
  EXPECT_EQ((*reviewed)[kAverage].status, scoring::ScoreStatus::kUnreported);
  EXPECT_EQ(Show(board.scores[kLatest].score), "10") << "the self score stays";
}

TEST(Board, AReviewCountsInTheFinalTotalAlone) {
  const auto model = ModelOf(SampleState());
  Board board = TwoReports(*model);
  EXPECT_FALSE(board.reviewed.has_value());
  EXPECT_FALSE(ReviewedScores(board).has_value());
  EXPECT_EQ(Show(FinalPoints(board, kSum)), "5");
  EXPECT_EQ(&board.FinalScore(), &board.total);
  board.cells[kSum].review = ReviewOf("7.5");
  Retotal(*model, &board);
  ASSERT_TRUE(board.reviewed.has_value());
  EXPECT_EQ(Show(board.reviewed->total), "17.5");
  EXPECT_EQ(Show(board.total.total), "15");
  EXPECT_EQ(&board.FinalScore(), &*board.reviewed);
  board.cells[kSum].review.reset();
  Retotal(*model, &board);
  EXPECT_FALSE(board.reviewed.has_value()) << "a review that was taken back";
}

TEST(Board, AReviewScoresARowThatWaitsForAPerson) {
  const auto model = ModelOf(SampleState());
  Board board = EmptyBoard(*model);
  AddReport(*model, kRated, RatingOf("achieved", "", "2024-05-10", 7), "7", 7, &board);
  EXPECT_EQ(board.scores[kRated].status, scoring::ScoreStatus::kUnscored);
  board.cells[kRated].review = ReviewOf("9");
  const auto reviewed = ReviewedScores(board);
  ASSERT_TRUE(reviewed.has_value());
  EXPECT_EQ((*reviewed)[kRated].status, scoring::ScoreStatus::kScored);
}

TEST(Board, FitsWhatLiesInTheBandAndUnderTheWeight) {
  struct {
    const char* what;
    int row;
    const char *typed, *review;
    bool fits;
  } const cases[] = {
      {"a review of the weight", kLatest, "", "10", true},
      {"a review above the weight", kLatest, "", "10.01", false},
      {"points of the weight", kManual, "10", "", true},
      {"points above the weight", kManual, "10.01", "", false},
      {"the band's lower edge", kRated, "8", "", true},
      {"below the band", kRated, "7.99", "", false},
      {"both", kManual, "10", "10", true},
      {"points alone do not fit", kManual, "10.01", "10", false},
      {"the review alone does not", kManual, "10", "10.01", false},
  };
  const auto model = ModelOf(SampleState());
  for (const auto& each : cases) {
    Cell cell;
    if (each.row == kLatest) Accumulate(*model, kLatest, ReportOf("40", "2024-05-10", 7), "7", &cell);
    if (each.row != kLatest) {
      Accumulate(*model, each.row,
                 RatingOf(each.row == kRated ? "achieved" : "", each.typed, "2024-05-10", 7), "7", &cell);
    }
    if (*each.review != '\0') cell.review = ReviewOf(each.review);
    EXPECT_EQ(Fits(*model, each.row, cell), each.fits) << each.what;
  }
  EXPECT_TRUE(Fits(*model, kRated, Cell())) << "nothing is told";
}

TEST(Board, WhatDoesNotFitIsTakenOutAndNothingElse) {
  const auto model = ModelOf(SampleState());
  const auto fit = [&](const char* typed, const char* review) {
    Cell cell;
    Accumulate(*model, kManual, RatingOf("", typed, "2024-05-10", 7), "7", &cell);
    cell.review = ReviewOf(review);
    MakeFit(*model, kManual, &cell);
    EXPECT_TRUE(cell.reported.reported);
    EXPECT_EQ(cell.reason, "reason 7");
    return absl::StrCat(Show(cell.reported.typed_score), " ",
                        cell.review.has_value() ? cell.review->score.ToString() : "unset");
  };
  EXPECT_EQ(fit("10", "10"), "10 10");
  EXPECT_EQ(fit("10.01", "10"), "unset 10");
  EXPECT_EQ(fit("10", "10.01"), "10 unset");
  EXPECT_EQ(fit("10.01", "10.01"), "unset unset");
}

TEST(Board, AReviewFitsNoRowWithoutWeight) {
  disk::TableState state = SampleState();
  state.mutable_indicators(kLatest)->clear_weight();
  const auto model = ModelOf(state);
  EXPECT_FALSE(model->weighted());
  Cell cell;
  cell.review = ReviewOf("0");
  EXPECT_FALSE(Fits(*model, kLatest, cell));
  EXPECT_TRUE(Fits(*model, kSum, cell));
  MakeFit(*model, kLatest, &cell);
  EXPECT_FALSE(cell.review.has_value());
}

TEST(Board, AShapeIsWhatReportsAreToldIn) {
  const disk::IndicatorState number = NumberRow("a", "40", "个", v1::ACCUMULATION_LATEST);
  const auto with = [](disk::IndicatorState row, auto change) {
    change(&row);
    return ShapeOf(row);
  };
  EXPECT_EQ(ShapeOf(number), ShapeOf(NumberRow("b", "41", "个", v1::ACCUMULATION_LATEST)));
  EXPECT_EQ(ShapeOf(number),
            with(number, [](auto* row) { row->mutable_rule()->set_kind(v1::RULE_KIND_DIRECT); }))
      << "a number is a number under any rule";
  EXPECT_NE(ShapeOf(number), with(number, [](auto* row) { row->mutable_target()->set_unit("次"); }));
  EXPECT_NE(ShapeOf(number), with(number, [](auto* row) { row->set_accumulation(v1::ACCUMULATION_SUM); }));
  EXPECT_NE(ShapeOf(number), with(number, [](auto* row) { row->mutable_target()->clear_value(); }));
  EXPECT_EQ(ShapeOf(NumberRow("a", "1", "％", v1::ACCUMULATION_SUM)),
            ShapeOf(NumberRow("a", "1", "%", v1::ACCUMULATION_SUM)));
  EXPECT_NE(ShapeOf(TypedRow("a", v1::RULE_KIND_RATING)), ShapeOf(TypedRow("a", v1::RULE_KIND_MANUAL)))
      << "words are told differently under each rule";
}

TEST(Board, ReportsFitRowsOfTheSameShape) {
  const auto newest = ModelOf(SampleState());
  disk::TableState state = SampleState();
  state.mutable_indicators(kSum)->mutable_target()->set_unit("次");
  state.mutable_indicators(kAverage)->mutable_target()->set_value("1");
  state.mutable_indicators(kManual)->set_name("gone");
  const auto before = ModelOf(state);
  EXPECT_THAT(FitReports(*newest, *before), ElementsAre(true, false, true, true, true, true, true));
  EXPECT_FALSE(FitsReports(*newest, *before, kSum));
  EXPECT_TRUE(FitsReports(*before, *before, kSum)) << "of itself";
}

TEST(Board, AnAmendmentKeepsMoneyDaysAndRowsThatStay) {
  const auto before = ModelOf(SampleState());
  Board board = TwoReports(*before);
  Accumulate(SpendingOf("50", "90", "2024-05-10", 9), &board);
  Accumulate(SpendingOf("60", "", "2024-05-12", 10), &board);
  board.submit_revision = 11;
  board.revision = 12;
  board.cells[kSum].review = ReviewOf("7");
  disk::TableState state = SampleState();
  state.mutable_indicators()->DeleteSubrange(kLatest, 1);               // sum comes first now
  state.mutable_indicators(1)->set_accumulation(v1::ACCUMULATION_SUM);  // the average adds up
  *state.add_indicators() = NumberRow("new", "1", "个", v1::ACCUMULATION_SUM);
  state.mutable_budget()->set_adjusted("70");
  const auto after = ModelOf(state);
  std::vector<int> recompute;
  const Board amended = Amended(*before, board, *after, &recompute);
  EXPECT_THAT(recompute, ElementsAre(1, 6));
  ASSERT_EQ(amended.cells.size(), 7u);
  EXPECT_EQ(Show(amended.cells[0].reported.number), "20");
  EXPECT_EQ(amended.cells[0].sum, Dec("20"));
  ASSERT_TRUE(amended.cells[0].review.has_value());
  EXPECT_EQ(amended.cells[0].review->score, Dec("7"));
  EXPECT_FALSE(amended.cells[1].reported.reported);
  EXPECT_FALSE(amended.cells[6].reported.reported);
  EXPECT_EQ(Show(amended.budget.spent), "60");
  EXPECT_EQ(Show(amended.budget.adjusted), "90") << "what was recorded, not the table's own";
  EXPECT_EQ(amended.spent_date, "2024-05-12");
  EXPECT_EQ(amended.adjusted_date, "2024-05-10");
  EXPECT_EQ(amended.submit_revision, 11u);
  EXPECT_EQ(amended.revision, 12u);
  recompute.clear();
  Amended(*before, board, *before, &recompute);
  EXPECT_THAT(recompute, IsEmpty());
}

TEST(Board, ATableTakesPartInForceAndAsAProject) {
  for (const int kind : {v1::TABLE_KIND_UNIT, v1::TABLE_KIND_PROJECT}) {
    for (const int life : {v1::TABLE_STATE_DRAFT, v1::TABLE_STATE_SUBMITTED, v1::TABLE_STATE_APPROVED,
                           v1::TABLE_STATE_CLOSED}) {
      disk::TableState state = SampleState();
      state.set_kind(kind);
      state.set_state(life);
      const bool in_force = life == v1::TABLE_STATE_APPROVED || life == v1::TABLE_STATE_CLOSED;
      EXPECT_EQ(ModelOf(state)->in_force(), in_force) << life;
      EXPECT_EQ(TakesPart(*ModelOf(state)), in_force && kind == v1::TABLE_KIND_PROJECT)
          << kind << " " << life;
    }
  }
}

TEST(Board, ATableIsWeightedWhenEveryRowIs) {
  EXPECT_TRUE(ModelOf(SampleState())->weighted());
  disk::TableState state = SampleState();
  state.mutable_indicators(kManual)->clear_weight();
  EXPECT_FALSE(ModelOf(state)->weighted());
  state.clear_indicators();
  EXPECT_FALSE(ModelOf(state)->weighted());
}

TEST(Board, SumsAreOfTheFinalTableAndItsReviews) {
  const auto model = ModelOf(SampleState());
  Board board = TwoReports(*model);
  scoring::RollupSums sums = SumsOf(scoring::RollupMode::kByAdjustedBudget, board);
  EXPECT_EQ(sums.weight, Dec("100"));
  EXPECT_EQ(sums.weighted_total, Dec("1500"));
  EXPECT_EQ(sums.weighted_final, Dec("1500"));
  EXPECT_EQ(sums.reviewed, 0);
  EXPECT_EQ(sums.reported, 2);
  board.cells[kSum].review = ReviewOf("7");
  board.cells[kLatest].review = ReviewOf("9");
  Retotal(*model, &board);
  sums = SumsOf(scoring::RollupMode::kPlainMean, board);
  EXPECT_EQ(sums.weight, Dec("1"));
  EXPECT_EQ(sums.weighted_total, Dec("15"));
  EXPECT_EQ(sums.weighted_final, Dec("16"));
  EXPECT_EQ(sums.reviewed, 2);
}

TEST(Board, ARowTellsItsMeasureUntilItIsGone) {
  const auto model = ModelOf(SampleState());
  EXPECT_EQ(MeasureOf(*model, "ratio"), "%");
  EXPECT_EQ(MeasureOf(*model, "rated"), "");
  EXPECT_EQ(MeasureOf(*model, "gone"), "");
}

}  // namespace
}  // namespace attain::engine
