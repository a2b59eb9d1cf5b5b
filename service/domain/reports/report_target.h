// Where a report or an outlook goes.
#ifndef ATTAIN_SERVICE_DOMAIN_REPORTS_REPORT_TARGET_H_
#define ATTAIN_SERVICE_DOMAIN_REPORTS_REPORT_TARGET_H_

#include "absl/status/status.h"
#include "service/api/names.h"
#include "service/commit/transaction.h"

namespace attain::engine {

// Where a report goes.
struct ReportTarget {
  ResourceName name;
  WorkingTable* working = nullptr;
  int row = 0;
};

// Finds the row. RESOURCE_NOT_FOUND; WRONG_STATE unless the table is APPROVED;
// INVALID_FIELD ("indicator") when the row is marked not applicable.
absl::Status LocateReport(const ResourceName& name, Transaction& txn, ReportTarget* target);

// WRONG_STATE, and what to do.
absl::Status NotInForce(const TableModel& model);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_REPORTS_REPORT_TARGET_H_
