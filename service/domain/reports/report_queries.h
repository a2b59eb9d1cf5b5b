// Reports, listed.
// Answered at one snapshot.
#ifndef ATTAIN_SERVICE_DOMAIN_REPORTS_REPORT_QUERIES_H_
#define ATTAIN_SERVICE_DOMAIN_REPORTS_REPORT_QUERIES_H_

#include "absl/status/status.h"
#include "attain/v1/reporting_service.pb.h"
#include "service/state/query_context.h"

namespace attain::engine {

absl::Status ListActuals(const v1::ListActualsRequest& request, const QueryContext& context,
                         v1::ListActualsResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_REPORTS_REPORT_QUERIES_H_
