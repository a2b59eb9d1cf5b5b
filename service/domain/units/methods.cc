#include "service/domain/units/methods.h"

#include "service/domain/units/unit_commands.h"
#include "service/domain/units/unit_queries.h"

namespace attain::engine {

void AddUnitMethods(QueryMethods* queries, CommandMethods* commands) {
  commands->Add(&CreateUnit);
  commands->Add(&UpdateUnit);
  queries->Add(&GetUnit);
  queries->Add(&ListUnits);
}

}  // namespace attain::engine
