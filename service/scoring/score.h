// Scores of an indicator, a table and a unit, each with what it is, what it may still become and what is sure.
//
// Every function is pure and exact: decimal or rational arithmetic, one rounding where domain.md says so. The same
// formula serves the bare score (explanation == nullptr, the hot path) and the explained one: there is no second copy.
#ifndef ATTAIN_SERVICE_SCORING_SCORE_H_
#define ATTAIN_SERVICE_SCORING_SCORE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "service/scoring/decimal.h"
#include "service/scoring/explanation.h"
#include "service/scoring/model.h"

namespace attain::scoring {

enum class ScoreStatus {
  kScored = 1,
  kUnreported,      // nothing reported: 0 points so far, and the table cannot be submitted for evaluation
  kUnscored,        // reported, but a person still has to type the score (a rating level alone, MANUAL)
  kUnmapped,        // the rule is not mapped: no score
  kNotApplicable,   // outside numerator and denominator
  kUnweighted,      // no weight: completion only
};

// Bits of IndicatorScore::flags.
enum ScoreFlag : uint32_t {
  kFlagOverAchieved = 1u << 0,      // A/T ≥ profile.over_flag_ratio
  kFlagReasonRequired = 1u << 1,    // score below W, or A/T ≥ profile.over_reason_ratio
};

struct IndicatorScore {
  ScoreStatus status = ScoreStatus::kUnreported;
  std::optional<Decimal> weight;
  std::optional<Decimal> score;       // unset unless kScored
  Decimal sure;                       // least it can end at
  Decimal possible;                   // most it can still become
  std::optional<Decimal> completion;  // A/T as a percentage, 2 decimals; unset without a positive numeric target
  bool met = false;                   // reported and the target itself is reached (comparator, top level, yes)
  uint32_t flags = 0;
};

enum class WarningLight { kNone = 1, kYellow, kRed };

struct TableScore {
  bool weighted = false;                   // false: status UNWEIGHTED, only completion is shown
  Decimal indicator_points;                // Σ indicator scores so far (I), after rescaling if any
  std::optional<Decimal> execution;        // E rounded to 2 decimals for display; unset when budget or spending is unknown
  std::optional<Decimal> execution_rate;   // spent/adjusted as a percentage, 2 decimals
  std::optional<Decimal> total;            // rounded once; unset when unweighted
  std::optional<Decimal> sure, possible;   // of the total; unset when unweighted
  std::string grade;                       // of the rounded total; empty when unweighted
  WarningLight light = WarningLight::kNone;
  std::optional<Decimal> completion;       // share of indicators whose target is met, percentage, 2 decimals
  int32_t indicators = 0, reported = 0, unscored = 0, reasons_required = 0;
  uint32_t flags = 0;                      // union of the indicators' flags
};

// A table's part in its unit's roll-up. Additive: the unit's figure is a function of the sums, so one report costs
// the same however many tables there are.
struct RollupSums {
  Decimal weight;            // Σ adjusted budget (or 1 each, by profile)
  Decimal weighted_total;    // Σ weight · rounded table total
  Decimal weighted_sure, weighted_possible;
  Decimal adjusted, spent;   // Σ money, for the execution rate from numerators and denominators
  int64_t tables = 0;        // tables that take part
  int64_t unweighted = 0;    // tables without weights, shown but not counted
  int64_t indicators = 0, reported = 0;
  RollupSums& operator+=(const RollupSums&);
  RollupSums& operator-=(const RollupSums&);
  bool operator==(const RollupSums&) const = default;
};

struct UnitScore {
  std::optional<Decimal> total, sure, possible;  // 2 decimals; unset when no table takes part or weights sum to 0
  std::string grade;
  std::optional<Decimal> execution_rate;
  int64_t tables = 0, unweighted = 0, indicators = 0, reported = 0;
};

// Scores one indicator. `out`, when given, receives the explanation. Never fails: what cannot be scored has a status.
// Precondition: CheckReported(profile, indicator, reported).ok().
IndicatorScore ScoreIndicator(const Profile& profile, const Indicator& indicator, const Reported& reported,
                              Explanation* out = nullptr);

// Refuses what may not be recorded: a text for a numeric indicator, a level the scale does not have, a typed score outside
// its band or outside [0, W], a typed score without a level. INVALID_ARGUMENT; the message is for logs, the
// machine-readable cause is in `problem`.
struct ReportProblem {
  enum Kind { kNone, kNumberExpected, kLevelUnknown, kScoreOutsideBand, kScoreOutsideWeight, kScoreNotAllowed,
              kLevelExpected } kind = kNone;
  std::optional<Decimal> low, high;  // the band, when kScoreOutsideBand or kScoreOutsideWeight
  bool high_inclusive = false;
};
ReportProblem CheckReported(const Profile& profile, const Indicator& indicator, const Reported& reported);

// The table from its indicators' scores (in table order) and its money. `out` receives the table's own steps; the
// caller appends the indicators' explanations as children.
TableScore ScoreTable(const Profile& profile, absl::Span<const IndicatorScore> indicators, const Budget& budget,
                      Explanation* out = nullptr);

// A table's share in its unit. Which tables take part is the caller's business.
RollupSums TableSums(const Profile& profile, const TableScore& table, const Budget& budget);

UnitScore ScoreUnit(const Profile& profile, const RollupSums& sums, Explanation* out = nullptr);

// The canonical level id for what a person typed (white space ignored, synonyms of the profile), or empty.
std::string ResolveLevel(const Profile& profile, const Indicator& indicator, absl::string_view typed);

// The rule for a document's rule text (white space ignored), kUnmapped when the profile has no such alias.
RuleKind ResolveRule(const Profile& profile, absl::string_view text);

}  // namespace attain::scoring

#endif  // ATTAIN_SERVICE_SCORING_SCORE_H_
