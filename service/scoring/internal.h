// What the files of this folder share. Nobody else includes it.
#ifndef ATTAIN_SERVICE_SCORING_INTERNAL_H_
#define ATTAIN_SERVICE_SCORING_INTERNAL_H_

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "service/scoring/explanation.h"
#include "service/scoring/model.h"
#include "service/scoring/ratio.h"

namespace attain::scoring {

// One row about to be scored: options resolved against the profile, nothing copied.
struct Case {
  const Profile& profile;
  const Indicator& indicator;
  const Reported& reported;
  const Decimal& weight;
  Explanation* out;  // null: no explanation is wanted, and no text is made

  template <typename T>
  T Option(std::optional<T> RuleOptions::*field, T otherwise) const {
    if ((indicator.options.*field).has_value()) return *(indicator.options.*field);
    return (profile.defaults.*field).value_or(otherwise);
  }
  template <typename T>
  std::optional<T> Maybe(std::optional<T> RuleOptions::*field) const {
    return (indicator.options.*field).has_value() ? indicator.options.*field : profile.defaults.*field;
  }
  const std::vector<RatingBand>& Bands() const;
  const std::vector<Step>& Steps() const;
  int Decimals() const { return Option(&RuleOptions::score_decimals, 2); }
  Rounding RoundingMode() const { return Option(&RuleOptions::rounding, Rounding::kHalfAway); }
  // The rule's rounding, once.
  Decimal Rounded(const Ratio& value) const { return value.Round(Decimals(), RoundingMode()); }
};

// A band in points: [low, high) or, for the top band, [low, high].
struct Band {
  Decimal low, high;
  bool high_inclusive = false;
  // The greatest score with two decimals inside.
  Decimal Last() const { return high_inclusive ? high : high - Decimal(1, 2); }
};
Band BandOf(const Case& c, const RatingBand& band);
const RatingBand* FindBand(const Case& c, const std::string& level);

// Rules; each returns the score before over-achievement is looked at.
Decimal ScoreProportional(const Case& c);
Decimal ScoreDirect(const Case& c);
Decimal ScoreSatisfaction(const Case& c);
Decimal ScoreSteps(const Case& c);
// What over-achievement leaves of `score` (domain.md section 2.3).
Decimal AfterOverAchievement(const Case& c, const Decimal& score);
// Whether the target itself is reached.
bool TargetMet(const Indicator& indicator, const Decimal& actual);

// Explanation makers; each does nothing when `out` is null. The lambdas of callers keep text off the hot path.
void Branch(Explanation* out, Text title);
Explanation* Formula(Explanation* out, Text title, std::string formula, std::string worked, std::string result);
void Input(Explanation* step, std::string symbol, Text meaning, std::string value, std::string unit = "",
           uint64_t revision = 0, std::string date = "");
// The inputs every rule's formula uses: W, A, T as far as they are known.
void CommonInputs(const Case& c, Explanation* step);
// "r2"
std::string RoundName(int decimals);

// Text without white space, full-width blanks included.
std::string WithoutSpace(absl::string_view text);

}  // namespace attain::scoring

#endif  // ATTAIN_SERVICE_SCORING_INTERNAL_H_
