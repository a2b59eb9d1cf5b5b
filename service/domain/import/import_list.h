// Plain lists of figures into tables in force.
#ifndef ATTAIN_SERVICE_DOMAIN_IMPORT_IMPORT_LIST_H_
#define ATTAIN_SERVICE_DOMAIN_IMPORT_IMPORT_LIST_H_

#include <vector>

#include "absl/status/status.h"
#include "attain/v1/target_service.pb.h"
#include "service/commit/transaction.h"
#include "service/domain/import/figure_recorder.h"
#include "service/domain/import/import_prepare.h"
#include "service/domain/import/import_targets.h"

namespace attain::engine {

// Records prepared.lines. An indicator is named in full (units/…/indicators/…), by its ids (u/p1/i1; p1/i1
// where the request names the unit), or by its name within the project of the line, or among all tables of
// the unit where the line has none. Told, and the line left out: ACTUAL_UNMATCHED, ACTUAL_AMBIGUOUS,
// TABLE_UNMATCHED …, what FigureRecorder tells. REQUEST_TOO_LARGE above 10,000 lines. Does nothing without
// lines.
absl::Status RecordList(const v1::ImportDocumentRequest& request, const PreparedImport& prepared,
                        Transaction& txn, ImportTargets* targets, FigureRecorder* recorder,
                        v1::ImportDocumentResponse* response, std::vector<importing::Finding>* findings);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_IMPORT_IMPORT_LIST_H_
