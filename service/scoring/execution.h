// Points for budget execution, and the warning light that weighs them against the results:
// RULES 2.5.
#ifndef ATTAIN_SERVICE_SCORING_EXECUTION_H_
#define ATTAIN_SERVICE_SCORING_EXECUTION_H_

#include "service/scoring/explain.h"
#include "service/scoring/model.h"
#include "service/scoring/ratio.h"

namespace attain::scoring {

// Warning light of the self-evaluation (自评预警).
enum class WarningLight { kNone = 1, kYellow, kRed };

// E as an exact fraction: it enters the total before anything is rounded.
struct Execution {
  enum State {
    kNoPoints,  // the profile gives none
    kNoBudget,  // the budget is unknown or 0: E is unset and is no part of any figure
    kUnspent,   // the budget is known, the spending is not: 0 so far, up to all of the points
    kKnown,
  } state = kNoPoints;
  Decimal numerator;                          // E = numerator / denominator when kKnown, else 0
  Decimal denominator = Decimal::FromInt(1);  // positive
  Ratio Exact() const { return Ratio(numerator, denominator); }
};
Execution ExecutionOf(const Profile& profile, const Budget& budget);

// "min(X, e / b × X)", as far as the case needs it; empty when E is not known.
std::string ExecutionFormula(const Execution& execution, const Budget& budget);
void AddExecutionInputs(const Profile& profile, const Execution& execution, const Budget& budget,
                        Explanation* step);
void ExplainExecution(const Profile& profile, const Execution& execution, const Budget& budget,
                      Explanation* out);

// `points` is I, `full` the points it is out of: indicators that do not apply have left both. No light
// without execution points or while budget or spending is unknown.
WarningLight LightOf(const Profile& profile, const Decimal& points, const Decimal& full, const Budget& budget,
                     Explanation* out);

}  // namespace attain::scoring

#endif  // ATTAIN_SERVICE_SCORING_EXECUTION_H_
