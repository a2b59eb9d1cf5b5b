#include "service/domain/evaluations/methods.h"

#include "service/domain/evaluations/evaluation_commands.h"
#include "service/domain/evaluations/evaluation_queries.h"

namespace attain::engine {

void AddEvaluationMethods(QueryMethods* queries, CommandMethods* commands) {
  commands->Add(&SubmitEvaluation);
  commands->Add(&ReviewIndicator);
  commands->Add(&ConfirmEvaluation);
  commands->Add(&ReturnEvaluation);
  queries->Add(&GetEvaluation);
}

}  // namespace attain::engine
