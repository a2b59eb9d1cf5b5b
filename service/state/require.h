// What a request names and must be there: absent is a refusal that names it.
#ifndef ATTAIN_SERVICE_STATE_REQUIRE_H_
#define ATTAIN_SERVICE_STATE_REQUIRE_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attain/storage/v1/state.pb.h"
#include "service/api/names.h"
#include "service/state/found.h"
#include "service/state/reads.h"

namespace attain::engine {

// RESOURCE_NOT_FOUND.
absl::StatusOr<Found<disk::UnitState>> RequireUnit(const Reads& reads, absl::string_view unit);
// RESOURCE_NOT_FOUND; of a profile that has no such version it says which is the newest. version 0 = the
// newest.
absl::StatusOr<Found<disk::ProfileState>> RequireProfile(const Reads& reads, absl::string_view profile,
                                                         int64_t version = 0);
// RESOURCE_NOT_FOUND.
absl::StatusOr<Found<disk::TableState>> RequireTable(const Reads& reads, const ResourceName& table);
// RESOURCE_NOT_FOUND.
absl::StatusOr<Found<disk::ActualState>> RequireActual(const Reads& reads, const ResourceName& indicator,
                                                       const ActualId& id);
// RESOURCE_NOT_FOUND.
absl::StatusOr<Found<disk::AmendmentState>> RequireAmendment(const Reads& reads,
                                                             const ResourceName& amendment);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_STATE_REQUIRE_H_
