// A board on disk is the board: every figure comes back, and the bytes say what is on it.
#include "service/model/board_codec.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <random>

#include "absl/strings/str_cat.h"
#include "tests/unit/model/sample_table.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::engine {
namespace {

using scoring::Dec;

// Reports, spending, reviews and a hand-in, at random.
Board RandomBoard(const TableModel& model, uint64_t seed) {
  std::mt19937_64 random(seed);
  const auto below = [&](uint64_t bound) { return static_cast<int>(random() % bound); };
  const auto day = [&] { return absl::StrCat("2024-0", 1 + below(9), "-1", below(10)); };
  Board board = EmptyBoard(model);
  for (int step = 1; step <= 20; ++step) {
    const int row = below(7);
    disk::ActualState report = ReportOf(absl::StrCat(below(90), ".", 1 + below(9)), day(), 10 + step);
    if (row == 3 || row == 4)
      report = RatioOf(absl::StrCat(below(9)), absl::StrCat(1 + below(9)), day(), 10 + step);
    if (row >= 5) report = RatingOf(row == 5 ? "achieved" : "", absl::StrCat(8 + below(3)), day(), 10 + step);
    if (below(5) == 0) report.set_met(below(2) == 0);
    if (below(5) == 0) report.mutable_report()->set_deduction("0.5");
    if (below(3) == 0) {
      Accumulate(SpendingOf(absl::StrCat(below(90)), below(3) == 0 ? absl::StrCat(80 + below(9)) : "", day(),
                            10 + step),
                 &board);
    }
    if (below(4) == 0)
      board.cells[row].review = Review{Dec(absl::StrCat(below(10))), absl::StrCat("why ", step), "office", 5};
    if (below(12) == 0) board.submit_revision = static_cast<uint64_t>(10 + step);
    AddReport(model, row, report, absl::StrCat(step, "-2"), static_cast<uint64_t>(10 + step), &board);
  }
  Rescore(model, -1, &board);
  return board;
}

disk::BoardState Decoded(Board* board) {
  disk::BoardState state;
  EXPECT_TRUE(state.ParseFromString(EncodeBoard(board)));
  return state;
}

TEST(BoardCodec, EveryFigureComesBack) {
  const auto model = ModelOf(SampleState());
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    Board board = RandomBoard(*model, seed);
    const auto back = FromDisk(*model, Decoded(&board));
    ASSERT_TRUE(back.ok()) << back.status();
    EXPECT_EQ(ShowBoard(*back), ShowBoard(board)) << "seed " << seed;
  }
}

TEST(BoardCodec, WhatWasEncodedBeforeIsNotWrittenForWhatIsNow) {
  const auto model = ModelOf(SampleState());
  Board board = RandomBoard(*model, 1);
  EncodeBoard(&board);
  for (int row = 0; row < 3; ++row) {
    AddReport(*model, row, ReportOf(absl::StrCat(row, ".25"), "2024-12-01", 90 + row), "9", 90, &board);
    Board fresh = board;
    fresh.encoded.clear();
    EXPECT_EQ(EncodeBoard(&board), EncodeBoard(&fresh)) << "row " << row;
  }
}

// A board with a value of its own in each place that is stored.
Board FullBoard(const TableModel& model) {
  Board board = EmptyBoard(model);
  disk::ActualState first = ReportOf("30", "2024-05-10", 7);
  first.mutable_report()->set_value("三十");
  first.mutable_report()->set_deduction("0.5");
  AddReport(model, 0, first, "7-2", 7, &board);
  AddReport(model, 3, RatioOf("3", "8", "2024-05-11", 8), "8", 8, &board);
  AddReport(model, 3, RatioOf("1", "2", "2024-05-10", 9), "9", 9, &board);
  disk::ActualState rating = RatingOf("achieved", "9.5", "2024-05-12", 10);
  rating.set_met(false);
  AddReport(model, 5, rating, "10", 10, &board);
  AddReport(model, 6, RatingOf("", "", "2024-05-12", 11), "11", 11, &board);
  board.cells[0].review = Review{Dec("8"), "thin", "office", 12};
  Accumulate(SpendingOf("60", "90", "2024-05-10", 13), &board);
  Accumulate(SpendingOf("70", "", "2024-05-14", 14), &board);
  board.submit_revision = 9;
  board.revision = 15;
  Rescore(model, -1, &board);
  return board;
}

