// Amendments: changes of a table in force, proposed and approved by different people (RULES 4).
// Commands as transaction.h has them.
#ifndef ATTAIN_SERVICE_DOMAIN_TABLES_AMENDMENT_COMMANDS_H_
#define ATTAIN_SERVICE_DOMAIN_TABLES_AMENDMENT_COMMANDS_H_

#include "absl/status/status.h"
#include "attain/v1/target_service.pb.h"
#include "service/commit/transaction.h"

namespace attain::engine {

absl::Status ProposeAmendment(const v1::ProposeAmendmentRequest& request, Transaction& txn,
                              v1::ProposeAmendmentResponse* response);
absl::Status ApproveAmendment(const v1::ApproveAmendmentRequest& request, Transaction& txn,
                              v1::ApproveAmendmentResponse* response);
absl::Status RejectAmendment(const v1::RejectAmendmentRequest& request, Transaction& txn,
                             v1::RejectAmendmentResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_TABLES_AMENDMENT_COMMANDS_H_
