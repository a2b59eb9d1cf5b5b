#include "service/scoring/solution.h"

#include <algorithm>
#include <utility>

#include "service/scoring/execution.h"
#include "service/scoring/solver.h"

namespace attain::scoring {
namespace {

constexpr int kPointDecimals = 2, kMostPointDecimals = 9, kCostDecimals = 4;
constexpr int64_t kMostWork = 300'000'000;

// Money that may still be spent, counted in steps: 0 is as it is, last() all of the budget.
class Spending {
 public:
  Spending(const Profile& profile, const Budget& budget) : budget_(budget) {
    const Execution::State state = ExecutionOf(profile, budget).state;
    if (state == Execution::kNoPoints || state == Execution::kNoBudget) return;
    now_ = budget.spent.value_or(Decimal());
    if (now_ >= *budget.adjusted) return;
    decimals_ = std::min(kPointDecimals, std::max(now_.scale(), budget.adjusted->scale()));
    base_ = Ratio(now_).Floor(decimals_);
    last_ = Count(Ratio(*budget.adjusted - base_));
  }

  int64_t last() const { return last_; }
  Decimal Spent(int64_t steps) const {
    return std::min(*budget_.adjusted, base_ + Decimal::FromInt64(steps, decimals_));
  }
  Budget With(int64_t steps) const {
    Budget budget = budget_;
    if (steps > 0) budget.spent = Spent(steps);
    return budget;
  }
  Ratio Cost(int64_t steps) const { return Ratio(Spent(steps) - now_, *budget_.adjusted); }
  // The cost of every number of steps is a multiple of one of these.
  std::vector<Ratio> Units() const {
    if (last_ == 0) return {};
    return {Cost(last_), Cost(1), Ratio(Decimal(1, decimals_), *budget_.adjusted)};
  }

 private:
  int64_t Count(const Ratio& money) const {
    const Decimal steps = (money * Ratio(Decimal(PowerOfTen(decimals_), 0))).Ceil();
    int64_t count = 0;
    return FitsInt64(steps.coefficient(), &count) ? count : INT64_MAX / 2;
  }

  const Budget& budget_;
  Decimal now_, base_;
  int decimals_ = 0;
  int64_t last_ = 0;
};

// Least n in [low, high] that passes a monotone test; precondition: high passes.
template <typename Test>
int64_t Least(int64_t low, int64_t high, Test test) {
  while (low < high) {
    const int64_t middle = low + (high - low) / 2;
    test(middle) ? high = middle : low = middle + 1;
  }
  return low;
}

class WaySearch {
 public:
  WaySearch(const Profile& profile, absl::Span<const StandingRow> rows, const Budget& budget,
            const Decimal& needed)
      : profile_(profile), rows_(rows), needed_(needed), spending_(profile, budget) {
    Sum();
    ChooseUnit();
  }

  Solution Find();

 private:
  void Sum();
  void ChooseUnit();
  Decimal EarnedNow(const StandingRow& row) const { return row.score.score.value_or(Decimal()); }
  int64_t Units(const Decimal& gain) const;
  // Whether the total is reached with so many units of points more, and so many steps of spending.
  bool Reaches(int64_t units, int64_t steps) const {
    return Total(earned_ + Decimal::FromInt64(units, decimals_), steps) >= needed_;
  }
  Decimal Total(const Decimal& points, int64_t steps) const;
  void Fill(const CheapestMoves& moves, int64_t gain, int64_t steps, Solution* solution) const;
  void FillAll(const CheapestMoves& moves, Solution* solution) const;
  void LowerRatings(int64_t slack, Solution* solution) const;

