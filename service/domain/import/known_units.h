// What is there already, for documents that name units and tables in words.
#ifndef ATTAIN_SERVICE_DOMAIN_IMPORT_KNOWN_UNITS_H_
#define ATTAIN_SERVICE_DOMAIN_IMPORT_KNOWN_UNITS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "service/state/reads.h"

namespace attain::engine {

struct NamedUnit {
  std::string id;
  std::string display_name;  // empty: there is no such unit yet
};

// The first unit with this display name, else the first whose name differs only in white space and
// full-width forms; of none, the first id of unit1, unit2, … that is free. Reads all units.
absl::StatusOr<NamedUnit> UnitNamed(const Reads& reads, absl::string_view display_name);

// The unit's tables in order of their ids, without their rows; "-": of all units. Reads all of them.
absl::StatusOr<std::vector<disk::TableState>> TableHeads(const Reads& reads, absl::string_view unit);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_IMPORT_KNOWN_UNITS_H_
