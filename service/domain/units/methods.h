// What this room adds to the API.
#ifndef ATTAIN_SERVICE_DOMAIN_UNITS_METHODS_H_
#define ATTAIN_SERVICE_DOMAIN_UNITS_METHODS_H_

#include "service/commit/command_methods.h"
#include "service/state/query_methods.h"

namespace attain::engine {

// Commands and queries of units.
void AddUnitMethods(QueryMethods* queries, CommandMethods* commands);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_UNITS_METHODS_H_
