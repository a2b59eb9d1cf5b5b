#include "service/domain/monitoring/monitoring_queries.h"

#include "service/api/macros.h"
#include "service/domain/monitoring/monitoring_view.h"

namespace attain::engine {

absl::Status GetMonitoring(const v1::GetMonitoringRequest& request, const QueryContext& context,
                           v1::GetMonitoringResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseTableName("name", request.name()));
  ASSIGN_OR_RETURN(const auto now, OpenSnapshot(context, request.read()));
  ASSIGN_OR_RETURN(MonthView view, ViewMonth(context, *now, v1::AsOf(), name, request.month()));
  RETURN_IF_ERROR(ReadOutlooks(context, &view));
  FillReport(view, response->mutable_report());
  RETURN_IF_ERROR(now->FillReadInfo(response->mutable_read()));
  return absl::OkStatus();
}

}  // namespace attain::engine
