#include "service/state/grades.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "service/api/filter.h"
#include "service/api/macros.h"
#include "service/scoring/decimal.h"

namespace attain::engine {
namespace {

std::vector<std::string> HighestFirst(const disk::ProfileState& profile) {
  std::vector<std::pair<scoring::Decimal, std::string>> bands;
  for (const disk::GradeBandState& band : profile.grades())
    bands.emplace_back(scoring::Decimal::Parse(band.from()).value_or(scoring::Decimal()),
                       band.display_name());
  std::stable_sort(bands.begin(), bands.end(),
                   [](const auto& a, const auto& b) { return b.first < a.first; });
  std::vector<std::string> grades;
  for (auto& [from, grade] : bands) grades.push_back(std::move(grade));
  return grades;
}

}  // namespace

absl::StatusOr<GradeOrder> GradesFor(const std::string& filter, const std::string& order_by,
                                     const Reads& reads) {
  GradeOrder order;
  if (!AsksForGrades(filter) && !AsksForGrades(order_by)) return order;
  RETURN_IF_ERROR(reads.ForEachProfile([&](const Found<disk::ProfileState>& profile) {
    order.Add(HighestFirst(profile.state));
    return true;
  }));
  return order;
}

}  // namespace attain::engine