// Text of protobuf has no fixed spacing between releases: messages are compared.
template <typename Message>
std::string Canonical(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message.DebugString();
}

TEST(BoardCodec, TheBytesSayWhatIsOnTheBoard) {
  Board board = FullBoard(*ModelOf(SampleState()));
  const disk::BoardState state = Decoded(&board);
  ASSERT_EQ(state.cells_size(), 7);
  EXPECT_EQ(state.cells(0).DebugString(), Canonical<disk::CellState>(R"(
      reported: true number: "30" typed_deduction: "0.5" date: "2024-05-10" revision: 7 reason: "reason 7"
      text: "三十" actual_id: "7-2" status: 1 score: "7.5"
      review_score: "8" review_reason: "thin" reviewer: "office" review_revision: 12)"));
  EXPECT_EQ(state.cells(1).DebugString(),
            Canonical<disk::CellState>(R"(status: 2 sure: "0" possible: "10")"));
  EXPECT_EQ(state.cells(3).DebugString(), Canonical<disk::CellState>(R"(
      reported: true number: "40" date: "2024-05-11" revision: 9 reason: "reason 8" actual_id: "8"
      sum: "4" denominator_sum: "10" count: 2 status: 1 score: "10")"));
  EXPECT_EQ(state.cells(5).DebugString(), Canonical<disk::CellState>(R"(
      reported: true level: "achieved" met: false typed_score: "9.5" date: "2024-05-12" revision: 10
      reason: "reason 10" actual_id: "10" status: 1 score: "9.5")"));
  EXPECT_EQ(state.cells(6).DebugString(), Canonical<disk::CellState>(R"(
      reported: true date: "2024-05-12" revision: 11 reason: "reason 11" actual_id: "11"
      status: 3 sure: "0" possible: "10")"));
  disk::BoardState totals = state;
  totals.clear_cells();
  EXPECT_EQ(totals.DebugString(), Canonical<disk::BoardState>(R"(
      spent: "70" adjusted: "90" spent_date: "2024-05-14" spent_revision: 14 adjusted_revision: 13
      total: "34.78" sure: "34.78" possible: "74.78" grade: "差" light: 2 revision: 15
      final_total: "35.28" final_grade: "差" submit_revision: 9 adjusted_date: "2024-05-10")"));
}

TEST(BoardCodec, ABoardWithoutReviewsHasNoFinalTotal) {
  const auto model = ModelOf(SampleState());
  Board board = EmptyBoard(*model);
  const disk::BoardState state = Decoded(&board);
  EXPECT_EQ(state.final_total(), "");
  EXPECT_EQ(state.final_grade(), "");
  EXPECT_EQ(state.total(), "0");
}

TEST(BoardCodec, ADayOfTheBudgetThatIsThatOfTheMoneyIsNotWrittenTwice) {
  const auto model = ModelOf(SampleState());
  Board board = EmptyBoard(*model);
  Accumulate(SpendingOf("60", "90", "2024-05-10", 13), &board);
  EXPECT_EQ(Decoded(&board).adjusted_date(), "");
  auto back = FiguresFromDisk(*model, Decoded(&board));
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->adjusted_date, "2024-05-10");
  Board unadjusted = EmptyBoard(*model);
  Accumulate(SpendingOf("60", "", "2024-05-10", 13), &unadjusted);
  back = FiguresFromDisk(*model, Decoded(&unadjusted));
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->adjusted_date, "") << "the budget is the table's own";
}

TEST(BoardCodec, FiguresComeWithoutScores) {
  const auto model = ModelOf(SampleState());
  Board board = FullBoard(*model);
  const auto figures = FiguresFromDisk(*model, Decoded(&board));
  ASSERT_TRUE(figures.ok());
  EXPECT_TRUE(figures->scores.empty());
  EXPECT_EQ(figures->revision, 15u);
}

TEST(BoardCodec, ABoardOfOtherRowsIsDamage) {
  const auto model = ModelOf(SampleState());
  Board board = EmptyBoard(*model);
  disk::BoardState state = Decoded(&board);
  state.mutable_cells()->RemoveLast();
  EXPECT_EQ(FromDisk(*model, state).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(FiguresFromDisk(*model, state).status().code(), absl::StatusCode::kDataLoss);
  state.add_cells();
  EXPECT_TRUE(FromDisk(*model, state).ok());
  state.add_cells();
  EXPECT_EQ(FromDisk(*model, state).status().code(), absl::StatusCode::kDataLoss);
}

TEST(BoardCodec, AReviewComesFromItsOwnValue) {
  disk::ReviewState state;
  state.set_score("7.25");
  state.set_reason("thin");
  state.set_reviewer("office");
  state.set_revision(9);
  const auto review = ToReview(state);
  ASSERT_TRUE(review.ok());
  EXPECT_EQ(review->score, Dec("7.25"));
  EXPECT_EQ(review->reason, "thin");
  EXPECT_EQ(review->reviewer, "office");
  EXPECT_EQ(review->revision, 9u);
  state.set_score("seven");
  EXPECT_EQ(ToReview(state).status().code(), absl::StatusCode::kDataLoss);
}

scoring::RollupSums FullSums() {
  scoring::RollupSums sums;
  sums.weight = Dec("1");
  sums.weighted_total = Dec("2");
  sums.weighted_sure = Dec("3");
  sums.weighted_possible = Dec("4");
  sums.weighted_final = Dec("5");
  sums.adjusted = Dec("6");
  sums.spent = Dec("7");
  sums.tables = 8;
  sums.unweighted = 9;
  sums.indicators = 10;
  sums.reported = 11;
  sums.reviewed = 12;
  return sums;
}

TEST(BoardCodec, SumsOfAUnitComeBack) {
  disk::UnitBoardState header;
  header.set_profile("profiles/national");
  header.set_profile_version(13);
  scoring::RollupSums sums = FullSums();
  EXPECT_EQ(ToDisk(sums, header).DebugString(), Canonical<disk::UnitBoardState>(R"(
      weight: "1" weighted_total: "2" weighted_sure: "3" weighted_possible: "4" weighted_final: "5" adjusted: "6"
      spent: "7" tables: 8 unweighted: 9 indicators: 10 reported: 11 reviewed: 12
      profile: "profiles/national" profile_version: 13)"));
  EXPECT_EQ(*FromDisk(ToDisk(sums, header)), sums);
  sums.weighted_final = sums.weighted_total;
  EXPECT_EQ(ToDisk(sums, header).weighted_final(), "") << "as the total";
  EXPECT_EQ(*FromDisk(ToDisk(sums, header)), sums);
  for (const char* wide : {"123456789012345678901234567890.123456789", "-0.000000001"}) {
    sums.weighted_final = sums.weight = *scoring::Decimal::ParseStored(wide);
    EXPECT_EQ(*FromDisk(ToDisk(sums, header)), sums) << "more digits than people may type: " << wide;
  }
}

TEST(BoardCodec, ASumThatIsNoNumberIsDamage) {
  for (const char* field : {"weight", "weighted_total", "weighted_sure", "weighted_possible",
                            "weighted_final", "adjusted", "spent"}) {
    disk::UnitBoardState state = ToDisk(FullSums(), {});
    state.GetReflection()->SetString(&state, state.GetDescriptor()->FindFieldByName(field), "many");
    EXPECT_EQ(FromDisk(state).status().code(), absl::StatusCode::kDataLoss) << field;
  }
}

}  // namespace
}  // namespace attain::engine
