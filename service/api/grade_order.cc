#include "service/api/grade_order.h"

#include <algorithm>

#include "absl/strings/str_join.h"

namespace attain::engine {

void GradeOrder::Add(const std::vector<std::string>& highest_first) {
  if (std::find(profiles_.begin(), profiles_.end(), highest_first) != profiles_.end()) return;
  profiles_.push_back(highest_first);
  for (const std::string& grade : highest_first) {
    if (!Has(grade)) words_.push_back(grade);
  }
}

std::optional<int> GradeOrder::Compare(absl::string_view a, absl::string_view b) const {
  if (a == b) return 0;
  std::optional<int> order;
  for (const std::vector<std::string>& grades : profiles_) {
    const auto at_a = std::find(grades.begin(), grades.end(), a);
    const auto at_b = std::find(grades.begin(), grades.end(), b);
    if (at_a == grades.end() || at_b == grades.end()) continue;
    const int here = at_a < at_b ? 1 : -1;
    if (order.has_value() && *order != here) return std::nullopt;
    order = here;
  }
  return order;
}

int GradeOrder::ComparePlaces(absl::string_view a, absl::string_view b) const {
  const auto at_a = std::find(words_.begin(), words_.end(), a);
  const auto at_b = std::find(words_.begin(), words_.end(), b);
  if (at_a == words_.end() && at_b == words_.end()) return a.compare(b);
  return at_a == at_b ? 0 : (at_a < at_b ? 1 : -1);
}

std::string GradeOrder::Words() const {
  return absl::StrJoin(words_, ", ");
}

bool GradeOrder::Has(absl::string_view grade) const {
  return std::find(words_.begin(), words_.end(), grade) != words_.end();
}

}  // namespace attain::engine
