// The state as the open group of the committer sees it: what is committed, with the writes of the group
// itself on top.
#ifndef ATTAIN_SERVICE_STATE_WORKING_STATE_H_
#define ATTAIN_SERVICE_STATE_WORKING_STATE_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "attain/storage/v1/state.pb.h"
#include "service/api/names.h"
#include "service/model/table_model.h"
#include "service/state/found.h"
#include "service/state/workspace.h"
#include "storage/store.h"

namespace attain::engine {

struct NamedUnit {
  std::string id;
  std::string display_name;  // empty: there is no such unit yet
};

// Thread-compatible. Errors are the store's, and those named below.
class WorkingState {
 public:
  // The open entry of `group` has this revision. Neither pointer is owned.
  WorkingState(storage::Group* group, Workspace* workspace, uint64_t revision)
      : group_(group), workspace_(workspace), revision_(revision) {}

  uint64_t revision() const { return revision_; }

  // Reads. UNIT_NOT_FOUND, TABLE_NOT_FOUND, PROFILE_NOT_FOUND, ACTUAL_NOT_FOUND.
  absl::StatusOr<Found<disk::UnitState>> GetUnit(absl::string_view unit);
  absl::StatusOr<WorkingTable*> GetTable(const ResourceName& name);
  absl::StatusOr<Found<disk::ProfileState>> GetProfile(absl::string_view profile);
  absl::StatusOr<Found<disk::ActualState>> GetActual(const ResourceName& name, const ActualId& id);
  // AMENDMENT_NOT_FOUND.
  absl::StatusOr<Found<disk::AmendmentState>> GetAmendment(const ResourceName& name);
  // Number of the table's newest amendment; 0 without.
  absl::StatusOr<int32_t> NewestAmendment(const ResourceName& table);
  // OPEN at revision 0 when nothing was handed in yet.
  absl::StatusOr<Found<disk::EvaluationState>> GetEvaluation(const ResourceName& table);
  // The running figure of a row of `model` from its reports dated on or before `last_day`, without a review;
  // empty means all of them.
  absl::StatusOr<Cell> CellBy(const ResourceName& indicator, const TableModel& model, int row,
                              absl::string_view last_day);
  absl::StatusOr<bool> Exists(const std::string& key);
  // Calls for every stored report of an indicator, in order of recording.
  absl::Status ForEachActual(const ResourceName& indicator,
                             absl::FunctionRef<void(const ActualId& id, const disk::ActualState&)> visit);
  // Whether the indicator ever had a report, a counting one or not.
  absl::StatusOr<bool> HasReports(const ResourceName& indicator);
  // The first unit with this display name, else the first whose name differs only in white space and
  // full-width forms; of none, the first id of unit1, unit2, … that is free. Reads all units.
  absl::StatusOr<NamedUnit> UnitNamed(absl::string_view display_name);
  // The unit's tables in order of their ids, without their rows. Reads all of them.
  absl::StatusOr<std::vector<disk::TableState>> TableHeads(absl::string_view unit);
  // The compiled profile of a table; version 0 means the newest.
  absl::StatusOr<std::shared_ptr<const scoring::Profile>> CompiledProfile(absl::string_view profile,
                                                                          int64_t version);

 protected:
  storage::Group* group() const { return group_; }
  Workspace* workspace() const { return workspace_; }

 private:
  storage::Group* const group_;
  Workspace* const workspace_;
  const uint64_t revision_;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_STATE_WORKING_STATE_H_
