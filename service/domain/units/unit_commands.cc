#include "service/domain/units/unit_commands.h"

#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/api/text_limits.h"
#include "service/api/update_mask.h"
#include "service/model/mirror.h"
#include "service/state/keys.h"
#include "service/state/require.h"

namespace attain::engine {
namespace {

constexpr size_t kMaxDisplayName = 200;  // characters

absl::Status CheckUnit(const v1::Unit& unit, Transaction& txn) {
  if (IsBlank(unit.display_name()))
    return CheckRequired("unit.display_name", unit.display_name(), kMaxDisplayName);
  RETURN_IF_ERROR(CheckName("unit.display_name", unit.display_name(), kMaxDisplayName));
  if (unit.parent().empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const ResourceName parent, ParseUnitName("unit.parent", unit.parent()));
  return RequireUnit(txn.reads(), parent.unit).status();
}

// The units above `parent` must not lead back to `unit`.
absl::Status CheckNoCycle(const std::string& unit, std::string parent, Transaction& txn) {
  absl::flat_hash_set<std::string> seen;
  while (!parent.empty() && seen.insert(parent).second) {
    if (parent == unit) {
      return BadField("unit.parent", v1::ERROR_REASON_INVALID_FIELD,
                      {"单位不能是自己的主管部门，也不能由自己的下级主管。",
                       "A unit cannot supervise itself, nor be supervised by a unit below it."});
    }
    ASSIGN_OR_RETURN(const ResourceName name, ParseUnitName("unit.parent", parent));
    ASSIGN_OR_RETURN(const Found<disk::UnitState> above, RequireUnit(txn.reads(), name.unit));
    parent = above.state.parent();
  }
  return absl::OkStatus();
}

absl::Status Put(disk::UnitState state, Transaction& txn, v1::Unit* unit) {
  state.set_update_time_us(txn.time_us());
  *unit = ToPublic(state, txn.revision());
  disk::Event event;
  *event.mutable_unit_set() = std::move(state);
  return txn.Emit(std::move(event));
}

}  // namespace

absl::Status CreateUnit(const v1::CreateUnitRequest& request, Transaction& txn,
                        v1::CreateUnitResponse* response) {
  RETURN_IF_ERROR(CheckId("unit_id", request.unit_id()));
  RETURN_IF_ERROR(CheckUnit(request.unit(), txn));
  ASSIGN_OR_RETURN(const bool exists, txn.reads().Exists(UnitKey(request.unit_id())));
  if (exists) return AlreadyExists(absl::StrCat("units/", request.unit_id()));
  disk::UnitState state;
  state.set_name(absl::StrCat("units/", request.unit_id()));
  state.set_display_name(request.unit().display_name());
  state.set_parent(request.unit().parent());
  state.set_create_time_us(txn.time_us());
  return Put(std::move(state), txn, response->mutable_unit());
}

absl::Status UpdateUnit(const v1::UpdateUnitRequest& request, Transaction& txn,
                        v1::UpdateUnitResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseUnitName("unit.name", request.unit().name()));
  ASSIGN_OR_RETURN(Found<disk::UnitState> found, RequireUnit(txn.reads(), name.unit));
  v1::Unit unit = ToPublic(found.state, found.revision);
  RETURN_IF_ERROR(Update(request.update_mask(), request.unit(), &unit));
  RETURN_IF_ERROR(CheckUnit(unit, txn));
  const std::string etag = absl::StrCat(found.revision);
  if (request.unit().etag() != etag) return StaleEtag(request.unit().name(), request.unit().etag(), etag);
  RETURN_IF_ERROR(CheckNoCycle(request.unit().name(), unit.parent(), txn));
  found.state.set_display_name(unit.display_name());
  found.state.set_parent(unit.parent());
  return Put(std::move(found.state), txn, response->mutable_unit());
}

}  // namespace attain::engine
