// The plain values that scoring reads: an indicator, its rule, what was reported, the profile.
//
// Pure data: no clock, no I/O, no threads. All types are thread-compatible values.
// Rules and words: RULES 2 (财预〔2020〕10号 for the norms).
#ifndef ATTAIN_SERVICE_SCORING_MODEL_H_
#define ATTAIN_SERVICE_SCORING_MODEL_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "service/scoring/decimal.h"

namespace attain::scoring {

// The comparator between target and actual (指标值 with ≥, =, ≤ …). kNone for rating and text targets.
enum class Comparator { kNone = 0, kAtLeast, kGreater, kEqual, kAtMost, kLess };

// The scoring rule of one indicator (指标赋分规则). kUnmapped: the document named a rule nobody has mapped
// yet; such an indicator has no score, it is never guessed.
enum class RuleKind { kUnmapped = 0, kProportional, kDirect, kRating, kSatisfaction, kSteps, kManual };

enum class EqualMode { kAtLeast = 1, kSymmetric, kStrict };
enum class ReverseMode { kLinear = 1, kRatio };
enum class SatisfactionMode { kSteps = 1, kRatioWithFloor, kAbsolute };
enum class OverAchievementMode { kNone = 1, kManual, kTiers, kDeviation };

// One level of a rating scale. With weight W the band is [r2(from·W), r2(to·W)); the top band includes its
// upper end.
struct RatingBand {
  std::string level;  // canonical id: "achieved", "partly", "missed"
  std::string name;   // the words of the norm, Chinese
  Decimal from;       // share of W, 0 … 1
  Decimal to;         // share of W, 0 … 1
};

// One step of a table [from, factor]: A above `from` (at or above when from_inclusive) earns factor·W.
struct Step {
  Decimal from;
  bool from_inclusive = true;
  Decimal factor;
};

// Over-achievement tier: A/T ≥ from_ratio multiplies the earned score by factor.
struct OverAchievementTier {
  Decimal from_ratio;
  Decimal factor;
};

// How a rule behaves. A field that is not set falls back to the profile's defaults, which set every field
// that has no natural absence.
struct RuleOptions {
  std::optional<EqualMode> equal_mode;
  std::optional<ReverseMode> reverse_mode;
  std::optional<Decimal> pass_gate;           // A/T < gate → 0; share, e.g. 0.6
  std::optional<Decimal> deduct_per_missing;  // points off for each missing whole unit
  std::optional<Decimal> direct_deduction;    // DIRECT: points off when not met; unset = all of them
  std::optional<SatisfactionMode> satisfaction_mode;
  std::vector<Step> steps;               // STEPS and SATISFACTION steps, highest first; empty = fall back
  std::vector<RatingBand> rating_bands;  // highest first; empty = fall back
  std::optional<int> score_decimals;     // 0, 1 or 2
  std::optional<Rounding> rounding;
  std::optional<OverAchievementMode> over_mode;
  std::vector<OverAchievementTier> over_tiers;  // highest first
  std::optional<Decimal> over_deviation_limit;  // DEVIATION: A/T above which points are lost
  std::optional<Decimal> over_deviation_slope;  // DEVIATION: k
  std::optional<Decimal> over_deviation_floor;  // DEVIATION: share of W that remains at worst
};

struct GradeBand {
  std::string name;  // 优 良 中 差
  Decimal from;      // inclusive, points of the rounded total; the lowest band starts at 0
};

enum class RollupMode { kByAdjustedBudget = 1, kPlainMean };

// When monitoring is red, yellow or green (RULES 5), percentages. The defaults hold for profiles
// that say nothing.
struct Monitoring {
  Decimal red_below = Decimal::FromInt(60);
  Decimal yellow_below = Decimal::FromInt(80);
  Decimal green_below = Decimal::FromInt(120);
  std::vector<std::string> not_prorated;  // level-2 names without white space and the word 指标
};

// A scoring profile: everything in which regions differ, as data with a version.
struct Profile {
  std::string id;       // "xinjiang"
  int64_t version = 0;  // 1, 2, …
  RuleOptions defaults;
  Decimal indicator_points;                 // what weights must sum to: 90, 100, 80
  std::optional<Decimal> execution_points;  // 10, 20, 9; unset = budget execution earns nothing
  std::vector<GradeBand> grades;            // highest first
  int total_decimals = 2;
  bool rescale_not_applicable = true;  // false: a NOT_APPLICABLE indicator is refused
  Decimal over_flag_ratio;             // 1.2
  Decimal over_reason_ratio;           // 1.3
  Decimal warning_gap;                 // 0.05: red when (I/P − E/X)/(I/P) is above
  Decimal warning_unspent;             // 0.2: yellow when (b−e)/b is above
  RollupMode rollup = RollupMode::kByAdjustedBudget;
  std::map<std::string, RuleKind> rule_aliases;      // rule text without white space → rule
  std::map<std::string, std::string> level_aliases;  // level name without white space → RatingBand::level
  std::vector<std::string> level1_names,
      level2_names;  // that a table may use; empty: the usual ones of the norms
  Monitoring monitoring;
};

// One row of a target table as scoring sees it.
struct Indicator {
  std::string id;
  std::string name;
  RuleKind rule = RuleKind::kUnmapped;
  RuleOptions options;  // overrides of the profile's defaults
  Comparator comparator = Comparator::kNone;
  std::optional<Decimal> target;  // unset for ratings and texts
  std::string unit;               // "次", "%"; empty for ratings
  std::optional<Decimal> weight;  // points; unset: the table is UNWEIGHTED
  bool not_applicable = false;
  bool allow_negative = false;   // actual values below 0 are possible, so a ≥ 0 target can be missed
  std::optional<Decimal> prior;  // last year's value; unset for none and for words
};

// What is known of one indicator after accumulation (RULES 3): at most one of number, level, text
// counts.
struct Reported {
  bool reported = false;
  std::optional<Decimal> number;
  std::string level;  // RatingBand::level, for ratings
  std::string text;
  std::optional<bool> met;                 // DIRECT with a text target: a person's yes or no
  std::optional<Decimal> typed_score;      // rating inside its band, or MANUAL; at most two decimals
  std::optional<Decimal> typed_deduction;  // over-achievement mode MANUAL
  uint64_t revision = 0;                   // the journal revision the value came from; 0 when unreported
  std::string date;                        // YYYY-MM-DD, for explanations
};

// A table's money, both in the same unit (万元). Unset = unknown, which is not zero.
struct Budget {
  std::optional<Decimal> adjusted;
  std::optional<Decimal> spent;
  uint64_t adjusted_revision = 0;
  uint64_t spent_revision = 0;
};

}  // namespace attain::scoring

#endif  // ATTAIN_SERVICE_SCORING_MODEL_H_
