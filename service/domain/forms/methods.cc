#include "service/domain/forms/methods.h"

#include "service/domain/forms/form_queries.h"

namespace attain::engine {

void AddFormMethods(QueryMethods* queries) {
  queries->Add(&GetForm);
}

}  // namespace attain::engine
