#include "service/domain/reports/methods.h"

#include "service/domain/reports/report_commands.h"
#include "service/domain/reports/report_queries.h"

namespace attain::engine {

void AddReportMethods(QueryMethods* queries, CommandMethods* commands) {
  commands->Add(&RecordActual);
  commands->Add(&BatchRecordActuals);
  commands->Add(&StreamActuals);
  commands->Add(&CorrectActual);
  commands->Add(&RetractActual);
  commands->Add(&RecordSpending);
  commands->Add(&RateIndicator);
  queries->Add(&ListActuals);
}

}  // namespace attain::engine
