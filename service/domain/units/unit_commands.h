// Units: declared and changed.
// Commands as transaction.h has them.
#ifndef ATTAIN_SERVICE_DOMAIN_UNITS_UNIT_COMMANDS_H_
#define ATTAIN_SERVICE_DOMAIN_UNITS_UNIT_COMMANDS_H_

#include "absl/status/status.h"
#include "attain/v1/target_service.pb.h"
#include "service/commit/transaction.h"

namespace attain::engine {

absl::Status CreateUnit(const v1::CreateUnitRequest& request, Transaction& txn,
                        v1::CreateUnitResponse* response);
absl::Status UpdateUnit(const v1::UpdateUnitRequest& request, Transaction& txn,
                        v1::UpdateUnitResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_UNITS_UNIT_COMMANDS_H_
