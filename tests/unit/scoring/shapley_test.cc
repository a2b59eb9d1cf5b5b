#include "service/scoring/shapley.h"

#include <algorithm>
#include <numeric>
#include <random>

#include "gtest/gtest.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::scoring {
namespace {

std::vector<Decimal> RandomWorth(int causes, std::mt19937_64* random) {
  std::vector<Decimal> worth;
  for (int i = 0; i < 1 << causes; ++i)
    worth.push_back(Decimal::FromInt64((*random)() % 20'001, 2) - Dec("100"));
  return worth;
}

template <typename T>
T SumOf(const std::vector<T>& parts) {
  return std::accumulate(parts.begin(), parts.end(), T());
}

// The definition itself: the mean over all orders.
std::vector<Ratio> ByOrders(const std::vector<Decimal>& worth, int causes) {
  std::vector<int> order(causes);
  std::iota(order.begin(), order.end(), 0);
  std::vector<Decimal> sums(causes);
  int64_t orders = 0;
  do {
    size_t in = 0;
    for (const int cause : order) {
      const size_t with = in | (size_t{1} << cause);
      sums[cause] = sums[cause] + worth[with] - worth[in];
      in = with;
    }
    ++orders;
  } while (std::next_permutation(order.begin(), order.end()));
  std::vector<Ratio> values;
  for (const Decimal& sum : sums) values.emplace_back(sum, Decimal::FromInt(orders));
  return values;
}

TEST(ShapleyTest, IsTheMeanOverAllOrders) {
  std::mt19937_64 random(11);
  for (int causes = 0; causes <= 6; ++causes) {
    const std::vector<Decimal> worth = RandomWorth(causes, &random);
    EXPECT_EQ(ShapleyValues(worth), ByOrders(worth, causes)) << causes;
  }
}

TEST(ShapleyTest, PartsSumToTheWholeExactlyAndRounded) {
  std::mt19937_64 random(12);
  for (int i = 0; i < 300; ++i) {
    const int causes = 1 + i % 6;
    const std::vector<Decimal> worth = RandomWorth(causes, &random);
    const std::vector<Ratio> parts = ShapleyValues(worth);
    EXPECT_EQ(SumOf(parts), Ratio(worth.back() - worth.front()));
    const std::vector<Decimal> rounded = RoundToSum(parts, 2);
    EXPECT_EQ(SumOf(rounded), worth.back() - worth.front());
    for (int cause = 0; cause < causes; ++cause) {
      const Ratio off = Ratio(rounded[cause]) - parts[cause];
      EXPECT_LT(off, Ratio(Dec("0.01")));
      EXPECT_LT(Ratio(Dec("-0.01")), off);
    }
  }
}

TEST(ShapleyTest, CausesThatDoTheSameGetTheSameAndThoseThatDoNothingGetNothing) {
  // The first two are alike, the third is idle: together the two earn 5, alone 1 each.
  const std::vector<Decimal> worth = {Dec("0"), Dec("1"), Dec("1"), Dec("5"),
                                      Dec("0"), Dec("1"), Dec("1"), Dec("5")};
  const std::vector<Ratio> parts = ShapleyValues(worth);
  EXPECT_EQ(parts[0].ToFraction(), "5/2");
  EXPECT_EQ(parts[1].ToFraction(), "5/2");
  EXPECT_EQ(parts[2].ToFraction(), "0");
}

TEST(ShapleyTest, TurningTheQuestionRoundTurnsTheSigns) {
  std::mt19937_64 random(13);
  for (int causes = 1; causes <= 6; ++causes) {
    std::vector<Decimal> worth = RandomWorth(causes, &random);
    const std::vector<Ratio> there = ShapleyValues(worth);
    std::reverse(worth.begin(), worth.end());  // a set becomes its complement
    const std::vector<Ratio> back = ShapleyValues(worth);
    for (int cause = 0; cause < causes; ++cause) EXPECT_EQ(there[cause] + back[cause], Ratio());
  }
}

TEST(ShapleyTest, LargestRemaindersDecideAndTiesGoToTheFirst) {
  const Ratio third(Dec("1"), Dec("3"));
  std::vector<std::string> shown;
  for (const Decimal& part : RoundToSum({third, third, third}, 2)) shown.push_back(part.ToFixed(2));
  EXPECT_EQ(shown, (std::vector<std::string>{"0.34", "0.33", "0.33"}));
  shown.clear();
  // −2/3 lies above −0.67 by 0.33 of a hundredth, 1/6 above 0.16 by 0.67 of one.
  const Ratio lost(Dec("-2"), Dec("3")), sixth(Dec("1"), Dec("6")), half(Dec("1"), Dec("2"));
  for (const Decimal& part : RoundToSum({lost, sixth, half}, 2)) shown.push_back(part.ToFixed(2));
  EXPECT_EQ(shown, (std::vector<std::string>{"-0.67", "0.17", "0.50"}));
}

TEST(ShapleyTest, FractionsAreInLowestTerms) {
  EXPECT_EQ(Ratio(Dec("1.75"), Dec("3")).ToFraction(), "7/12");
  EXPECT_EQ(Ratio(Dec("-4"), Dec("2")).ToFraction(), "-2");
  EXPECT_EQ(Ratio(Dec("0"), Dec("720")).ToFraction(), "0");
  EXPECT_EQ(Ratio(Dec("-1"), Dec("3")).Floor(2).ToString(), "-0.34");
  EXPECT_EQ(Ratio(Dec("1"), Dec("3")).Floor(0).ToString(), "0");
  EXPECT_EQ(Ratio(Dec("-5")).Floor(2).ToString(), "-5");
}

}  // namespace
}  // namespace attain::scoring
