// RULES 2.6: every completion of the missing cells lands inside [sure, possible], and both ends
// are reached.
#include <algorithm>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/oracle/random_table.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::scoring {
namespace {

bool IsOpen(const IndicatorScore& score) {
  return score.status == ScoreStatus::kUnreported || score.status == ScoreStatus::kUnscored;
}

// A report that closes the row without changing what is already said.
Reported Complete(TableMaker& maker, const Profile& profile, const Indicator& row, const Reported& known) {
  for (int attempt = 0; attempt < 200; ++attempt) {
    Reported reported = maker.Report(profile, row);
    if (known.reported && !known.level.empty() && reported.level != known.level) continue;
    if (ScoreIndicator(profile, row, reported).status == ScoreStatus::kScored) return reported;
  }
  ADD_FAILURE() << "no completion found";
  return known;
}

// Reports at the places where a row's least and greatest score lie.
std::vector<Reported> Extremes(const Profile& profile, const Indicator& row, const Reported& known,
                               const IndicatorScore& open) {
  std::vector<Reported> reports;
  const auto add = [&](Reported reported) {
    reported.reported = true;
    reports.push_back(reported);
    reported.typed_deduction = row.weight;
    reports.push_back(reported);
  };
  for (const bool met : {false, true}) add(YesNo(met));
  for (const Decimal& end : {open.sure, open.possible}) {
    Reported typed = known;
    typed.typed_score = end;
    add(typed);
    for (const char* level : {"achieved", "partly", "missed"}) {
      if (known.reported && known.level != level) continue;
      typed.level = level;
      add(typed);
    }
  }
  std::vector<Decimal> values = {Decimal(), Decimal(PowerOfTen(39), 0), -Decimal(PowerOfTen(39), 0),
                                 Dec("59"), Dec("100")};
  const auto around = [&](const Decimal& value) {
    const Decimal tick = Dec("0.000000001");
    for (const Decimal& near : {value - tick, value, value + tick})
      values.push_back(near.Round(9, Rounding::kDown));
  };
  for (const RuleOptions* options : {&row.options, &profile.defaults}) {
    for (const Step& step : options->steps) around(step.from);
    for (const OverAchievementTier& tier : options->over_tiers)
      around(tier.from_ratio * row.target.value_or(Decimal()));
    if (options->over_deviation_limit.has_value())
      around(*options->over_deviation_limit * row.target.value_or(Decimal()));
    if (options->pass_gate.has_value()) around(*options->pass_gate * row.target.value_or(Decimal()));
  }
  if (row.target.has_value()) around(*row.target);
  for (const Decimal& value : values) {
    if (value.sign() < 0 && !row.allow_negative) continue;
    Reported number;
    number.number = value;
    add(number);
  }
  return reports;
}

std::string Describe(const Indicator& row) {
  return "rule " + std::to_string(static_cast<int>(row.rule)) + " comparator " +
         std::to_string(static_cast<int>(row.comparator)) + " T " + Show(row.target) + " W " +
         Show(row.weight);
}

TEST(IntervalTest, EveryCompletionOfARowLandsInsideAndBothEndsAreReached) {
  TableMaker maker(11);
  int open_rows = 0;
  for (int i = 0; i < 6'000; ++i) {
    const RandomTable table = maker.Table();
    for (size_t r = 0; r < table.rows.size(); ++r) {
      const Indicator& row = table.rows[r];
      const IndicatorScore open = ScoreIndicator(table.profile, row, table.reported[r]);
      if (!IsOpen(open)) continue;
      ++open_rows;
      SCOPED_TRACE(Describe(row));
      ASSERT_LE(open.sure, open.possible);
      for (int k = 0; k < 5; ++k) {
        const Decimal end =
            *ScoreIndicator(table.profile, row, Complete(maker, table.profile, row, table.reported[r])).score;
        ASSERT_LE(open.sure, end);
        ASSERT_LE(end, open.possible);
      }
      bool least = false, most = false;
      for (const Reported& report : Extremes(table.profile, row, table.reported[r], open)) {
        if (CheckReported(table.profile, row, report).kind != ReportProblem::kNone) continue;
        const IndicatorScore closed = ScoreIndicator(table.profile, row, report);
        if (closed.status != ScoreStatus::kScored) continue;
        least |= *closed.score == open.sure;
        most |= *closed.score == open.possible;
        ASSERT_LE(open.sure, *closed.score);
        ASSERT_LE(*closed.score, open.possible);
      }
      ASSERT_TRUE(least) << "nothing ends at " << open.sure.ToString();
      ASSERT_TRUE(most) << "nothing ends at " << open.possible.ToString();
    }
  }
  EXPECT_GT(open_rows, 1'000);
}

TEST(IntervalTest, EveryCompletionOfATableLandsInside) {
  TableMaker maker(12);
  int open_tables = 0;
  for (int i = 0; i < 6'000; ++i) {
    const RandomTable table = maker.Table();
    std::vector<IndicatorScore> now, later;
    bool open = false;
    for (size_t r = 0; r < table.rows.size(); ++r) {
      now.push_back(ScoreIndicator(table.profile, table.rows[r], table.reported[r]));
      const bool is_open = IsOpen(now.back());
      open |= is_open;
      const Reported closed =
          is_open ? Complete(maker, table.profile, table.rows[r], table.reported[r]) : table.reported[r];
      later.push_back(ScoreIndicator(table.profile, table.rows[r], closed));
    }
    Budget spent = table.budget;
    if (!spent.spent.has_value()) spent.spent = Decimal::FromInt(static_cast<int64_t>(maker.Below(120)));
    const TableScore before = ScoreTable(table.profile, now, table.budget);
    const TableScore after = ScoreTable(table.profile, later, spent);
    if (!before.weighted) continue;
    open_tables += open ? 1 : 0;
    ASSERT_LE(*before.sure, *after.total);
    ASSERT_LE(*after.total, *before.possible);
    ASSERT_LE(*before.sure, *after.sure);
    ASSERT_LE(*after.possible, *before.possible);
    ASSERT_LE(*before.total, *before.possible);
    if (!open && table.budget.spent.has_value()) {
      const bool unmapped = std::any_of(
          now.begin(), now.end(), [](const IndicatorScore& s) { return s.status == ScoreStatus::kUnmapped; });
      if (!unmapped) {
        ASSERT_EQ(*before.sure, *before.possible) << "nothing is open";
      }
    }
  }
  EXPECT_GT(open_tables, 1'000);
}

TEST(IntervalTest, TheEndsOfATableAreReachedByTheEndsOfItsRows) {
  const Profile profile = National();
  const std::vector<Indicator> rows = {Proportional(Comparator::kAtLeast, "4", "50"),
                                       Row(RuleKind::kRating, "40")};
  const auto total = [&](const Reported& first, const Reported& second, const Budget& budget) {
    return ScoreTable(profile,
                      std::vector<IndicatorScore>{ScoreIndicator(profile, rows[0], first),
                                                  ScoreIndicator(profile, rows[1], second)},
                      budget);
  };
  const TableScore open = total(Reported(), Level("partly"), Money("10", ""));
  EXPECT_EQ(Show(open.total), "0");
  EXPECT_EQ(Show(open.sure), "24");
  EXPECT_EQ(Show(open.possible), "91.99");
  EXPECT_EQ(Show(total(Number("0"), Typed("partly", "24"), Money("10", "0")).total), "24");
  EXPECT_EQ(Show(total(Number("4"), Typed("partly", "31.99"), Money("10", "10")).total), "91.99");
}

}  // namespace
}  // namespace attain::scoring
