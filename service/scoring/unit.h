// The roll-up of a unit's tables.
#ifndef ATTAIN_SERVICE_SCORING_UNIT_H_
#define ATTAIN_SERVICE_SCORING_UNIT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "service/scoring/decimal.h"
#include "service/scoring/explanation.h"
#include "service/scoring/model.h"
#include "service/scoring/table.h"

namespace attain::scoring {

// A table's part in its unit's roll-up. Additive: the unit's figure is a function of the sums, so one report
// costs the same however many tables there are.
struct RollupSums {
  Decimal weight;          // Σ adjusted budget (or 1 each, by profile)
  Decimal weighted_total;  // Σ weight · rounded table total
  Decimal weighted_sure, weighted_possible;
  Decimal weighted_final;  // Σ weight · rounded final total: with reviews where there are reviews
  Decimal adjusted,
      spent;  // Σ money of all tables whose budget is known; spending that is not reported adds nothing
  int64_t tables = 0;      // tables that take part
  int64_t unweighted = 0;  // tables without weights, shown but not counted
  int64_t indicators = 0, reported = 0;
  int64_t reviewed = 0;  // indicators with a review
  RollupSums& operator+=(const RollupSums&);
  RollupSums& operator-=(const RollupSums&);
  bool operator==(const RollupSums&) const = default;
};

struct UnitScore {
  std::optional<Decimal> total, sure,
      possible;  // the profile's total decimals; unset when no table takes part or weights sum to 0
  std::string grade;
  std::optional<Decimal> final_total;  // with reviews; as total without
  std::string final_grade;
  std::optional<Decimal> execution_rate;
  int64_t tables = 0, unweighted = 0, indicators = 0, reported = 0, reviewed = 0;
};

// A table's share in its unit, whose roll-up is `mode`: one for all its tables, or the parts do not add up.
// Which tables take part is the caller's business. `reviewed` is the table with `reviews` reviews in place of
// self scores; null without reviews.
RollupSums TableSums(RollupMode mode, const TableScore& table, const Budget& budget,
                     const TableScore* reviewed = nullptr, int64_t reviews = 0);

UnitScore ScoreUnit(const Profile& profile, const RollupSums& sums, Explanation* out = nullptr);

}  // namespace attain::scoring

#endif  // ATTAIN_SERVICE_SCORING_UNIT_H_
