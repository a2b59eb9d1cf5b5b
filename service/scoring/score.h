// Scores of an indicator, a table and a unit, each with what it is, what it may still become and what is
// sure.
//
// Every function is pure and exact: decimal or rational arithmetic, one rounding where RULES.md says so. The
// same formula serves the bare score (explanation == nullptr, the hot path) and the explained one: there is
// no second copy.
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
  kUnreported,  // nothing reported: 0 points so far, and the table cannot be submitted for evaluation
  kUnscored,  // reported, but a person still has to type the score (a rating level alone, MANUAL) or say yes
              // or no (DIRECT on a text)
  kUnmapped,  // no score: the rule is not mapped, or cannot work on this row (a proportional rule without a
              // numeric target)
  kNotApplicable,  // outside numerator and denominator
  kUnweighted,     // no weight: completion only
};

// Bits of IndicatorScore::flags.
enum ScoreFlag : uint32_t {
  kFlagOverAchieved = 1u << 0,    // A/T ≥ profile.over_flag_ratio
  kFlagReasonRequired = 1u << 1,  // score below W, or A/T ≥ profile.over_reason_ratio
  kFlagEasier = 1u << 2,          // the target asks for less than last year's value
  kFlagLate = 1u << 3,  // recorded after the self-evaluation was handed in; set by the caller, who knows
};

// sure and possible, RULES 2.6: a scored row is closed, [score, score]. An unreported one is open
// between the least and the most that its rule gives any value that may be reported (mostly 0 … W; a "≤"
// target below 0 can never be met, so its possible is 0). A rating level without a typed score is open over
// its band, whose open end is its last two-decimal value; MANUAL and a row without a usable rule over 0 … W.
// NOT_APPLICABLE and UNWEIGHTED rows have 0 and 0.
struct IndicatorScore {
  ScoreStatus status = ScoreStatus::kUnreported;
  std::optional<Decimal> weight;
  std::optional<Decimal> score;  // unset unless kScored
  Decimal sure;                  // least it can end at
  Decimal possible;              // most it can still become
  std::optional<Decimal>
      completion;         // A/T as a percentage, 2 decimals; unset without a positive numeric target
  bool met = false;       // reported and the target itself is reached (comparator, top level, yes)
  bool reported = false;  // something is reported, whatever the status
  uint32_t flags = 0;
};

enum class WarningLight { kNone = 1, kYellow, kRed };

// total = round(I·P/(P − N) + E), rounded half away once, where I = Σ scores so far, P the profile's
// indicator points, N = Σ weights of the NOT_APPLICABLE rows; P/(P − N) is 1 when N = 0, when the profile
// does not rescale, or when nothing would be left (N ≥ P). E = min(X, e/b·X) enters exactly, not as its
// displayed two decimals. Budget unknown or 0: E is unset and is part of none of total, sure and possible.
// Budget known, spending unknown: 0 in total and sure, X in possible. Reported spending is taken as it
// stands. While things are missing the total is what is earned so far.
struct TableScore {
  bool weighted = false;     // false: status UNWEIGHTED, only completion is shown
  Decimal indicator_points;  // Σ indicator scores so far (I), after rescaling if any
  std::optional<Decimal>
      execution;  // E rounded to 2 decimals for display; unset when budget or spending is unknown
  std::optional<Decimal> execution_rate;  // spent/adjusted as a percentage, 2 decimals
  std::optional<Decimal> total;           // rounded once; unset when unweighted
  std::optional<Decimal> sure, possible;  // of the total; unset when unweighted
  std::string grade;                      // of the rounded total; empty when unweighted
  WarningLight light = WarningLight::kNone;
  std::optional<Decimal> completion;  // share of indicators whose target is met, percentage, 2 decimals
  int32_t indicators = 0, reported = 0, unscored = 0, reasons_required = 0;
  uint32_t flags = 0;  // union of the indicators' flags
};

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

// Scores one indicator. `out`, when given, receives the explanation. Never fails: what cannot be scored has a
// status. Precondition: CheckReported(profile, indicator, reported).ok().
IndicatorScore ScoreIndicator(const Profile& profile, const Indicator& indicator, const Reported& reported,
                              Explanation* out = nullptr);

// Refuses what may not be recorded: a text for a numeric indicator, a level the scale does not have, a typed
// score outside its band or outside [0, W] or with more than two decimals, a typed score where the rule
// computes it or the row has no weight.
struct ReportProblem {
  enum Kind {
    kNone,
    kNumberExpected,
    kLevelUnknown,
    kScoreOutsideBand,
    kScoreOutsideWeight,
    kScoreNotAllowed,
    kLevelExpected
  } kind = kNone;
  std::optional<Decimal> low, high;  // the band, when kScoreOutsideBand or kScoreOutsideWeight
  bool high_inclusive = false;
};
ReportProblem CheckReported(const Profile& profile, const Indicator& indicator, const Reported& reported);

// Whether a typed deduction can count for the row: over-achievement is deducted by hand, and the row can be
// over-achieved.
bool TakesDeduction(const Profile& profile, const Indicator& indicator);

// The table from its indicators' scores (in table order) and its money. `out` receives the table's own steps;
// the caller appends the indicators' explanations as children.
TableScore ScoreTable(const Profile& profile, absl::Span<const IndicatorScore> indicators,
                      const Budget& budget, Explanation* out = nullptr);

// A table's share in its unit, whose roll-up is `mode`: one for all its tables, or the parts do not add up.
// Which tables take part is the caller's business. `reviewed` is the table with `reviews` reviews in place of
// self scores; null without reviews.
RollupSums TableSums(RollupMode mode, const TableScore& table, const Budget& budget,
                     const TableScore* reviewed = nullptr, int64_t reviews = 0);

UnitScore ScoreUnit(const Profile& profile, const RollupSums& sums, Explanation* out = nullptr);

// The profile's grade for a rounded total; empty when it is below every band.
std::string GradeOf(const Profile& profile, const Decimal& total);

// A name as names are compared: without white space, half and full width.
std::string WithoutSpace(absl::string_view text);
// Whether less of it is better: "≤", "<", and "= 0" (RULES 2.1).
bool FewerIsBetter(Comparator comparator, const Decimal& target);
// Whether the target asks for less than last year's value: below it, or above it where fewer is better. false
// without a comparator.
bool IsEasier(Comparator comparator, const Decimal& target, const Decimal& prior);

// The canonical level id for what a person typed (white space ignored, synonyms of the profile), or empty.
std::string ResolveLevel(const Profile& profile, const Indicator& indicator, absl::string_view typed);

// The rule for a document's rule text (white space ignored), kUnmapped when the profile has no such alias.
RuleKind ResolveRule(const Profile& profile, absl::string_view text);

}  // namespace attain::scoring

#endif  // ATTAIN_SERVICE_SCORING_SCORE_H_
