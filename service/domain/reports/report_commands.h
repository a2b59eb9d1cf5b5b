// Reports: what was reached, corrected, withdrawn, spent (RULES 3).
// Commands as transaction.h has them.
#ifndef ATTAIN_SERVICE_DOMAIN_REPORTS_REPORT_COMMANDS_H_
#define ATTAIN_SERVICE_DOMAIN_REPORTS_REPORT_COMMANDS_H_

#include "absl/status/status.h"
#include "attain/v1/reporting_service.pb.h"
#include "attain/v1/scoring_service.pb.h"
#include "service/commit/transaction.h"

namespace attain::engine {

absl::Status RecordActual(const v1::RecordActualRequest& request, Transaction& txn,
                          v1::RecordActualResponse* response);
absl::Status BatchRecordActuals(const v1::BatchRecordActualsRequest& request, Transaction& txn,
                                v1::BatchRecordActualsResponse* response);
absl::Status StreamActuals(const v1::StreamActualsRequest& request, Transaction& txn,
                           v1::StreamActualsResponse* response);
absl::Status CorrectActual(const v1::CorrectActualRequest& request, Transaction& txn,
                           v1::CorrectActualResponse* response);
absl::Status RetractActual(const v1::RetractActualRequest& request, Transaction& txn,
                           v1::RetractActualResponse* response);
absl::Status RecordSpending(const v1::RecordSpendingRequest& request, Transaction& txn,
                            v1::RecordSpendingResponse* response);
absl::Status RateIndicator(const v1::RateIndicatorRequest& request, Transaction& txn,
                           v1::RateIndicatorResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_REPORTS_REPORT_COMMANDS_H_
