#include "service/domain/tables/targets_on_day.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "attain/v1/amendment.pb.h"
#include "service/api/macros.h"
#include "service/model/compile.h"
#include "service/state/require.h"

namespace attain::engine {
namespace {

// Amendments that take effect after the day, the one approved last first.
absl::StatusOr<std::vector<disk::AmendmentState>> LaterThan(absl::string_view day, const ResourceName& table,
                                                            Transaction& txn) {
  std::vector<disk::AmendmentState> later;
  ASSIGN_OR_RETURN(const int32_t newest, txn.reads().NewestAmendment(table));
  for (int32_t number = 1; number <= newest; ++number) {
    ResourceName name = table;
    name.amendment = number;
    ASSIGN_OR_RETURN(Found<disk::AmendmentState> found, RequireAmendment(txn.reads(), name));
    const bool in_force = found.state.state() == v1::AMENDMENT_STATE_APPROVED;
    if (in_force && found.state.effective_date() > day) later.push_back(std::move(found.state));
  }
  std::sort(later.begin(), later.end(), [](const disk::AmendmentState& a, const disk::AmendmentState& b) {
    return a.approve_revision() > b.approve_revision();
  });
  return later;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const TableModel>> TargetsOnDay(const ResourceName& table,
                                                               std::shared_ptr<const TableModel> newest,
                                                               int row, absl::string_view day,
                                                               Transaction& txn) {
  if (newest->state.amendment_count() == 0 || newest->state.amend_date() <= day) return newest;
  disk::TableState state = newest->state;
  disk::IndicatorState* const indicator = state.mutable_indicators(row);
  ASSIGN_OR_RETURN(const std::vector<disk::AmendmentState> later, LaterThan(day, table, txn));
  for (const disk::AmendmentState& amendment : later) {
    if (amendment.profile_version_before() != 0)
      state.set_profile_version(amendment.profile_version_before());
    for (const disk::RowChangeState& change : amendment.rows()) {
      if (change.indicator().name() != indicator->name()) continue;
      if (change.kind() == v1::ROW_CHANGE_KIND_ADDED) return std::shared_ptr<const TableModel>();
      *indicator = change.before();
    }
  }
  ASSIGN_OR_RETURN(auto profile, txn.CompiledProfile(newest->profile->id, state.profile_version()));
  return CompileTable(newest->unit, newest->table, std::move(state), newest->revision, std::move(profile));
}

}  // namespace attain::engine
