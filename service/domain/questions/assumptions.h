// What-if: assumed values in place of what was reported. Nothing is stored.
#ifndef ATTAIN_SERVICE_DOMAIN_QUESTIONS_ASSUMPTIONS_H_
#define ATTAIN_SERVICE_DOMAIN_QUESTIONS_ASSUMPTIONS_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attain/v1/scoring_service.pb.h"
#include "service/state/snapshot.h"

namespace attain::engine {

// The view's board with the assumed values and money, scored. A value stands in place of the row's figure,
// whatever its reports add up to, and has no date; typed deductions stay. Errors of ReadReport with the path
// "values[i].…", or RESOURCE_NOT_FOUND, INVALID_FIELD (a doubled or not applicable row, or one of another
// table), REQUEST_TOO_LARGE.
absl::StatusOr<Board> Assume(const TableView& view, const v1::SimulateScoreRequest& request);

// The row of an indicator named in `field`. INVALID_NAME, INVALID_FIELD for one of another table,
// RESOURCE_NOT_FOUND.
absl::StatusOr<int> FindRow(const TableModel& model, const std::string& field, const std::string& indicator);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_QUESTIONS_ASSUMPTIONS_H_
