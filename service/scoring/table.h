// The score of a table.
#ifndef ATTAIN_SERVICE_SCORING_TABLE_H_
#define ATTAIN_SERVICE_SCORING_TABLE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/types/span.h"
#include "service/scoring/decimal.h"
#include "service/scoring/execution.h"
#include "service/scoring/explanation.h"
#include "service/scoring/indicator.h"
#include "service/scoring/model.h"

namespace attain::scoring {

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

// The table from its indicators' scores (in table order) and its money. `out` receives the table's own steps;
// the caller appends the indicators' explanations as children.
TableScore ScoreTable(const Profile& profile, absl::Span<const IndicatorScore> indicators,
                      const Budget& budget, Explanation* out = nullptr);

// The profile's grade for a rounded total; empty when it is below every band.
std::string GradeOf(const Profile& profile, const Decimal& total);

}  // namespace attain::scoring

#endif  // ATTAIN_SERVICE_SCORING_TABLE_H_
