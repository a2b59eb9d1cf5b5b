#include "service/domain/monitoring/methods.h"

#include "service/domain/monitoring/due_queries.h"
#include "service/domain/monitoring/monitoring_queries.h"
#include "service/domain/monitoring/outlook_commands.h"

namespace attain::engine {

void AddMonitoringMethods(QueryMethods* queries, CommandMethods* commands) {
  commands->Add(&RecordOutlook);
  queries->Add(&GetMonitoring);
  queries->Add(&ListDue);
}

}  // namespace attain::engine