  const Profile& profile_;
  const absl::Span<const StandingRow> rows_;
  const Decimal& needed_;
  const Spending spending_;
  Decimal earned_, most_, not_applicable_;
  int decimals_ = kPointDecimals;  // a unit of points is 10^−decimals_
};

void WaySearch::Sum() {
  for (const StandingRow& row : rows_) {
    if (row.score.status == ScoreStatus::kNotApplicable) {
      not_applicable_ = not_applicable_ + row.score.weight.value_or(Decimal());
      continue;
    }
    earned_ = earned_ + EarnedNow(row);
    most_ = most_ + (row.choices.empty() ? EarnedNow(row) : row.choices.back().score);
  }
}

void WaySearch::ChooseUnit() {
  int finest = kPointDecimals;
  int64_t choices = 1;
  for (const StandingRow& row : rows_) {
    choices += static_cast<int64_t>(row.choices.size());
    for (const Choice& choice : row.choices)
      finest = std::max(finest, (choice.score - EarnedNow(row)).scale());
  }
  decimals_ = std::min(finest, kMostPointDecimals);
  while (decimals_ > kPointDecimals && Units(most_ - earned_) > kMostWork / choices) --decimals_;
}

int64_t WaySearch::Units(const Decimal& gain) const {
  const Decimal units = gain.Round(decimals_, Rounding::kDown) * Decimal(PowerOfTen(decimals_), 0);
  int64_t count = 0;
  return FitsInt64(units.coefficient(), &count) ? count : INT64_MAX / 2;
}

// The real rules over one row that has all the points and one that has all those which do not apply.
Decimal WaySearch::Total(const Decimal& points, int64_t steps) const {
  IndicatorScore all, none;
  all.status = ScoreStatus::kScored;
  all.weight = profile_.indicator_points;
  all.score = all.sure = all.possible = points;
  none.status = ScoreStatus::kNotApplicable;
  none.weight = not_applicable_;
  return *ScoreTable(profile_, {all, none}, spending_.With(steps)).total;
}

void WaySearch::LowerRatings(int64_t slack, Solution* solution) const {
  for (std::optional<Choice>& choice : solution->chosen) {
    if (!choice.has_value() || choice->least >= choice->score) continue;
    const Decimal room = std::min(Decimal::FromInt64(slack, decimals_), choice->score - choice->least)
                             .Round(kPointDecimals, Rounding::kDown);
    choice->score = choice->score - room;
    choice->reported.typed_score = choice->score;
    slack -= Units(room);
  }
}

void WaySearch::Fill(const CheapestMoves& moves, int64_t gain, int64_t steps, Solution* solution) const {
  const std::vector<int> taken = moves.Choose(gain);
  int64_t gained = 0;
  for (size_t i = 0; i < rows_.size(); ++i) {
    if (taken[i] < 0) continue;
    solution->chosen[i] = rows_[i].choices[taken[i]];
    gained += Units(solution->chosen[i]->score - EarnedNow(rows_[i]));
  }
  LowerRatings(gained - gain, solution);
  if (steps > 0) solution->spent = spending_.Spent(steps);
}

// Everything: when gains that were cut to hundredths hide that all of them together do reach it.
void WaySearch::FillAll(const CheapestMoves& moves, Solution* solution) const {
  CheapestMoves::Key key = 0;
  for (size_t i = 0; i < rows_.size(); ++i) {
    if (rows_[i].choices.empty()) continue;
    solution->chosen[i] = rows_[i].choices.back();
    key += moves.KeyOf(solution->chosen[i]->cost);
  }
  if (spending_.last() > 0) {
    solution->spent = spending_.Spent(spending_.last());
    key += moves.KeyOf(spending_.Cost(spending_.last()));
  }
  solution->cost = moves.CostOf(key, kCostDecimals);
}

Solution WaySearch::Find() {
  Solution solution;
  solution.chosen.resize(rows_.size());
  solution.possible = Total(most_, spending_.last());
  solution.reachable = solution.possible >= needed_;
  if (!solution.reachable || Reaches(0, 0)) return solution;
  std::vector<std::vector<Move>> all;
  int64_t most = 0;
  for (const StandingRow& row : rows_) {
    std::vector<Move>& moves = all.emplace_back();
    for (const Choice& choice : row.choices)
      moves.push_back({Units(choice.score - EarnedNow(row)), choice.cost});
    if (!moves.empty()) most += moves.back().gain;
  }
  // More points than are needed without spending are never needed.
  if (Reaches(most, 0)) most = Least(0, most, [&](int64_t units) { return Reaches(units, 0); });
  const std::vector<Ratio> money = spending_.Units();
  const CheapestMoves moves(std::move(all), most, money);
  std::optional<CheapestMoves::Key> best;
  int64_t best_gain = 0, best_steps = 0, steps = 0;
  for (int64_t gain = most; gain >= 0; --gain) {
    const std::optional<CheapestMoves::Key> key = moves.KeyFor(gain);
    if (!key.has_value() || (best.has_value() && moves.KeyFor(gain + 1) == key)) continue;
    if (!Reaches(gain, spending_.last())) break;
    steps = Least(steps, spending_.last(), [&](int64_t n) { return Reaches(gain, n); });
    const CheapestMoves::Key whole = *key + (steps > 0 ? moves.KeyOf(spending_.Cost(steps)) : 0);
    if (best.has_value() && whole >= *best) continue;
    best = whole;
    best_gain = gain;
    best_steps = steps;
  }
  if (best.has_value()) {
    solution.cost = moves.CostOf(*best, kCostDecimals);
    Fill(moves, best_gain, best_steps, &solution);
  } else {
    FillAll(moves, &solution);
  }
  return solution;
}

}  // namespace

Solution CheapestWay(const Profile& profile, absl::Span<const StandingRow> rows, const Budget& budget,
                     const Decimal& needed) {
  return WaySearch(profile, rows, budget, needed).Find();
}

}  // namespace attain::scoring
