#include "service/scoring/solution.h"

#include <chrono>
#include <functional>
#include <random>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/oracle/random_table.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::scoring {
namespace {

// A table to be solved.
struct Instance {
  Profile profile = National();
  std::vector<Indicator> rows;
  std::vector<Reported> now;
  std::vector<bool> only_grows;
  Budget budget;
  Decimal needed;
};

Solution Solve(const Instance& instance) {
  std::vector<StandingRow> rows;
  for (size_t i = 0; i < instance.rows.size(); ++i) {
    rows.push_back({ScoreIndicator(instance.profile, instance.rows[i], instance.now[i]),
                    ChoicesOf(instance.profile, instance.rows[i], instance.now[i], instance.only_grows[i])});
  }
  return CheapestWay(instance.profile, rows, instance.budget, instance.needed);
}

Decimal TotalOf(const Instance& instance, const std::vector<Reported>& reported, const Budget& budget) {
  std::vector<IndicatorScore> scores;
  for (size_t i = 0; i < instance.rows.size(); ++i) {
    scores.push_back(ScoreIndicator(instance.profile, instance.rows[i], reported[i]));
  }
  return *ScoreTable(instance.profile, scores, budget).total;
}

// One thing that a row could report, the spending or nothing changed, by the words of the contract alone.
struct Option {
  Reported reported;
  Ratio cost;
  int changed = 1;
};

std::vector<Option> AllOptions(const Instance& instance, size_t i) {
  const Indicator& row = instance.rows[i];
  const Reported& now = instance.now[i];
  std::vector<Option> options = {{now, Ratio(), 0}};
  if (row.rule == RuleKind::kRating) {
    const std::vector<std::pair<std::string, std::pair<const char*, const char*>>> levels = {
        {"achieved", {"0.8", "1"}}, {"partly", {"0.6", "0.7999"}}, {"missed", {"0", "0.5999"}}};
    const auto low = [&](const std::string& level) {
      for (const auto& [name, ends] : levels) {
        if (name == level) return (Dec(ends.first) * *row.weight).Round(2, Rounding::kHalfAway);
      }
      return Decimal();
    };
    for (const auto& [level, ends] : levels) {
      // Weights are multiples of 5 here: the edges have no more than two decimals.
      const Decimal last = ends.second == std::string("1")
                               ? *row.weight
                               : (Dec(ends.second) * *row.weight).Round(2, Rounding::kDown);
      const Decimal rise = low(level) - low(now.level);
      options.push_back({Typed(level, last.ToString()), Ratio(std::max(rise, Decimal()), *row.weight), 1});
    }
    return options;
  }
  const Decimal from = now.number.value_or(Decimal());
  for (int value = 0; value <= 14; ++value) {
    if (instance.only_grows[i] && Decimal::FromInt(value) < from) continue;
    const Decimal moved = Decimal::FromInt(value) - from;
    options.push_back(
        {Number(absl::StrCat(value)), Ratio(moved.sign() < 0 ? -moved : moved, *row.target), 1});
  }
  return options;
}

struct Best {
  bool reachable = false;
  Ratio cost;
  int changed = 0;
};

Best BruteForce(const Instance& instance) {
  Best best;
  std::vector<std::vector<Option>> options;
  for (size_t i = 0; i < instance.rows.size(); ++i) options.push_back(AllOptions(instance, i));
  std::vector<Reported> reported(instance.rows.size());
  const std::function<void(size_t, const Ratio&, int)> go = [&](size_t i, const Ratio& cost, int changed) {
    if (best.reachable && (cost > best.cost || (cost == best.cost && changed >= best.changed))) return;
    if (i < options.size()) {
      for (const Option& option : options[i]) {
        reported[i] = option.reported;
        go(i + 1, cost + option.cost, changed + option.changed);
      }
      return;
    }
    const Decimal spent = instance.budget.spent.value_or(Decimal());
    for (Decimal more; more.is_zero() || spent + more <= *instance.budget.adjusted;
         more = more + Decimal::FromInt(1)) {
      Budget budget = instance.budget;
      if (!more.is_zero()) budget.spent = spent + more;
      const Ratio whole = cost + Ratio(more, *budget.adjusted);
      const int count = changed + (more.is_zero() ? 0 : 1);
      if (best.reachable && (whole > best.cost || (whole == best.cost && count >= best.changed))) continue;
      if (TotalOf(instance, reported, budget) < instance.needed) continue;
      best = {true, whole, count};
    }
  };
  go(0, Ratio(), 0);
  return best;
}

Instance RandomInstance(std::mt19937_64* random) {
  const auto below = [random](uint64_t bound) { return (*random)() % bound; };
  Instance instance;
  const Comparator comparators[] = {Comparator::kAtLeast, Comparator::kAtMost, Comparator::kEqual};
  const int weights[] = {30, 40, 20};
  for (int i = 0; i < 3; ++i) {
    const std::string weight = absl::StrCat(weights[i]);
    if (below(4) == 0) {
      instance.rows.push_back(Row(RuleKind::kRating, weight));
      const char* levels[] = {"achieved", "partly", "missed"};
      instance.now.push_back(below(2) == 0 ? Reported() : Level(levels[below(3)]));
    } else {
      Indicator row = Proportional(comparators[below(3)], absl::StrCat(1 + below(6)), weight);
      if (below(5) == 0) row.rule = RuleKind::kDirect;
      if (below(5) == 0) row.options.equal_mode = EqualMode::kSymmetric;
      if (below(5) == 0) row.options.pass_gate = Dec("0.6");
      if (below(5) == 0) row.options.deduct_per_missing = Dec("7.5");
      if (below(6) == 0) row.options.reverse_mode = ReverseMode::kRatio;
      instance.rows.push_back(std::move(row));
      instance.now.push_back(below(4) == 0 ? Reported() : Number(absl::StrCat(below(9))));
    }
    instance.only_grows.push_back(below(3) == 0);
    if (below(10) == 0) instance.rows.back().not_applicable = true;
  }
  instance.budget.adjusted = Decimal::FromInt(1 + below(6));
  if (below(3) != 0) instance.budget.spent = Decimal::FromInt(below(5));
  instance.needed = Decimal::FromInt(55 + below(46));
  return instance;
}

TEST(SolutionTest, NoCheaperWayExists) {
  std::mt19937_64 random(21);
  int reached = 0, moved = 0;
  for (int i = 0; i < 400; ++i) {
    const Instance instance = RandomInstance(&random);
    const Solution solution = Solve(instance);
    const Best best = BruteForce(instance);
    ASSERT_EQ(solution.reachable, best.reachable) << i;
    if (!best.reachable) continue;
    ++reached;
    std::vector<Reported> reported = instance.now;
    int changed = solution.spent.has_value() ? 1 : 0;
    for (size_t row = 0; row < reported.size(); ++row) {
      if (!solution.chosen[row].has_value()) continue;
      reported[row] = solution.chosen[row]->reported;
      ++changed;
      ASSERT_EQ(CheckReported(instance.profile, instance.rows[row], reported[row]).kind, ReportProblem::kNone)
          << i;
    }
    Budget budget = instance.budget;
    if (solution.spent.has_value()) budget.spent = solution.spent;
    ASSERT_GE(TotalOf(instance, reported, budget), instance.needed) << i;
    ASSERT_EQ(solution.cost.ToString(), best.cost.Round(4, Rounding::kHalfAway).ToString()) << i;
    ASSERT_EQ(changed, best.changed) << i;
    if (changed > 0) ++moved;
  }
  EXPECT_GT(reached, 150);
  EXPECT_GT(moved, 100);
}

TEST(SolutionTest, ARatingIsTypedNoHigherThanNeeded) {
  Instance instance;
  instance.rows = {Row(RuleKind::kRating, "40"), Proportional(Comparator::kAtLeast, "10", "50")};
  instance.now = {Level("missed"), Number("10")};
  instance.only_grows = {false, false};
  instance.budget = Money("10", "10");
  instance.needed = Dec("85.5");
  const Solution partly = Solve(instance);
  ASSERT_TRUE(partly.reachable && partly.chosen[0].has_value());
  EXPECT_EQ(partly.chosen[0]->reported.level, "partly");
  EXPECT_EQ(Show(partly.chosen[0]->reported.typed_score), "25.5");
  EXPECT_EQ(partly.cost.ToString(), "0.6");
  instance.needed = Dec("80");  // the lower edge is enough
  EXPECT_EQ(Show(Solve(instance).chosen[0]->reported.typed_score), "20");
}

TEST(SolutionTest, TiesGoToFewerChangesThenToRowsFurtherUp) {
  Instance instance;
  instance.rows = {Proportional(Comparator::kAtLeast, "10", "30"),
                   Proportional(Comparator::kAtLeast, "10", "30"),
                   Proportional(Comparator::kAtLeast, "10", "30")};
  instance.now = {Number("5"), Number("5"), Number("5")};
  instance.only_grows = {false, false, false};
  instance.budget = Money("10", "10");
  instance.needed = Dec("64");  // 55 now: three more of anything
  const Solution solution = Solve(instance);
  ASSERT_TRUE(solution.chosen[0].has_value());
  EXPECT_EQ(Show(solution.chosen[0]->reported.number), "8");
  EXPECT_FALSE(solution.chosen[1].has_value() || solution.chosen[2].has_value());
  EXPECT_EQ(solution.cost.ToString(), "0.3");
}

TEST(SolutionTest, ASumThatPassedItsLimitCannotComeBack) {
  Instance instance;
  instance.rows = {Proportional(Comparator::kAtMost, "3", "90")};
  instance.now = {Number("4")};
  instance.only_grows = {true};
  instance.budget = Money("10", "10");
  instance.needed = Dec("90");
  EXPECT_FALSE(Solve(instance).reachable);
  EXPECT_EQ(Solve(instance).possible.ToString(), "70");
  instance.only_grows = {false};  // a figure to date can be corrected
  const Solution solution = Solve(instance);
  ASSERT_TRUE(solution.reachable);
  EXPECT_EQ(Show(solution.chosen[0]->reported.number), "3");
}

TEST(SolutionTest, WholeNumbersStayWhole) {
  Instance instance;
  instance.rows = {Proportional(Comparator::kAtLeast, "30", "45"),
                   Proportional(Comparator::kAtLeast, "30.5", "45")};
  instance.now = {Number("29"), Number("29")};
  instance.only_grows = {false, false};
  instance.budget = Money("10", "10");
  instance.needed = Dec("100");
  const Solution solution = Solve(instance);
  ASSERT_TRUE(solution.reachable);
  EXPECT_EQ(Show(solution.chosen[0]->reported.number), "30");
  EXPECT_EQ(Show(solution.chosen[1]->reported.number), "30.5");
}

TEST(SolutionTest, WhatItFindsInTablesOfEveryRuleReachesTheTotal) {
  TableMaker maker(31);
  int solved = 0;
  for (int i = 0; i < 600; ++i) {
    const RandomTable table = maker.Table();
    Instance instance{table.profile, table.rows, table.reported, {}, table.budget, {}};
    instance.only_grows.assign(table.rows.size(), maker.OneIn(3));
    std::vector<IndicatorScore> scores;
    for (size_t row = 0; row < table.rows.size(); ++row) {
      scores.push_back(ScoreIndicator(table.profile, table.rows[row], table.reported[row]));
    }
    const TableScore now = ScoreTable(table.profile, scores, table.budget);
    if (!now.total.has_value()) continue;
    instance.needed = *now.total + Decimal::FromInt(1 + maker.Below(20));
    const Solution solution = Solve(instance);
    ASSERT_EQ(solution.reachable, solution.possible >= instance.needed);
    if (!solution.reachable) continue;
    std::vector<Reported> reported = table.reported;
    for (size_t row = 0; row < reported.size(); ++row) {
      if (!solution.chosen[row].has_value()) continue;
      reported[row] = solution.chosen[row]->reported;
      ASSERT_EQ(ScoreIndicator(table.profile, table.rows[row], reported[row]).score,
                solution.chosen[row]->score);
      ASSERT_EQ(CheckReported(table.profile, table.rows[row], reported[row]).kind, ReportProblem::kNone);
    }
    Budget budget = table.budget;
    if (solution.spent.has_value()) budget.spent = solution.spent;
    ASSERT_GE(TotalOf(instance, reported, budget), instance.needed) << i;
    ++solved;
  }
  EXPECT_GT(solved, 200);
}

TEST(SolutionTest, FiveHundredRowsTakeLessThanASecond) {
  std::mt19937_64 random(41);
  Instance instance;
  for (int i = 0; i < 500; ++i) {
    instance.rows.push_back(Proportional(i % 3 == 0 ? Comparator::kAtMost : Comparator::kAtLeast,
                                         absl::StrCat(1 + random() % 5'000), "0.18"));
    instance.now.push_back(Number(absl::StrCat(random() % 5'000)));
    instance.only_grows.push_back(i % 2 == 0);
  }
  instance.budget = Money("5681.07", "1200.5");
  instance.needed = Dec("80");
  const auto begin = std::chrono::steady_clock::now();
  const Solution solution = Solve(instance);
  const auto took = std::chrono::steady_clock::now() - begin;
  RecordProperty("milliseconds",
                 static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(took).count()));
  EXPECT_TRUE(solution.reachable);
  EXPECT_LT(took, std::chrono::seconds(1));
}

}  // namespace
}  // namespace attain::scoring
