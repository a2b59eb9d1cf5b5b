// ImportDocument for what was reached and spent: forms and lists into tables in force, in one commit.
#ifndef ATTAIN_SERVICE_DOMAIN_IMPORT_IMPORT_FIGURES_H_
#define ATTAIN_SERVICE_DOMAIN_IMPORT_IMPORT_FIGURES_H_

#include "absl/status/status.h"
#include "attain/v1/target_service.pb.h"
#include "service/commit/transaction.h"
#include "service/domain/import/import_prepare.h"

namespace attain::engine {

// Records what request.use() asks for and fills the answer's figures and scores; what was noticed is added to
// prepared.findings. Unless it is a dry run, CONFIRMATION_REQUIRED with those findings when a figure would be
// left out or looks like a slip and its code is not accepted, and UNREADABLE_DOCUMENT when there is no
// figure.
absl::Status ImportFigures(const v1::ImportDocumentRequest& request, PreparedImport& prepared,
                           Transaction& txn, v1::ImportDocumentResponse* response);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_IMPORT_IMPORT_FIGURES_H_
