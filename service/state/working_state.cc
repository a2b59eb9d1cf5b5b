#include "service/state/working_state.h"

#include <algorithm>
#include <utility>

#include "attain/v1/actual.pb.h"
#include "service/api/macros.h"
#include "service/model/board_codec.h"
#include "service/model/compile.h"
#include "service/state/keys.h"
#include "service/state/require.h"

namespace attain::engine {
absl::StatusOr<std::shared_ptr<const scoring::Profile>> WorkingState::CompiledProfile(
    absl::string_view profile, int64_t version) {
  if (version == 0) {
    ASSIGN_OR_RETURN(const Found<disk::ProfileState> newest, RequireProfile(reads_, profile));
    version = newest.state.version();
  }
  const std::string key = ProfileVersionKey(profile, version);
  auto it = workspace_->profiles.find(key);
  if (it != workspace_->profiles.end()) return it->second;
  ASSIGN_OR_RETURN(const Found<disk::ProfileState> found, RequireProfile(reads_, profile, version));
  ASSIGN_OR_RETURN(scoring::Profile compiled, CompileProfile(found.state));
  auto shared = std::make_shared<const scoring::Profile>(std::move(compiled));
  workspace_->profiles[key] = shared;
  return shared;
}

absl::StatusOr<WorkingTable*> WorkingState::GetTable(const ResourceName& name) {
  const std::string key = TableKey(name.unit, name.table);
  if (WorkingTable* found = workspace_->Find(key)) return found;
  ASSIGN_OR_RETURN(Found<disk::TableState> found, RequireTable(reads_, name));
  const std::string profile = found.state.profile().substr(found.state.profile().find('/') + 1);
  ASSIGN_OR_RETURN(std::shared_ptr<const scoring::Profile> compiled,
                   CompiledProfile(profile, found.state.profile_version()));
  WorkingTable working;
  ASSIGN_OR_RETURN(working.thread, reads_.Thread(name));
  working.thread = std::max(working.thread, found.revision);
  ASSIGN_OR_RETURN(working.model,
                   CompileTable(name.unit, name.table, std::move(found.state), found.revision, compiled));
  ASSIGN_OR_RETURN(const std::optional<Found<disk::BoardState>> board, reads_.Board(name));
  if (board.has_value()) {
    working.thread = std::max(working.thread, board->revision);
    ASSIGN_OR_RETURN(working.board, FromDisk(*working.model, board->state));
  }
  return workspace_->Insert(key, std::move(working));
}

absl::StatusOr<Cell> WorkingState::CellBy(const ResourceName& indicator, const TableModel& model, int row,
                                          absl::string_view last_day) {
  Cell cell;
  RETURN_IF_ERROR(reads_.ForEachActual(
      indicator, [&](const std::string&, const ActualId& id, const Found<disk::ActualState>& found) {
        const disk::ActualState& actual = found.state;
        const bool counts =
            actual.state() == v1::ACTUAL_STATE_ACTIVE && (last_day.empty() || actual.date() <= last_day);
        if (counts) Accumulate(model, row, actual, id.ToString(), &cell);
        return true;
      }));
  return cell;
}

}  // namespace attain::engine
