// What changed between two states of one table: cells, and the points that moved with them.
#ifndef ATTAIN_SERVICE_DOMAIN_EVALUATIONS_DRIFT_H_
#define ATTAIN_SERVICE_DOMAIN_EVALUATIONS_DRIFT_H_

#include "absl/status/status.h"
#include "attain/v1/evaluation.pb.h"
#include "service/state/snapshot.h"

namespace attain::engine {

// From `before` to `after`, two views of the same table; `now` is where `after` was read. Who brought each
// value is looked up there.
absl::Status FillDrift(const TableView& before, const TableView& after, const Snapshot& now, v1::Drift* out);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_EVALUATIONS_DRIFT_H_
