#include "service/state/grades.h"

#include <vector>

#include "service/api/filter.h"
#include "service/api/macros.h"

namespace attain::engine {

absl::StatusOr<GradeOrder> GradesFor(const std::string& filter, const std::string& order_by,
                                     const Reads& reads) {
  GradeOrder order;
  if (!AsksForGrades(filter) && !AsksForGrades(order_by)) return order;
  RETURN_IF_ERROR(reads.ForEachProfile([&](const Found<disk::ProfileState>& profile) {
    std::vector<std::string> grades;  // a profile lists them from high to low
    for (const disk::GradeBandState& band : profile.state.grades()) grades.push_back(band.display_name());
    order.Add(grades);
    return true;
  }));
  return order;
}

}  // namespace attain::engine
