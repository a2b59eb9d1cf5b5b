// Amendments, listed.
// Answered at one snapshot.
#ifndef ATTAIN_SERVICE_DOMAIN_TABLES_AMENDMENT_QUERIES_H_
#define ATTAIN_SERVICE_DOMAIN_TABLES_AMENDMENT_QUERIES_H_

#include "absl/status/status.h"
#include "attain/v1/target_service.pb.h"
#include "service/state/query_context.h"

namespace attain::engine {

absl::Status ListAmendments(const v1::ListAmendmentsRequest& request, const QueryContext& context,
                            v1::ListAmendmentsResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_TABLES_AMENDMENT_QUERIES_H_
