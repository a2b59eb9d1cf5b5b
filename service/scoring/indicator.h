// The score of one indicator.
#ifndef ATTAIN_SERVICE_SCORING_INDICATOR_H_
#define ATTAIN_SERVICE_SCORING_INDICATOR_H_

#include <cstdint>
#include <optional>

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

// Scores one indicator. `out`, when given, receives the explanation. Never fails: what cannot be scored has a
// status. Precondition: CheckReported(profile, indicator, reported).ok().
IndicatorScore ScoreIndicator(const Profile& profile, const Indicator& indicator, const Reported& reported,
                              Explanation* out = nullptr);

// Whether a typed deduction can count for the row: over-achievement is deducted by hand, and the row can be
// over-achieved.
bool TakesDeduction(const Profile& profile, const Indicator& indicator);

// Whether less of it is better: "≤", "<", and "= 0" (RULES 2.1).
bool FewerIsBetter(Comparator comparator, const Decimal& target);
// Whether the target asks for less than last year's value: below it, or above it where fewer is better. false
// without a comparator.
bool IsEasier(Comparator comparator, const Decimal& target, const Decimal& prior);

}  // namespace attain::scoring

#endif  // ATTAIN_SERVICE_SCORING_INDICATOR_H_
