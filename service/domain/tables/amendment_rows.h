// Row changes of an amendment: checked against a table, and put into it.
#ifndef ATTAIN_SERVICE_DOMAIN_TABLES_AMENDMENT_ROWS_H_
#define ATTAIN_SERVICE_DOMAIN_TABLES_AMENDMENT_ROWS_H_

#include "absl/status/status.h"
#include "attain/v1/amendment.pb.h"
#include "service/commit/transaction.h"
#include "service/model/table_model.h"

namespace attain::engine {

// The proposal as it is stored: row ids are given, the rows as they are now stand beside those to be. Errors
// name their place below "amendment.": INVALID_FIELD, RESOURCE_NOT_FOUND, ALREADY_EXISTS.
absl::StatusOr<disk::AmendmentState> ReadRowChanges(const v1::Amendment& amendment, const ResourceName& table,
                                                    const TableModel& model, Transaction& txn);

// Changes the table's rows. AMENDMENT_CONFLICT when one of them is no longer as it was when the amendment was
// proposed: then nothing that somebody else changed is lost. Other rows may have changed.
absl::Status PutRowChanges(const disk::AmendmentState& amendment, disk::TableState* state);

// A refusal of the amended table `state`, said of the row changes that brought it about.
absl::Status AtRowChanges(absl::Status status, const disk::AmendmentState& amendment,
                          const disk::TableState& state);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_TABLES_AMENDMENT_ROWS_H_
