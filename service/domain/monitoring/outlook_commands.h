// RecordOutlook: how likely a target is reached and what stands in the way (完成目标可能性),
// RULES 5.
// Commands as transaction.h has them.
#ifndef ATTAIN_SERVICE_DOMAIN_MONITORING_OUTLOOK_COMMANDS_H_
#define ATTAIN_SERVICE_DOMAIN_MONITORING_OUTLOOK_COMMANDS_H_

#include "absl/status/status.h"
#include "attain/v1/reporting_service.pb.h"
#include "service/commit/transaction.h"

namespace attain::engine {

absl::Status RecordOutlook(const v1::RecordOutlookRequest& request, Transaction& txn,
                           v1::RecordOutlookResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_MONITORING_OUTLOOK_COMMANDS_H_
