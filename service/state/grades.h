// The grades that profiles have, for filters and orders that compare them.
#ifndef ATTAIN_SERVICE_STATE_GRADES_H_
#define ATTAIN_SERVICE_STATE_GRADES_H_

#include <string>

#include "absl/status/statusor.h"
#include "service/api/grade_order.h"
#include "service/state/reads.h"

namespace attain::engine {

// Of the newest version of each profile at that state. Empty when neither text asks for grades.
absl::StatusOr<GradeOrder> GradesFor(const std::string& filter, const std::string& order_by,
                                     const Reads& reads);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_STATE_GRADES_H_
