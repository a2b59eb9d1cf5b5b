// Which grade is the better one: grades are words of the profiles (优, 良 …), so only those tell.
#ifndef ATTAIN_SERVICE_API_GRADE_ORDER_H_
#define ATTAIN_SERVICE_API_GRADE_ORDER_H_

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace attain::engine {

// Thread-compatible.
class GradeOrder {
 public:
  // The grades of one profile, highest first.
  void Add(const std::vector<std::string>& highest_first);
  // Negative when `a` is the lower one, zero when they are the same, positive when it is the higher one.
  // Nothing when no profile has both, or when two profiles do not agree.
  std::optional<int> Compare(absl::string_view a, absl::string_view b) const;
  // The same as one order over all words, for sorting: those of the first profile, then those that the next
  // one adds; words of no profile are the lowest, by their bytes.
  int ComparePlaces(absl::string_view a, absl::string_view b) const;
  // Of all profiles, each once: "优, 良, 中, 差".
  std::string Words() const;
  bool Has(absl::string_view grade) const;

 private:
  std::vector<std::vector<std::string>> profiles_;  // each order once
  std::vector<std::string> words_;                  // of all of them, each once
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_API_GRADE_ORDER_H_
