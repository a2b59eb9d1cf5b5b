// Units, single and listed.
// Answered at one snapshot.
#ifndef ATTAIN_SERVICE_DOMAIN_UNITS_UNIT_QUERIES_H_
#define ATTAIN_SERVICE_DOMAIN_UNITS_UNIT_QUERIES_H_

#include "absl/status/status.h"
#include "attain/v1/target_service.pb.h"
#include "service/state/query_context.h"

namespace attain::engine {

absl::Status GetUnit(const v1::GetUnitRequest& request, const QueryContext& context,
                     v1::GetUnitResponse* response);
absl::Status ListUnits(const v1::ListUnitsRequest& request, const QueryContext& context,
                       v1::ListUnitsResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_UNITS_UNIT_QUERIES_H_
