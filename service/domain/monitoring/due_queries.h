// What is due.
// Answered at one snapshot.
#ifndef ATTAIN_SERVICE_DOMAIN_MONITORING_DUE_QUERIES_H_
#define ATTAIN_SERVICE_DOMAIN_MONITORING_DUE_QUERIES_H_

#include "absl/status/status.h"
#include "attain/v1/reporting_service.pb.h"
#include "service/state/query_context.h"

namespace attain::engine {

absl::Status ListDue(const v1::ListDueRequest& request, const QueryContext& context,
                     v1::ListDueResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_MONITORING_DUE_QUERIES_H_
