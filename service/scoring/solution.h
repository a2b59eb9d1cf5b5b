// The cheapest change of a table that reaches a total.
#ifndef ATTAIN_SERVICE_SCORING_SOLUTION_H_
#define ATTAIN_SERVICE_SCORING_SOLUTION_H_

#include <optional>
#include <vector>

#include "absl/types/span.h"
#include "service/scoring/choices.h"
#include "service/scoring/score.h"

namespace attain::scoring {

// A row of the table as it stands.
struct StandingRow {
  IndicatorScore score;         // what counts for the total now
  std::vector<Choice> choices;  // as ChoicesOf gives them; empty for a row that stays
};

struct Solution {
  bool reachable = false;
  std::vector<std::optional<Choice>>
      chosen;                    // by row; unset: stays as it is. A rating has the score it needs
  std::optional<Decimal> spent;  // spending to assume; unset: stays as it is
  Decimal cost;                  // of the whole, up to 4 decimals, rounded
  Decimal possible;              // the total with the best choice of every row and all of the budget spent
};

// The cheapest change after which the total is at least `needed`: choices of rows, and spending up to the
// adjusted budget at a cost of |Δspent| / budget, in whole units where both are whole, else in steps of the
// finer of both, at most 2 decimals. Ties go to fewer changes, then to less spending, then to rows further
// up.
//
// Whether a total is reached is always asked of ScoreTable. Exact while points × choices stay below about
// 3·10^8 with all the decimals that scores have; beyond that (weights of more than two decimals in large
// tables) gains are cut to hundredths, so that what is found reaches the total but something cheaper may
// exist. Precondition: every applicable row has a weight. At most 1,000 rows.
Solution CheapestWay(const Profile& profile, absl::Span<const StandingRow> rows, const Budget& budget,
                     const Decimal& needed);

}  // namespace attain::scoring

#endif  // ATTAIN_SERVICE_SCORING_SOLUTION_H_
