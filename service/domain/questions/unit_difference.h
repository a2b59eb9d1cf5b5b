// A unit's difference: the roll-up of its tables with each cause let in for all of them at once.
#ifndef ATTAIN_SERVICE_DOMAIN_QUESTIONS_UNIT_DIFFERENCE_H_
#define ATTAIN_SERVICE_DOMAIN_QUESTIONS_UNIT_DIFFERENCE_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "service/api/names.h"
#include "service/domain/questions/difference.h"

namespace attain::engine {

// Each cause is let in for all tables of the year at once; fiscal_year 0 = the newest at the later end.
absl::StatusOr<Difference> DifferenceOfUnit(const Ends& ends, const ResourceName& name, int32_t fiscal_year);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_DOMAIN_QUESTIONS_UNIT_DIFFERENCE_H_
