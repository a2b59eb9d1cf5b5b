#include <map>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/oracle/random_table.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::scoring {
namespace {

TableScore Total(const char* total) {
  TableScore table;
  table.weighted = true;
  table.total = table.sure = table.possible = Dec(total);
  table.indicators = 7;
  table.reported = 5;
  return table;
}

TEST(UnitTest, WeighsTotalsByAdjustedBudget) {
  const Profile profile = National();
  RollupSums sums = TableSums(profile.rollup, Total("90"), Money("30", "15"));
  sums += TableSums(profile.rollup, Total("60"), Money("10", "10"));
  const UnitScore unit = ScoreUnit(profile, sums);
  EXPECT_EQ(Show(unit.total), "82.5");
  EXPECT_EQ(unit.grade, "良");
  EXPECT_EQ(Show(unit.execution_rate), "62.5") << "25 of 40, not the mean of 50 % and 100 %";
  EXPECT_EQ(unit.tables, 2);
  EXPECT_EQ(unit.indicators, 14);
  EXPECT_EQ(unit.reported, 10);
}

TEST(UnitTest, PlainMeanIsTheProfilesChoice) {
  Profile profile = National();
  profile.rollup = RollupMode::kPlainMean;
  RollupSums sums = TableSums(profile.rollup, Total("90"), Money("30", "15"));
  sums += TableSums(profile.rollup, Total("60"), Budget());
  EXPECT_EQ(Show(ScoreUnit(profile, sums).total), "75");
}

TEST(UnitTest, UnweightedTablesAreCountedButNotScored) {
  const Profile profile = National();
  RollupSums sums = TableSums(profile.rollup, TableScore(), Money("500", "250"));
  const UnitScore unit = ScoreUnit(profile, sums);
  EXPECT_EQ(Show(unit.total), "unset");
  EXPECT_EQ(unit.grade, "");
  EXPECT_EQ(unit.unweighted, 1);
  EXPECT_EQ(unit.tables, 0);
  EXPECT_EQ(Show(unit.execution_rate), "50");
}

TEST(UnitTest, NoBudgetNoFigure) {
  const Profile profile = National();
  Explanation out;
  const UnitScore unit = ScoreUnit(profile, TableSums(profile.rollup, Total("90"), Money("0", "")), &out);
  EXPECT_EQ(Show(unit.total), "unset");
  EXPECT_EQ(Show(unit.execution_rate), "unset");
  EXPECT_EQ(out.steps.size(), 1u);
}

TEST(UnitTest, ExplanationWithReviewsHasAllItsSteps) {
  const Profile profile = National();
  const TableScore self = Total("90"), reviewed = Total("88");
  Explanation out;
  ScoreUnit(profile, TableSums(profile.rollup, self, Money("100", "50"), &reviewed, 1), &out);
  std::map<ExplanationKind, std::string> results;
  for (const Explanation& step : out.steps) results[step.kind] = step.result;
  EXPECT_EQ(results[ExplanationKind::kRollup], "90.00");
  EXPECT_EQ(results[ExplanationKind::kInterval], "[90.00, 90.00]");
  EXPECT_EQ(results[ExplanationKind::kReview], "88.00");
  EXPECT_EQ(results[ExplanationKind::kGrade], "优");
}

TEST(UnitTest, AMillionTablesOfTheLargestBudgetsStayExact) {
  const Profile profile = National();
  const RollupSums one = TableSums(profile.rollup, Total("99.99"),
                                   Money("999999999999999999.999999999", "999999999999999999.999999999"));
  RollupSums sums;
  RollupSums power = one;  // by doubling: 1,000,000 = 0b11110100001001000000
  for (int n = 1'000'000; n > 0; n /= 2) {
    if (n % 2 == 1) sums += power;
    const RollupSums twice = power;
    power += twice;
  }
  EXPECT_EQ(sums.tables, 1'000'000);
  EXPECT_EQ(sums.weighted_total.ToString(), "99989999999999999999999999.90001");
  EXPECT_EQ(Show(ScoreUnit(profile, sums).total), "99.99");
  EXPECT_EQ(*Decimal::ParseStored(sums.weighted_total.ToString()), sums.weighted_total);
  for (int i = 0; i < 5; ++i) sums -= one;
  EXPECT_EQ(Show(ScoreUnit(profile, sums).total), "99.99");
}

TEST(UnitTest, IncrementalSumsEqualSumsFromScratch) {
  TableMaker maker(99);
  const Profile profile = National();
  std::vector<RollupSums> parts(40);
  RollupSums kept;
  bool seen_review = false;
  for (int step = 0; step < 5'000; ++step) {
    const RandomTable table = maker.Table();
    std::vector<IndicatorScore> scores;
    for (size_t r = 0; r < table.rows.size(); ++r)
      scores.push_back(ScoreIndicator(table.profile, table.rows[r], table.reported[r]));
    RollupSums& part = parts[maker.Below(parts.size())];
    kept -= part;
    const TableScore total = ScoreTable(table.profile, scores, table.budget);
    TableScore reviewed = total;  // half of the tables have reviews, which take points off
    if (reviewed.total.has_value()) reviewed.total = *reviewed.total - Dec("1.25");
    part = maker.OneIn(10)  ? RollupSums()
           : maker.OneIn(2) ? TableSums(profile.rollup, total, table.budget, &reviewed, step % 7)
                            : TableSums(profile.rollup, total, table.budget);
    seen_review = seen_review || part.reviewed > 0;
    kept += part;
    if (step % 50 != 0) continue;
    RollupSums fresh;
    for (const RollupSums& each : parts) fresh += each;
    ASSERT_EQ(kept, fresh);
    ASSERT_EQ(kept.weighted_total.ToString(), fresh.weighted_total.ToString());
    ASSERT_EQ(kept.weighted_final.ToString(), fresh.weighted_final.ToString());
    ASSERT_EQ(kept.reviewed, fresh.reviewed);
  }
  EXPECT_TRUE(seen_review);
}

}  // namespace
}  // namespace attain::scoring
