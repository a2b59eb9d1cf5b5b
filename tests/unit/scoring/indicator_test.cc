// What golden files cannot say: fall-backs, statuses, preconditions that do not hold.
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::scoring {
namespace {

TEST(IndicatorTest, OwnOptionsWinOverTheProfile) {
  Profile profile = National();
  profile.defaults.reverse_mode = ReverseMode::kRatio;
  Indicator row = Proportional(Comparator::kAtMost, "3", "5");
  EXPECT_EQ(Show(ScoreIndicator(profile, row, Number("6")).score), "2.5");
  row.options.reverse_mode = ReverseMode::kLinear;
  EXPECT_EQ(Show(ScoreIndicator(profile, row, Number("6")).score), "0");
}

TEST(IndicatorTest, AnEmptyProfileStillScoresByTheNorm) {
  EXPECT_EQ(
      Show(ScoreIndicator(Profile(), Proportional(Comparator::kAtLeast, "30", "10"), Number("29")).score),
      "9.67");
}

TEST(IndicatorTest, BlankIsNotZero) {
  const Indicator row = Proportional(Comparator::kAtMost, "3", "5");
  const IndicatorScore blank = ScoreIndicator(National(), row, Reported());
  EXPECT_EQ(blank.status, ScoreStatus::kUnreported);
  EXPECT_EQ(Show(blank.score), "unset");
  EXPECT_FALSE(blank.met);
  EXPECT_FALSE(blank.reported);
  const IndicatorScore zero = ScoreIndicator(National(), row, Number("0"));
  EXPECT_EQ(Show(zero.score), "5");
  EXPECT_TRUE(zero.met);
  EXPECT_TRUE(zero.reported);
}

TEST(IndicatorTest, UnmappedRuleIsNeverGuessed) {
  Indicator row = Proportional(Comparator::kAtLeast, "4", "10");
  row.rule = RuleKind::kUnmapped;
  const IndicatorScore score = ScoreIndicator(National(), row, Number("4"));
  EXPECT_EQ(score.status, ScoreStatus::kUnmapped);
  EXPECT_EQ(Show(score.score), "unset");
  EXPECT_EQ(score.sure.ToString(), "0");
  EXPECT_EQ(score.possible.ToString(), "10");
  EXPECT_TRUE(score.reported);
  EXPECT_EQ(Show(score.completion), "100");
}

TEST(IndicatorTest, ARowItsRuleCannotWorkOnHasNoScore) {
  const Profile profile = National();
  Indicator no_target = Row(RuleKind::kProportional, "10");
  EXPECT_EQ(ScoreIndicator(profile, no_target, Number("4")).status, ScoreStatus::kUnmapped);
  EXPECT_EQ(ScoreIndicator(profile, no_target, Reported()).status, ScoreStatus::kUnmapped);
  Indicator no_comparator = no_target;
  no_comparator.target = Dec("4");
  EXPECT_EQ(ScoreIndicator(profile, no_comparator, Number("4")).status, ScoreStatus::kUnmapped);
  Indicator satisfaction = Row(RuleKind::kSatisfaction, "10");
  satisfaction.options.satisfaction_mode = SatisfactionMode::kRatioWithFloor;
  EXPECT_EQ(ScoreIndicator(profile, satisfaction, Number("95")).status, ScoreStatus::kUnmapped);
  Profile bare;
  EXPECT_EQ(ScoreIndicator(bare, Row(RuleKind::kSteps, "10"), Number("95")).status, ScoreStatus::kUnmapped);
  EXPECT_EQ(ScoreIndicator(bare, Row(RuleKind::kRating, "10"), Level("achieved")).status,
            ScoreStatus::kUnmapped);
}

// CheckReported refuses these reports; a caller that does not ask still gets no invented score.
TEST(IndicatorTest, AReportOfTheWrongKindLeavesTheScoreOpen) {
  const Profile profile = National();
  const IndicatorScore text =
      ScoreIndicator(profile, Proportional(Comparator::kAtLeast, "4", "10"), Level("achieved"));
  EXPECT_EQ(text.status, ScoreStatus::kUnscored);
  EXPECT_EQ(text.possible.ToString(), "10");
  const IndicatorScore level = ScoreIndicator(profile, Row(RuleKind::kRating, "10"), Level("splendid"));
  EXPECT_EQ(level.status, ScoreStatus::kUnscored);
  EXPECT_EQ(level.sure.ToString(), "0");
  EXPECT_EQ(level.possible.ToString(), "10");
}

TEST(IndicatorTest, EasierThanLastYearFollowsTheDirectionOfTheTarget) {
  const auto easier = [](Comparator comparator, const char* target, const char* prior) {
    Indicator row = Proportional(comparator, target, "5");
    row.prior = Dec(prior);
    return (ScoreIndicator(National(), row, Reported()).flags & kFlagEasier) != 0;
  };
  EXPECT_TRUE(easier(Comparator::kAtLeast, "3", "5"));
  EXPECT_FALSE(easier(Comparator::kAtLeast, "5", "3"));
  EXPECT_TRUE(easier(Comparator::kAtMost, "5", "3"));
  EXPECT_FALSE(easier(Comparator::kLess, "3", "5"));
  EXPECT_TRUE(easier(Comparator::kEqual, "90", "100"));
  EXPECT_FALSE(easier(Comparator::kEqual, "0", "2")) << "none is stricter than two";
  EXPECT_FALSE(easier(Comparator::kNone, "5", "3"));
  EXPECT_FALSE(easier(Comparator::kNone, "3", "5"));
}

TEST(IndicatorTest, ScoreDecimalsOutOfRangeAreBroughtInside) {
  Indicator row = Proportional(Comparator::kAtLeast, "3", "1");
  row.options.score_decimals = -5;
  EXPECT_EQ(Show(ScoreIndicator(National(), row, Number("2")).score), "1");
  row.options.score_decimals = 1000;
  EXPECT_EQ(Show(ScoreIndicator(National(), row, Number("2")).score), "0.666666667");
}

TEST(IndicatorTest, TheLargestNumbersDoNotOverflow) {
  const char* const largest = "999999999999999999.999999999";
  Indicator row = Proportional(Comparator::kAtLeast, largest, largest);
  row.options.deduct_per_missing = Dec(largest);
  row.options.pass_gate = Dec("0.000000001");
  EXPECT_EQ(Show(ScoreIndicator(National(), row, Number("999999999999999999")).score), "0");
  row.options.deduct_per_missing.reset();
  row.options.over_mode = OverAchievementMode::kDeviation;
  row.options.over_deviation_slope = Dec(largest);
  row.options.over_deviation_limit = Dec(largest);
  row.options.over_deviation_floor = Dec(largest);
  EXPECT_EQ(Show(ScoreIndicator(National(), row, Number(largest)).score), largest);
  // A sum of a million reports of the largest value.
  Reported sum = Number(largest);
  sum.number = *sum.number * Dec("1000000");
  EXPECT_EQ(Show(ScoreIndicator(National(), row, sum).score), largest);
  row.comparator = Comparator::kAtMost;
  row.options.reverse_mode = ReverseMode::kRatio;
  EXPECT_EQ(Show(ScoreIndicator(National(), row, sum).score), "1000000000000");
  EXPECT_EQ(ScoreIndicator(National(), row, Reported()).sure.ToString(), "0");
}

}  // namespace
}  // namespace attain::scoring
