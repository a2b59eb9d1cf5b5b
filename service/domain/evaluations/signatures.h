// Acts that pinned a revision of a table: approval, amendments, hand-ins, confirmations.
#ifndef ATTAIN_SERVICE_DOMAIN_EVALUATIONS_SIGNATURES_H_
#define ATTAIN_SERVICE_DOMAIN_EVALUATIONS_SIGNATURES_H_

#include "absl/status/status.h"
#include "attain/v1/evaluation.pb.h"
#include "service/state/query_context.h"
#include "service/state/snapshot.h"

namespace attain::engine {

// Fills `out` with the signatures known at the snapshot's revision, oldest first, each with time and hash of
// its journal entry.
absl::Status FillSignatures(const Snapshot& snapshot, const TableModel& model, const QueryContext& context,
                            v1::Evaluation* out);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_EVALUATIONS_SIGNATURES_H_
