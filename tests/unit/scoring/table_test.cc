#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/oracle/random_table.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::scoring {
namespace {

// Project 1 of the sample document with the actuals of RULES 2.8.
std::vector<IndicatorScore> SampleProject1(const Profile& profile) {
  struct {
    Indicator row;
    Reported reported;
  } const rows[] = {{Proportional(Comparator::kAtLeast, "4", "10"), Number("4")},
                    {Proportional(Comparator::kAtLeast, "2", "10"), Number("2")},
                    {Proportional(Comparator::kAtLeast, "2", "10"), Number("3")},
                    {Proportional(Comparator::kAtLeast, "4", "10"), Number("4")},
                    {Proportional(Comparator::kAtMost, "3", "5"), Number("3")},
                    {Proportional(Comparator::kAtLeast, "100", "5"), Number("100")},
                    {Row(RuleKind::kRating, "40"), Typed("achieved", "38")}};
  std::vector<IndicatorScore> scores;
  for (const auto& row : rows) scores.push_back(ScoreIndicator(profile, row.row, row.reported));
  return scores;
}

TEST(TableTest, SampleProjectReaches93_99AndARedLight) {
  const Profile profile = Xinjiang();
  std::vector<IndicatorScore> scores = SampleProject1(profile);
  EXPECT_TRUE(scores[2].flags & kFlagOverAchieved) << "3 of 2";
  EXPECT_TRUE(scores[2].flags & kFlagReasonRequired);
  // The document's third indicator falls short: 85.50 points in all.
  scores[0].score = scores[0].sure = scores[0].possible = Dec("7.5");
  const TableScore table = ScoreTable(profile, scores, Money("35.33", "30"));
  EXPECT_EQ(table.indicator_points.ToFixed(2), "85.50");
  EXPECT_EQ(Show(table.execution), "8.49");
  EXPECT_EQ(Show(table.total), "93.99");
  EXPECT_EQ(table.grade, "优");
  EXPECT_EQ(table.light, WarningLight::kRed);
  EXPECT_EQ(Show(table.execution_rate), "84.91");
  EXPECT_EQ(table.reported, 7);
}

TEST(TableTest, RoundedTotalDecidesTheGrade) {
  IndicatorScore score;
  score.status = ScoreStatus::kScored;
  score.weight = score.score = Dec("89.996");
  EXPECT_EQ(ScoreTable(National(), std::vector<IndicatorScore>{score}, Budget()).grade, "优");
}

TEST(TableTest, ARowWithoutWeightLeavesTheTableUnweighted) {
  const Profile profile = National();
  const std::vector<IndicatorScore> scores = {
      ScoreIndicator(profile, Proportional(Comparator::kAtLeast, "4", ""), Number("4")),
      ScoreIndicator(profile, Proportional(Comparator::kAtLeast, "4", ""), Number("3")),
      ScoreIndicator(profile, Proportional(Comparator::kAtLeast, "4", ""), Reported())};
  Explanation explanation;
  const TableScore table = ScoreTable(profile, scores, Money("10", "5"), &explanation);
  EXPECT_FALSE(table.weighted);
  EXPECT_EQ(Show(table.total), "unset");
  EXPECT_EQ(Show(table.sure), "unset");
  EXPECT_EQ(table.grade, "");
  EXPECT_EQ(Show(table.completion), "33.33");
  EXPECT_EQ(Show(table.execution_rate), "50");
  EXPECT_EQ(table.indicators, 3);
  EXPECT_EQ(table.reported, 2);
  ASSERT_EQ(explanation.steps.size(), 1u);
  EXPECT_EQ(explanation.result, "");
}

TEST(TableTest, AnEmptyTableHasNoScore) {
  const TableScore table = ScoreTable(National(), {}, Budget());
  EXPECT_FALSE(table.weighted);
  EXPECT_EQ(Show(table.completion), "unset");
}

TEST(TableTest, RowsThatDoNotApplyLeaveNumeratorAndDenominator) {
  const Profile profile = National();
  Indicator na = Proportional(Comparator::kAtLeast, "4", "30");
  na.not_applicable = true;
  const std::vector<IndicatorScore> scores = {
      ScoreIndicator(profile, Proportional(Comparator::kAtLeast, "4", "60"), Number("3")),
      ScoreIndicator(profile, na, Number("9"))};
  const TableScore table = ScoreTable(profile, scores, Money("10", "10"));
  EXPECT_EQ(table.indicator_points.ToString(), "67.5");  // 45 · 90/60
  EXPECT_EQ(Show(table.total), "77.5");
  EXPECT_EQ(Show(table.completion), "0");
  EXPECT_EQ(table.indicators, 2);
  EXPECT_EQ(table.reported, 1);
}

TEST(TableTest, ExplainingChangesNothing) {
  TableMaker maker(5);
  for (int i = 0; i < 2'000; ++i) {
    const RandomTable table = maker.Table();
    std::vector<IndicatorScore> scores;
    for (size_t r = 0; r < table.rows.size(); ++r) {
      const IndicatorScore bare = ScoreIndicator(table.profile, table.rows[r], table.reported[r]);
      Explanation out;
      const IndicatorScore explained = ScoreIndicator(table.profile, table.rows[r], table.reported[r], &out);
      ASSERT_EQ(bare.score, explained.score);
      ASSERT_EQ(bare.sure, explained.sure);
      ASSERT_EQ(bare.possible, explained.possible);
      ASSERT_EQ(bare.flags, explained.flags);
      scores.push_back(bare);
    }
    Explanation out;
    const TableScore bare = ScoreTable(table.profile, scores, table.budget);
    const TableScore explained = ScoreTable(table.profile, scores, table.budget, &out);
    ASSERT_EQ(bare.total, explained.total);
    ASSERT_EQ(bare.possible, explained.possible);
    ASSERT_EQ(bare.light, explained.light);
  }
}

}  // namespace
}  // namespace attain::scoring
