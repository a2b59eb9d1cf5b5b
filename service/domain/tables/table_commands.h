// Tables: declaration and the steps of their life up to closing (RULES 4).
// Commands as transaction.h has them.
#ifndef ATTAIN_SERVICE_DOMAIN_TABLES_TABLE_COMMANDS_H_
#define ATTAIN_SERVICE_DOMAIN_TABLES_TABLE_COMMANDS_H_

#include "absl/status/status.h"
#include "attain/storage/v1/event.pb.h"
#include "attain/v1/table.pb.h"
#include "attain/v1/target_service.pb.h"
#include "service/commit/transaction.h"

namespace attain::engine {

absl::Status CreateTable(const v1::CreateTableRequest& request, Transaction& txn,
                         v1::CreateTableResponse* response);
// CreateTable for a table whose shape was checked already and whose findings are known: it came from
// `source`.
absl::Status DeclareTable(const v1::CreateTableRequest& request, const disk::ImportSource& source,
                          Transaction& txn, v1::Table* table);
absl::Status UpdateTable(const v1::UpdateTableRequest& request, Transaction& txn,
                         v1::UpdateTableResponse* response);
absl::Status SubmitTable(const v1::SubmitTableRequest& request, Transaction& txn,
                         v1::SubmitTableResponse* response);
absl::Status ApproveTable(const v1::ApproveTableRequest& request, Transaction& txn,
                          v1::ApproveTableResponse* response);
absl::Status ReturnTable(const v1::ReturnTableRequest& request, Transaction& txn,
                         v1::ReturnTableResponse* response);
absl::Status WithdrawTable(const v1::WithdrawTableRequest& request, Transaction& txn,
                           v1::WithdrawTableResponse* response);
absl::Status CloseTable(const v1::CloseTableRequest& request, Transaction& txn,
                        v1::CloseTableResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_TABLES_TABLE_COMMANDS_H_
