// Stored states → values for scoring.
#ifndef ATTAIN_SERVICE_MODEL_COMPILE_H_
#define ATTAIN_SERVICE_MODEL_COMPILE_H_

#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attain/storage/v1/state.pb.h"
#include "service/model/table_model.h"
#include "service/scoring/model.h"

namespace attain::engine {

// A profile ready for scoring. DATA_LOSS when a stored number does not parse (it was checked before it was
// stored).
absl::StatusOr<scoring::Profile> CompileProfile(const disk::ProfileState& state);

// Rule options of a row or of a profile's defaults. INVALID_ARGUMENT naming the field ("pass_gate").
absl::StatusOr<scoring::RuleOptions> CompileOptions(const disk::RuleOptionsState& state);
absl::StatusOr<scoring::Indicator> CompileIndicator(const disk::IndicatorState& state);

// A table at revision `revision`, under the rules of `profile`. DATA_LOSS when a stored number does not
// parse.
absl::StatusOr<std::shared_ptr<const TableModel>> CompileTable(
    absl::string_view unit, absl::string_view table, disk::TableState state, uint64_t revision,
    std::shared_ptr<const scoring::Profile> profile);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_MODEL_COMPILE_H_
