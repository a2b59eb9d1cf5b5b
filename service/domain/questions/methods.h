// What this room adds to the API.
#ifndef ATTAIN_SERVICE_DOMAIN_QUESTIONS_METHODS_H_
#define ATTAIN_SERVICE_DOMAIN_QUESTIONS_METHODS_H_

#include "service/state/query_methods.h"

namespace attain::engine {

// Queries of what-if questions.
void AddQuestionMethods(QueryMethods* queries);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_QUESTIONS_METHODS_H_
