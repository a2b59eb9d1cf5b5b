#include "service/domain/questions/methods.h"

#include "service/domain/questions/diff_queries.h"
#include "service/domain/questions/replay_queries.h"
#include "service/domain/questions/simulate_queries.h"
#include "service/domain/questions/solve_queries.h"

namespace attain::engine {

void AddQuestionMethods(QueryMethods* queries) {
  queries->Add(&DiffScores);
  queries->Add(&SimulateScore);
  queries->Add(&SolveForScore);
  queries->Add(&ReplayProfile);
}

}  // namespace attain::engine
