// Two reads of one figure, with what it would be for every set of causes between them.
#ifndef ATTAIN_SERVICE_DOMAIN_QUESTIONS_DIFFERENCE_H_
#define ATTAIN_SERVICE_DOMAIN_QUESTIONS_DIFFERENCE_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "service/domain/questions/table_change.h"

namespace attain::engine {

// The two reads that are compared.
struct Ends {
  std::unique_ptr<Snapshot> from, to;
};

// The figure on one side, as shown.
struct Shown {
  std::string score, grade;
};

// What is to be told apart.
struct Difference {
  std::vector<Cause> causes;                     // that changed anything, in order of the enum
  std::vector<std::vector<uint64_t>> revisions;  // of each
  std::vector<scoring::Decimal> worth;           // by set of `causes`, bit i = causes[i]
  Shown before, after;
};

// The causes of a set, in order of the enum.
std::vector<Cause> CausesOf(CauseSet set);
// The set of those `causes` whose bit is set in `bits`.
CauseSet SetOf(const std::vector<Cause>& causes, size_t bits);
// What a defect is told as: the figures do not lead from one end to the other. Nobody is given parts that do
// not sum.
absl::Status DoNotAdd(absl::string_view name);

// Errors of GetScore at the later end; RESOURCE_NOT_FOUND when the row is at neither end.
absl::StatusOr<Difference> DifferenceOfTable(const Ends& ends, const ResourceName& name);
absl::StatusOr<Difference> DifferenceOfIndicator(const Ends& ends, const ResourceName& name);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_QUESTIONS_DIFFERENCE_H_
