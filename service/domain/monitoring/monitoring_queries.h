// How the targets of a table stand in the course of the year.
// Answered at one snapshot.
#ifndef ATTAIN_SERVICE_DOMAIN_MONITORING_MONITORING_QUERIES_H_
#define ATTAIN_SERVICE_DOMAIN_MONITORING_MONITORING_QUERIES_H_

#include "absl/status/status.h"
#include "attain/v1/reporting_service.pb.h"
#include "service/state/query_context.h"

namespace attain::engine {

absl::Status GetMonitoring(const v1::GetMonitoringRequest& request, const QueryContext& context,
                           v1::GetMonitoringResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_MONITORING_MONITORING_QUERIES_H_
