// Tables, single, listed and held against the validator.
// Answered at one snapshot.
#ifndef ATTAIN_SERVICE_DOMAIN_TABLES_TABLE_QUERIES_H_
#define ATTAIN_SERVICE_DOMAIN_TABLES_TABLE_QUERIES_H_

#include "absl/status/status.h"
#include "attain/v1/target_service.pb.h"
#include "service/state/query_context.h"

namespace attain::engine {

absl::Status GetTable(const v1::GetTableRequest& request, const QueryContext& context,
                      v1::GetTableResponse* response);
absl::Status ListTables(const v1::ListTablesRequest& request, const QueryContext& context,
                        v1::ListTablesResponse* response);
absl::Status LintTable(const v1::LintTableRequest& request, const QueryContext& context,
                       v1::LintTableResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_TABLES_TABLE_QUERIES_H_
