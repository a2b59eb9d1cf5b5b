// One row about to be scored, and the rules that score it. Nobody outside this folder includes it.
#ifndef ATTAIN_SERVICE_SCORING_CASE_H_
#define ATTAIN_SERVICE_SCORING_CASE_H_

#include <algorithm>
#include <initializer_list>
#include <string>
#include <vector>

#include "service/scoring/explain.h"
#include "service/scoring/model.h"

namespace attain::scoring {

// Options are resolved against the profile on demand; nothing is copied. Everything referred to outlives the
// case.
struct Case {
  const Profile& profile;
  const Indicator& indicator;
  const Reported& reported;
  const Decimal& weight;  // the indicator's, or 0 when it has none
  Explanation* out;       // null: no explanation is wanted, and no text is made

  template <typename T>
  T Option(std::optional<T> RuleOptions::*field, T otherwise) const {
    const std::optional<T>& own = indicator.options.*field;
    return own.has_value() ? *own : (profile.defaults.*field).value_or(otherwise);
  }
  // The option or null.
  template <typename T>
  const T* Maybe(std::optional<T> RuleOptions::*field) const {
    const std::optional<T>& own = indicator.options.*field;
    const std::optional<T>& value = own.has_value() ? own : profile.defaults.*field;
    return value.has_value() ? &*value : nullptr;
  }
  // A list option: the indicator's own, or the profile's when that is empty.
  template <typename T>
  const std::vector<T>& List(std::vector<T> RuleOptions::*field) const {
    return (indicator.options.*field).empty() ? profile.defaults.*field : indicator.options.*field;
  }
  // Where an option stands.
  template <typename T>
  InputOrigin OriginOf(std::optional<T> RuleOptions::*field) const {
    return (indicator.options.*field).has_value() ? InputOrigin::kTable : InputOrigin::kProfile;
  }
  template <typename T>
  InputOrigin OriginOf(std::vector<T> RuleOptions::*field) const {
    return (indicator.options.*field).empty() ? InputOrigin::kProfile : InputOrigin::kTable;
  }
  // Decimals of the score. Values outside 0 … 9 make no sense and are brought inside.
  int Decimals() const { return std::clamp(Option(&RuleOptions::score_decimals, 2), 0, 9); }
  Rounding RoundingMode() const { return Option(&RuleOptions::rounding, Rounding::kHalfAway); }

  const Decimal& Target() const { return *indicator.target; }
  const Decimal& Actual() const { return *reported.number; }
};

// A symbol of a formula beside W, T and A.
struct Symbol {
  const char* name;
  Words meaning;
  const Decimal& value;
  InputOrigin origin = InputOrigin::kComputed;
};

// numerator / denominator (> 0) rounded once by the rule and kept inside [0, W]: every figure of a rule that
// is not plainly W or 0 comes from here. `formula` is what the quotient stands for.
Decimal Points(const Case& c, const Decimal& numerator, const Decimal& denominator, const char* formula,
               Words title, std::initializer_list<Symbol> symbols = {});
// W or 0, and why.
Decimal FullMarks(const Case& c, Words why);
Decimal NoMarks(const Case& c, Words why);

// The rules; each returns the score before over-achievement is looked at. Preconditions: RuleFits(c), a
// number is reported (DIRECT: a number or `met`).
Decimal ScoreProportional(const Case& c);
Decimal ScoreDirect(const Case& c);
Decimal ScoreSteps(const Case& c);
Decimal ScoreSatisfaction(const Case& c);
// What over-achievement leaves of `score`, RULES 2.3. Precondition: A ≥ T.
Decimal AfterOverAchievement(const Case& c, const Decimal& score);

// Whether the row has what its rule needs: a target, steps, levels. A row without it has no score.
bool RuleFits(const Case& c);
// Whether a numeric target is reached, by the comparator and the meaning of "=".
bool TargetMet(const Case& c);
// The score by the rule; unset while a person has yet to type it or to say yes or no.
std::optional<Decimal> ScoreByRule(const Case& c);

// Actual values where branches of the rule can meet, in no order, repetitions possible: between two that are
// next to each other the score never rises and falls again.
std::vector<Decimal> Turns(const Case& c);

// The least and the most that a row without a score can end at.
struct Interval {
  Decimal sure, possible;
};
Interval OpenInterval(const Case& c);

}  // namespace attain::scoring

#endif  // ATTAIN_SERVICE_SCORING_CASE_H_
