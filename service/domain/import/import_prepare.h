// ImportDocument before it is decided: the document is read and understood on a worker, without the state.
#ifndef ATTAIN_SERVICE_DOMAIN_IMPORT_IMPORT_PREPARE_H_
#define ATTAIN_SERVICE_DOMAIN_IMPORT_IMPORT_PREPARE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "attain/storage/v1/event.pb.h"
#include "attain/v1/target_service.pb.h"
#include "service/api/document_source.h"
#include "service/importing/document.h"
#include "service/importing/uses/figure_list.h"
#include "service/state/snapshot.h"
#include "storage/store.h"

namespace attain::engine {

namespace disk = ::attain::storage::v1;

// What Command::prepare may use.
struct PrepareContext {
  const storage::Store& store;
  ModelCache* models;
  DocumentSource* documents;  // null: plain text alone
};

// A table of the document that was asked for.
struct PreparedTable {
  int number = 0;                 // in the document, from 1
  importing::ParsedTable parsed;  // without its rows, unless figures are taken from them
  v1::Table table;                // as it is to be declared
  int project = 0;                // how many project tables there are up to this one
  bool storable = true;           // false: findings say what keeps it out
};

// Everything that an import needs but the state.
struct PreparedImport {
  DocumentPtr source;
  std::shared_ptr<const scoring::Profile> profile;  // the newest version when it was prepared
  std::vector<PreparedTable> tables;
  int tables_read = 0;                         // in the document, also those that were not asked for
  std::vector<importing::ListedFigure> lines;  // of a plain list of figures; then there are no tables
  std::vector<importing::Finding> findings;    // by table and row
  std::vector<importing::Finding> to_confirm;  // of them, what has to be accepted and was not
  importing::Ledger ledger;
  std::string preview;  // stands for document, readers and profile
};

// By table and row, as they stand in the document.
void SortByPlace(std::vector<importing::Finding>* findings);

// Whether the request takes figures from the document, not target tables.
bool TakesFigures(v1::DocumentUse use);

// "profiles/national" when the request names none.
std::string ProfileNameOf(const v1::ImportDocumentRequest& request);

// Checks the request, opens the document and understands it by the newest version of the profile. Blocks; for
// a worker. UNREADABLE_DOCUMENT, RESOURCE_NOT_FOUND, REQUEST_TOO_LARGE, INVALID_FIELD.
absl::StatusOr<PreparedImport> PrepareImport(const v1::ImportDocumentRequest& request,
                                             const PrepareContext& context);

// The part of it that depends on the profile: for when that has changed meanwhile. Pure.
absl::StatusOr<PreparedImport> Understand(const v1::ImportDocumentRequest& request, DocumentPtr source,
                                          std::shared_ptr<const scoring::Profile> profile);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_IMPORT_IMPORT_PREPARE_H_
