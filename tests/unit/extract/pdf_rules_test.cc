// Ruling lines and the grids they make.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "service/extract/common/result.h"
#include "service/extract/pdf/grid.h"
#include "service/extract/pdf/rules.h"

namespace attain::extract {
namespace {

using ::testing::SizeIs;

// Groups as a walk over all pairs finds them.
size_t GroupsByPairs(const std::vector<Rule>& horizontal, const std::vector<Rule>& vertical, double touch) {
  const size_t count = horizontal.size() + vertical.size();
  std::vector<size_t> group(count);
  for (size_t i = 0; i < count; ++i) group[i] = i;
  for (size_t i = 0; i < horizontal.size(); ++i) {
    for (size_t j = 0; j < vertical.size(); ++j) {
      const Rule &h = horizontal[i], &v = vertical[j];
      if (v.at < h.low - touch || v.at > h.high + touch || h.at < v.low - touch || h.at > v.high + touch)
        continue;
      const size_t from = group[i], to = group[horizontal.size() + j];
      for (size_t& g : group)
        if (g == from) g = to;
    }
  }
  std::sort(group.begin(), group.end());
  return static_cast<size_t>(std::unique(group.begin(), group.end()) - group.begin());
}

TEST(PdfRulesTest, SweepFindsTheGroupsThatAllPairsMake) {
  std::mt19937 random(7);
  const auto number = [&random](double limit) {
    return std::uniform_real_distribution<double>(0, limit)(random);
  };
  for (int round = 0; round < 400; ++round) {
    std::vector<Rule> horizontal, vertical;
    const int count = 1 + round % 60;
    for (int i = 0; i < count; ++i) {
      const double low = number(300), length = number(round % 3 == 0 ? 200 : 40);
      (random() % 2 == 0 ? horizontal : vertical).push_back({number(300), low, low + length});
    }
    const std::vector<RuleGroup> groups = GroupRules(horizontal, vertical, 2);
    ASSERT_EQ(groups.size(), GroupsByPairs(horizontal, vertical, 2)) << round;
    size_t rules = 0;
    for (const RuleGroup& group : groups) rules += group.horizontal.size() + group.vertical.size();
    ASSERT_EQ(rules, horizontal.size() + vertical.size());
  }
}

TEST(PdfRulesTest, CrossingLinesAreGroupedWithoutLookingAtEachCrossing) {
  std::vector<Rule> horizontal, vertical;
  for (int i = 0; i < 45'000; ++i) {
    horizontal.push_back({i * 4.0, 0, 180'000});
    vertical.push_back({i * 4.0, 0, 180'000});
  }
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_THAT(GroupRules(horizontal, vertical, 2), SizeIs(1));  // two thousand million crossings
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

TEST(PdfRulesTest, PiecesOfOneLineAreJoinedAndNeighboursOfAnotherTableAreNot) {
  const std::vector<Rule> joined = JoinRules({{100.2, 0, 10}, {100, 11, 20}, {100, 20, 30}, {100.4, 60, 80}});
  ASSERT_THAT(joined, SizeIs(2));
  EXPECT_EQ(joined[0].high, 30);
  EXPECT_EQ(joined[1].low, 60);
  EXPECT_EQ(joined[1].at, 100.4);
  EXPECT_THAT(JoinRules({{5, 0, 1}, {5, 50, 51}}), SizeIs(0));  // dots
  EXPECT_THAT(JoinRules({{5, 0, 1}, {5, 2, 3}, {5, 4, 5}}), SizeIs(1));
}

RuleGroup Lattice(const std::vector<double>& xs, const std::vector<double>& ys) {
  RuleGroup group;
  for (const double x : xs) group.vertical.push_back({x, ys.front(), ys.back()});
  for (const double y : ys) group.horizontal.push_back({y, xs.front(), xs.back()});
  return group;
}

TEST(PdfGridTest, MissingLinesMergeCells) {
  RuleGroup rules = Lattice({0, 50, 100}, {0, 20, 40});
  rules.vertical[1] = {50, 20, 40};
  const std::optional<PdfGrid> grid = MakeGrid(rules, Limits());
  ASSERT_TRUE(grid.has_value());
  ASSERT_THAT(grid->cells, SizeIs(3));
  EXPECT_EQ(grid->cells[0].column_span, 2);
  EXPECT_FALSE(grid->cells[0].irregular);
}

TEST(PdfGridTest, ShapeThatIsNoRectangleIsCutAndTold) {
  RuleGroup rules = Lattice({0, 50, 100}, {0, 20, 40});
  rules.vertical[1] = {50, 20, 40};
  rules.horizontal[1] = {20, 50, 100};  // the upper row and the lower left cell hang together
  const std::optional<PdfGrid> grid = MakeGrid(rules, Limits());
  ASSERT_TRUE(grid.has_value());
  ASSERT_THAT(grid->cells, SizeIs(3));
  EXPECT_TRUE(grid->cells[0].irregular);
  EXPECT_TRUE(grid->cells[1].irregular);
  EXPECT_FALSE(grid->cells[2].irregular);
}

TEST(PdfGridTest, OpenSidesAreClosedWhereTheOtherLinesEnd) {
  RuleGroup rules = Lattice({0, 50, 100, 150}, {0, 20, 40});
  rules.vertical.erase(rules.vertical.begin() + 3);
  rules.vertical.erase(rules.vertical.begin());
  const std::optional<PdfGrid> grid = MakeGrid(rules, Limits());
  ASSERT_TRUE(grid.has_value());
  EXPECT_EQ(grid->columns(), 3);
  EXPECT_THAT(grid->cells, SizeIs(6));
}

TEST(PdfGridTest, OneBoxIsNoTable) {
  EXPECT_FALSE(MakeGrid(Lattice({0, 100}, {0, 100}), Limits()).has_value());
}

TEST(PdfGridTest, TooManyPlacesAreRefused) {
  RuleGroup rules;
  for (int i = 0; i < 1000; ++i) {
    rules.horizontal.push_back({i * 5.0, 0, 5000});
    rules.vertical.push_back({i * 5.0, 0, 5000});
  }
  try {
    MakeGrid(rules, Limits());
    FAIL() << "a million cells";
  } catch (const Refused& refused) {
    EXPECT_EQ(refused.code(), "DOCUMENT_TOO_COSTLY");
  }
}

}  // namespace
}  // namespace attain::extract
