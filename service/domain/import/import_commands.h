// A document → a unit and its tables, all or nothing. What stands in it was read before: see
// import_prepare.h.
// Commands as transaction.h has them.
#ifndef ATTAIN_SERVICE_DOMAIN_IMPORT_IMPORT_COMMANDS_H_
#define ATTAIN_SERVICE_DOMAIN_IMPORT_IMPORT_COMMANDS_H_

#include "absl/status/status.h"
#include "attain/v1/target_service.pb.h"
#include "service/commit/transaction.h"
#include "service/domain/import/import_prepare.h"

namespace attain::engine {

absl::Status ImportDocument(const v1::ImportDocumentRequest& request, PreparedImport& prepared,
                            Transaction& txn, v1::ImportDocumentResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_IMPORT_IMPORT_COMMANDS_H_
