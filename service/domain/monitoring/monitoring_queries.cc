#include "service/domain/monitoring/monitoring_queries.h"

#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/domain/monitoring/monitoring_view.h"

namespace attain::engine {

absl::Status CheckNoDay(const v1::ReadOptions& read) {
  if (read.as_of_date().empty()) return absl::OkStatus();
  return BadField("read.as_of_date", v1::ERROR_REASON_INVALID_FIELD,
                  {"监控按月份取数，请用 month 代替 as_of_date。",
                   "Monitoring counts by month: give the month instead of as_of_date."});
}

absl::Status GetMonitoring(const v1::GetMonitoringRequest& request, const QueryContext& context,
                           v1::GetMonitoringResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseTableName("name", request.name()));
  RETURN_IF_ERROR(CheckNoDay(request.read()));
  ASSIGN_OR_RETURN(const auto now, Snapshot::Open(context.store, context.cache, request.read()));
  ASSIGN_OR_RETURN(MonthView view, ViewMonth(context, *now, request.read(), name, request.month()));
  RETURN_IF_ERROR(ReadOutlooks(context, &view));
  FillReport(view, response->mutable_report());
  response->set_revision(static_cast<int64_t>(now->revision()));
  return absl::OkStatus();
}

}  // namespace attain::engine
