#include "service/state/working_state.h"

#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "attain/v1/actual.pb.h"
#include "attain/v1/evaluation.pb.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/importing/values/fold_name.h"
#include "service/model/board_codec.h"
#include "service/model/compile.h"
#include "service/state/keys.h"

namespace attain::engine {
namespace {

// Parses a stored message; bytes that do not parse are damage.
template <typename State>
absl::StatusOr<Found<State>> Decode(const std::optional<storage::Versioned>& value,
                                    const absl::Status& not_found) {
  if (!value.has_value()) return not_found;
  Found<State> found;
  found.revision = value->revision;
  if (!found.state.ParseFromString(value->value))
    return FromStore(absl::DataLossError("stored value does not parse"));
  return found;
}

}  // namespace

absl::StatusOr<bool> WorkingState::Exists(const std::string& key) {
  ASSIGN_OR_RETURN(const std::optional<storage::Versioned> value, group_->Get(key));
  return value.has_value();
}

absl::StatusOr<Found<disk::UnitState>> WorkingState::GetUnit(absl::string_view unit) {
  ASSIGN_OR_RETURN(const std::optional<storage::Versioned> value, group_->Get(UnitKey(unit)));
  return Decode<disk::UnitState>(value,
                                 NotFound(v1::ERROR_REASON_UNIT_NOT_FOUND, absl::StrCat("units/", unit)));
}

absl::StatusOr<NamedUnit> WorkingState::UnitNamed(absl::string_view display_name) {
  const std::string folded = importing::FoldName(display_name);
  NamedUnit same, alike;
  absl::flat_hash_set<std::string> taken;
  bool damaged = false;
  const KeyRange range = AllUnits();
  RETURN_IF_ERROR(group_->Scan(
      range.begin, range.end, [&](absl::string_view key, storage::Revision, absl::string_view value) {
        std::string id;
        disk::UnitState unit;
        damaged =
            !ParseUnitKey(key, &id) || !unit.ParseFromArray(value.data(), static_cast<int>(value.size()));
        if (damaged) return false;
        const bool is_same = !folded.empty() && unit.display_name() == display_name;
        if (is_same) same = {id, unit.display_name()};
        if (alike.id.empty() && !folded.empty() && importing::FoldName(unit.display_name()) == folded) {
          alike = {id, unit.display_name()};
        }
        taken.insert(std::move(id));
        return !is_same;
      }));
  if (damaged) return FromStore(absl::DataLossError("a stored unit does not parse"));
  if (!same.id.empty()) return same;
  for (int number = 1; alike.id.empty(); ++number) {
    if (std::string id = absl::StrCat("unit", number); !taken.contains(id)) alike.id = std::move(id);
  }
  return alike;
}

absl::StatusOr<std::vector<disk::TableState>> WorkingState::TableHeads(absl::string_view unit) {
  std::vector<disk::TableState> tables;
  bool damaged = false;
  const KeyRange range = TablesOf(unit);
  RETURN_IF_ERROR(group_->Scan(
      range.begin, range.end, [&](absl::string_view, storage::Revision, absl::string_view value) {
        disk::TableState& table = tables.emplace_back();
        damaged = !table.ParseFromArray(value.data(), static_cast<int>(value.size()));
        table.clear_indicators();
        return !damaged;
      }));
  if (damaged) return FromStore(absl::DataLossError("a stored table does not parse"));
  return tables;
}

absl::StatusOr<Found<disk::ProfileState>> WorkingState::GetProfile(absl::string_view profile) {
  ASSIGN_OR_RETURN(const std::optional<storage::Versioned> value, group_->Get(ProfileKey(profile)));
  return Decode<disk::ProfileState>(
      value, NotFound(v1::ERROR_REASON_PROFILE_NOT_FOUND, absl::StrCat("profiles/", profile)));
}

absl::StatusOr<Found<disk::ActualState>> WorkingState::GetActual(const ResourceName& name,
                                                                 const ActualId& id) {
  ASSIGN_OR_RETURN(const std::optional<storage::Versioned> value,
                   group_->Get(ActualKey(name.unit, name.table, name.indicator, id)));
  return Decode<disk::ActualState>(value,
                                   NotFound(v1::ERROR_REASON_ACTUAL_NOT_FOUND,
                                            absl::StrCat(name.Indicator(), "/actuals/", id.ToString())));
}

absl::StatusOr<Found<disk::AmendmentState>> WorkingState::GetAmendment(const ResourceName& name) {
  ASSIGN_OR_RETURN(const std::optional<storage::Versioned> value,
                   group_->Get(AmendmentKey(name.unit, name.table, name.amendment)));
  return Decode<disk::AmendmentState>(value,
                                      NotFound(v1::ERROR_REASON_AMENDMENT_NOT_FOUND, name.Amendment()));
}

absl::StatusOr<int32_t> WorkingState::NewestAmendment(const ResourceName& table) {
  int32_t newest = 0;
  const KeyRange range = AmendmentsOf(table.unit, table.table);
  RETURN_IF_ERROR(
      group_->Scan(range.begin, range.end, [&](absl::string_view, storage::Revision, absl::string_view) {
        ++newest;  // numbers have no gaps
        return true;
      }));
  return newest;
}

absl::StatusOr<Found<disk::EvaluationState>> WorkingState::GetEvaluation(const ResourceName& table) {
  ASSIGN_OR_RETURN(const std::optional<storage::Versioned> value,
                   group_->Get(EvaluationKey(table.unit, table.table)));
  if (value.has_value()) return Decode<disk::EvaluationState>(value, absl::OkStatus());
  Found<disk::EvaluationState> open;
  open.state.set_state(v1::EVALUATION_STATE_OPEN);
  return open;
}

absl::StatusOr<bool> WorkingState::HasReports(const ResourceName& indicator) {
  bool found = false;
  const KeyRange range = ActualsOf(indicator.unit, indicator.table, indicator.indicator);
  RETURN_IF_ERROR(
      group_->Scan(range.begin, range.end, [&](absl::string_view, storage::Revision, absl::string_view) {
        found = true;
        return false;
      }));
  return found;
}

absl::StatusOr<std::shared_ptr<const scoring::Profile>> WorkingState::CompiledProfile(
    absl::string_view profile, int64_t version) {
  if (version == 0) {
    ASSIGN_OR_RETURN(const Found<disk::ProfileState> newest, GetProfile(profile));
    version = newest.state.version();
  }
  const std::string key = ProfileVersionKey(profile, version);
  auto it = workspace_->profiles.find(key);
  if (it != workspace_->profiles.end()) return it->second;
  ASSIGN_OR_RETURN(const std::optional<storage::Versioned> value, group_->Get(key));
  ASSIGN_OR_RETURN(const Found<disk::ProfileState> found,
                   Decode<disk::ProfileState>(value, NotFound(v1::ERROR_REASON_PROFILE_NOT_FOUND,
                                                              absl::StrCat("profiles/", profile))));
  ASSIGN_OR_RETURN(scoring::Profile compiled, CompileProfile(found.state));
  auto shared = std::make_shared<const scoring::Profile>(std::move(compiled));
  workspace_->profiles[key] = shared;
  return shared;
}

absl::StatusOr<WorkingTable*> WorkingState::GetTable(const ResourceName& name) {
  const std::string key = TableKey(name.unit, name.table);
  if (WorkingTable* found = workspace_->Find(key)) return found;
  ASSIGN_OR_RETURN(const std::optional<storage::Versioned> value, group_->Get(key));
  ASSIGN_OR_RETURN(Found<disk::TableState> found,
                   Decode<disk::TableState>(value, NotFound(v1::ERROR_REASON_TABLE_NOT_FOUND, name.Table())));
  const std::string profile = found.state.profile().substr(found.state.profile().find('/') + 1);
  ASSIGN_OR_RETURN(std::shared_ptr<const scoring::Profile> compiled,
                   CompiledProfile(profile, found.state.profile_version()));
  WorkingTable working;
  ASSIGN_OR_RETURN(working.model,
                   CompileTable(name.unit, name.table, std::move(found.state), found.revision, compiled));
  ASSIGN_OR_RETURN(const std::optional<storage::Versioned> board,
                   group_->Get(BoardKey(name.unit, name.table)));
  if (board.has_value()) {
    disk::BoardState state;
    if (!state.ParseFromString(board->value)) return FromStore(absl::DataLossError("board does not parse"));
    ASSIGN_OR_RETURN(working.board, FromDisk(*working.model, state));
  }
  return workspace_->Insert(key, std::move(working));
}

absl::Status WorkingState::ForEachActual(
    const ResourceName& indicator,
    absl::FunctionRef<void(const ActualId& id, const disk::ActualState&)> visit) {
  absl::Status failed;
  const KeyRange range = ActualsOf(indicator.unit, indicator.table, indicator.indicator);
  RETURN_IF_ERROR(group_->Scan(range.begin, range.end,
                               [&](absl::string_view key, storage::Revision, absl::string_view value) {
                                 disk::ActualState actual;
                                 std::string ignored;
                                 ActualId id;
                                 if (!ParseActualKey(key, &ignored, &id) ||
                                     !actual.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
                                   failed = absl::DataLossError("a stored report does not parse");
                                   return false;
                                 }
                                 visit(id, actual);
                                 return true;
                               }));
  return failed;
}

absl::StatusOr<Cell> WorkingState::CellBy(const ResourceName& indicator, const TableModel& model, int row,
                                          absl::string_view last_day) {
  Cell cell;
  RETURN_IF_ERROR(ForEachActual(indicator, [&](const ActualId& id, const disk::ActualState& actual) {
    const bool counts =
        actual.state() == v1::ACTUAL_STATE_ACTIVE && (last_day.empty() || actual.date() <= last_day);
    if (counts) Accumulate(model, row, actual, id.ToString(), &cell);
  }));
  return cell;
}

}  // namespace attain::engine
