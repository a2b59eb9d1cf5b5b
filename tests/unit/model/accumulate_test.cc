// How several reports of one row become one figure (RULES 3), with the days and counts at which it turns.
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/scoring/score.h"
#include "tests/unit/model/sample_table.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::engine {
namespace {

using scoring::Show;

enum RowOf { kLatest, kSum, kAverage, kRatio, kShare, kRated, kManual };

// "figure date revision reason" after these reports, told in this order.
std::string Told(int row, const std::vector<disk::ActualState>& reports) {
  const auto model = ModelOf(SampleState());
  Cell cell;
  for (const disk::ActualState& report : reports)
    Accumulate(*model, row, report, absl::StrCat("id", report.revision()), &cell);
  return absl::StrCat(Show(cell.reported.number), " ", cell.reported.date, " ", cell.reported.revision, " ",
                      cell.reason, " ", cell.actual_id, " ", cell.count);
}

struct AccumulationCase {
  const char* what;
  int row;
  std::vector<disk::ActualState> reports;
  const char* told;
};

TEST(Accumulate, MakesOneFigureOfSeveralReports) {
  const auto first = ReportOf("30", "2024-05-10", 7);
  const AccumulationCase cases[] = {
      {"one report", kLatest, {first}, "30 2024-05-10 7 reason 7 id7 0"},
      {"a newer day", kLatest, {first, ReportOf("2", "2024-05-11", 8)}, "2 2024-05-11 8 reason 8 id8 0"},
      {"the same day", kLatest, {first, ReportOf("2", "2024-05-10", 8)}, "2 2024-05-10 8 reason 8 id8 0"},
      {"an older day", kLatest, {first, ReportOf("2", "2024-05-09", 8)}, "30 2024-05-10 7 reason 7 id7 0"},
      {"one to add up", kSum, {first}, "30 2024-05-10 7 reason 7 id7 1"},
      {"a newer one", kSum, {first, ReportOf("2.5", "2024-05-11", 8)}, "32.5 2024-05-11 8 reason 8 id8 2"},
      {"the same day", kSum, {first, ReportOf("2.5", "2024-05-10", 8)}, "32.5 2024-05-10 8 reason 8 id8 2"},
      {"an older one adds too, and is known only now",
       kSum,
       {first, ReportOf("2.5", "2024-05-09", 8)},
       "32.5 2024-05-10 8 reason 7 id7 2"},
      {"nothing is something", kSum, {ReportOf("0", "2024-05-10", 7)}, "0 2024-05-10 7 reason 7 id7 1"},
      {"the mean of one", kAverage, {first}, "30 2024-05-10 7 reason 7 id7 1"},
      {"the mean of two",
       kAverage,
       {first, ReportOf("1", "2024-05-09", 8)},
       "15.5 2024-05-10 8 reason 7 id7 2"},
      {"the mean of three",
       kAverage,
       {first, ReportOf("1", "2024-05-12", 8), ReportOf("0", "2024-05-11", 9)},
       "10.333333333 2024-05-12 9 reason 8 id8 3"},
      {"a mean that rounds up",
       kAverage,
       {ReportOf("1", "2024-05-10", 7), ReportOf("1", "2024-05-10", 8), ReportOf("0", "2024-05-10", 9)},
       "0.666666667 2024-05-10 9 reason 9 id9 3"},
      {"parts of a hundred",
       kRatio,
       {RatioOf("1", "8", "2024-05-10", 7)},
       "12.5 2024-05-10 7 reason 7 id7 1"},
      {"numerators and denominators are added up",
       kRatio,
       {RatioOf("1", "8", "2024-05-10", 7), RatioOf("3", "8", "2024-05-09", 8)},
       "25 2024-05-10 8 reason 7 id7 2"},
      {"unlike the mean of the shares",
       kRatio,
       {RatioOf("1", "1", "2024-05-10", 7), RatioOf("0", "3", "2024-05-10", 8)},
       "25 2024-05-10 8 reason 8 id8 2"},
      {"a share that is no percentage",
       kShare,
       {RatioOf("1", "8", "2024-05-10", 7)},
       "0.125 2024-05-10 7 reason 7 id7 1"},
      {"of nothing there is no share",
       kShare,
       {RatioOf("1", "0", "2024-05-10", 7)},
       "unset 2024-05-10 7 reason 7 id7 1"},
      {"until there is something",
       kShare,
       {RatioOf("1", "0", "2024-05-10", 7), RatioOf("1", "4", "2024-05-09", 8)},
       "0.5 2024-05-10 8 reason 7 id7 2"},
  };
  for (const AccumulationCase& each : cases)
    EXPECT_EQ(Told(each.row, each.reports), each.told) << each.what << ", row " << each.row;
}

TEST(Accumulate, OfRowsThatAddUpTheOrderDoesNotMatter) {
  std::vector<disk::ActualState> reports;
  for (int i = 1; i <= 4; ++i) {
    reports.push_back(RatioOf(absl::StrCat(i), absl::StrCat(2 * i + 1), absl::StrCat("2024-05-0", 5 - i), 7));
    reports.back().set_number(absl::StrCat(i, ".5"));
  }
  const auto order = [](const disk::ActualState& a, const disk::ActualState& b) {
    return a.date() < b.date();
  };
  const char* const figures[] = {"", "12", "3", "41.666666667", "0.416666667"};
  for (int row = kSum; row <= kShare; ++row) {
    std::sort(reports.begin(), reports.end(), order);
    do {
      EXPECT_EQ(Told(row, reports), absl::StrCat(figures[row], " 2024-05-04 7 reason 7 id7 4"))
          << "row " << row;
    } while (std::next_permutation(reports.begin(), reports.end(), order));
  }
}

TEST(Accumulate, ARowWithoutAKindTakesTheNewest) {
  disk::TableState state = SampleState();
  state.mutable_indicators(kSum)->set_accumulation(v1::ACCUMULATION_UNSPECIFIED);
  const auto model = ModelOf(state);
  Cell cell;
  Accumulate(*model, kSum, ReportOf("30", "2024-05-10", 7), "7", &cell);
  Accumulate(*model, kSum, ReportOf("2", "2024-05-11", 8), "8", &cell);
  EXPECT_EQ(Show(cell.reported.number), "2");
  EXPECT_EQ(cell.count, 0);
}

TEST(Accumulate, KeepsWhateverWasTold) {
  const auto model = ModelOf(SampleState());
  Cell cell;
  disk::ActualState rating = RatingOf("achieved", "9.5", "2024-05-10", 7);
  rating.mutable_report()->set_value("达成");
  rating.mutable_report()->set_deduction("0.5");
  rating.set_met(false);
  Accumulate(*model, kRated, rating, "7-2", &cell);
  EXPECT_TRUE(cell.reported.reported);
  EXPECT_EQ(cell.reported.level, "achieved");
  EXPECT_EQ(cell.reported.text, "达成");
  EXPECT_EQ(Show(cell.reported.typed_score), "9.5");
  EXPECT_EQ(Show(cell.reported.typed_deduction), "0.5");
  ASSERT_TRUE(cell.reported.met.has_value());
  EXPECT_FALSE(*cell.reported.met) << "no is not the same as nothing said";
  EXPECT_EQ(cell.actual_id, "7-2");
  EXPECT_FALSE(cell.reported.number.has_value());
  Accumulate(*model, kRated, RatingOf("", "", "2024-05-10", 8), "8", &cell);
  EXPECT_EQ(cell.reported.level, "") << "the newer report says nothing of a level";
  EXPECT_FALSE(cell.reported.typed_score.has_value());
  EXPECT_FALSE(cell.reported.typed_deduction.has_value());
  EXPECT_FALSE(cell.reported.met.has_value());
}

// "spent date / adjusted date" after these records.
std::string Spent(const std::vector<disk::SpendingState>& records) {
  Board board = EmptyBoard(*ModelOf(SampleState()));
  for (const disk::SpendingState& each : records) Accumulate(each, &board);
  return absl::StrCat(Show(board.budget.spent), " ", board.spent_date, " ", board.budget.spent_revision,
                      " of ", Show(board.budget.adjusted), " ", board.adjusted_date, " ",
                      board.budget.adjusted_revision);
}

TEST(Accumulate, OfSpendingTheNewestDayCountsAndOfBudgetsTheNewestGiven) {
  const auto first = SpendingOf("5", "90", "2024-05-10", 7);
  EXPECT_EQ(Spent({}), "unset  0 of 100  0");
  EXPECT_EQ(Spent({first}), "5 2024-05-10 7 of 90 2024-05-10 7");
  EXPECT_EQ(Spent({first, SpendingOf("6", "80", "2024-05-11", 8)}), "6 2024-05-11 8 of 80 2024-05-11 8");
  EXPECT_EQ(Spent({first, SpendingOf("6", "80", "2024-05-10", 8)}), "6 2024-05-10 8 of 80 2024-05-10 8")
      << "of one day the one recorded last";
  EXPECT_EQ(Spent({first, SpendingOf("6", "80", "2024-05-09", 8)}), "5 2024-05-10 7 of 90 2024-05-10 7");
  EXPECT_EQ(Spent({first, SpendingOf("6", "", "2024-05-11", 8)}), "6 2024-05-11 8 of 90 2024-05-10 7")
      << "a record without a budget leaves it";
  EXPECT_EQ(Spent({SpendingOf("5", "", "2024-05-10", 7), SpendingOf("4", "80", "2024-05-09", 8)}),
            "5 2024-05-10 7 of 80 2024-05-09 8")
      << "the only record that gives one";
}

TEST(Accumulate, ATableBeginsWithItsAdjustedBudgetOrItsTotal) {
  disk::TableState state = SampleState();
  EXPECT_EQ(Show(EmptyBoard(*ModelOf(state)).budget.adjusted), "100");
  state.mutable_budget()->set_adjusted("80.5");
  EXPECT_EQ(Show(EmptyBoard(*ModelOf(state)).budget.adjusted), "80.5");
  state.mutable_budget()->set_adjusted("0");
  EXPECT_EQ(Show(EmptyBoard(*ModelOf(state)).budget.adjusted), "0");
  state.clear_budget();
  EXPECT_EQ(Show(EmptyBoard(*ModelOf(state)).budget.adjusted), "unset");
}

}  // namespace
}  // namespace attain::engine
