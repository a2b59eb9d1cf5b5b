// The targets of one row as they were in force on a day, for a command: what queries find among the versions
// of the table.
#ifndef ATTAIN_SERVICE_DOMAIN_TABLES_TARGETS_ON_DAY_H_
#define ATTAIN_SERVICE_DOMAIN_TABLES_TARGETS_ON_DAY_H_

#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "service/api/names.h"
#include "service/commit/transaction.h"

namespace attain::engine {

// The newest version of the table with row `row` (and the profile) as before every amendment that takes
// effect after `day` (YYYY-MM-DD); null where the row was added by one of them. All other rows stay as they
// are in the newest version.
absl::StatusOr<std::shared_ptr<const TableModel>> TargetsOnDay(const ResourceName& table,
                                                               std::shared_ptr<const TableModel> newest,
                                                               int row, absl::string_view day,
                                                               Transaction& txn);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_TABLES_TARGETS_ON_DAY_H_
