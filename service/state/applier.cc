#include "service/state/applier.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "attain/v1/actual.pb.h"
#include "attain/v1/evaluation.pb.h"
#include "attain/v1/table.pb.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/model/board_codec.h"
#include "service/model/compile.h"
#include "service/state/keys.h"

namespace attain::engine {

absl::Status Applier::Apply(const disk::Event& event) {
  switch (event.kind_case()) {
    case disk::Event::kUnitSet: {
      ASSIGN_OR_RETURN(const ResourceName name, ParseUnitName("unit", event.unit_set().name()));
      group()->Put(UnitKey(name.unit), event.unit_set().SerializeAsString());
      return absl::OkStatus();
    }
    case disk::Event::kProfileSet: {
      ASSIGN_OR_RETURN(const ResourceName name, ParseProfileName("profile", event.profile_set().name()));
      const std::string bytes = event.profile_set().SerializeAsString();
      group()->Put(ProfileKey(name.profile), bytes);
      group()->Put(ProfileVersionKey(name.profile, event.profile_set().version()), bytes);
      return absl::OkStatus();
    }
    case disk::Event::kTableSet:
      return ApplyTable(event.table_set());
    case disk::Event::kActualRecorded:
      return ApplyActual(event.actual_recorded());
    case disk::Event::kActualRetracted:
      return ApplyRetraction(event.actual_retracted());
    case disk::Event::kSpendingRecorded:
      return ApplySpending(event.spending_recorded());
    case disk::Event::kAmendmentSet: {
      ASSIGN_OR_RETURN(const ResourceName name, ParseTableName("table", event.amendment_set().table()));
      const disk::AmendmentState& amendment = event.amendment_set().amendment();
      group()->Put(AmendmentKey(name.unit, name.table, amendment.number()), amendment.SerializeAsString());
      return absl::OkStatus();
    }
    case disk::Event::kEvaluationSet:
      return ApplyEvaluation(event.evaluation_set());
    case disk::Event::kReviewRecorded:
      return ApplyReview(event.review_recorded());
    case disk::Event::kOutlookRecorded: {
      const disk::OutlookRecorded& recorded = event.outlook_recorded();
      ASSIGN_OR_RETURN(const ResourceName name, ParseTableName("table", recorded.table()));
      group()->Put(OutlookKey(name.unit, name.table, recorded.indicator()),
                   recorded.outlook().SerializeAsString());
      return absl::OkStatus();
    }
    case disk::Event::KIND_NOT_SET:
      break;
  }
  return absl::DataLossError("an event of unknown kind: the journal was written by a newer version");
}

absl::StatusOr<WorkingTable*> Applier::Working(absl::string_view table_name, ResourceName* name) {
  ASSIGN_OR_RETURN(*name, ParseTableName("table", table_name));
  return GetTable(*name);
}

absl::Status Applier::ApplyTable(const disk::TableSet& event) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseTableName("table", event.table().name()));
  const std::string key = TableKey(name.unit, name.table);
  WorkingTable before;
  ASSIGN_OR_RETURN(const bool existed, Exists(key));
  if (existed) {
    ASSIGN_OR_RETURN(WorkingTable * there, GetTable(name));
    RETURN_IF_ERROR(LeaveUnit(*there));
    before = *there;
  }
  disk::TableState state = event.table();
  if (!event.source_text().empty()) state.set_source_revision(static_cast<int64_t>(revision()));
  group()->Put(key, state.SerializeAsString());
  const std::string profile = state.profile().substr(state.profile().find('/') + 1);
  ASSIGN_OR_RETURN(std::shared_ptr<const scoring::Profile> compiled,
                   CompiledProfile(profile, state.profile_version()));
  WorkingTable working;
  ASSIGN_OR_RETURN(working.model,
                   CompileTable(name.unit, name.table, std::move(state), revision(), compiled));
  if (working.model->in_force()) RETURN_IF_ERROR(CarryBoard(name, before, &working));
  if (before.touched_at != revision()) touched_tables_.push_back(key);
  working.touched_at = revision();
  WorkingTable* now = workspace()->Insert(key, std::move(working));
  RETURN_IF_ERROR(AdoptVersion(*now));
  return JoinUnit(now);
}

absl::Status Applier::AdoptVersion(const WorkingTable& working) {
  const TableModel& model = *working.model;
  if (!TakesPart(model)) return absl::OkStatus();
  ASSIGN_OR_RETURN(WorkingUnitBoard * board, UnitBoard(working));
  if (board->header.profile() != model.state.profile() ||
      board->header.profile_version() >= model.profile->version) {
    return absl::OkStatus();
  }
  board->header.set_profile_version(model.profile->version);
  if (board->rollup == model.profile->rollup) return absl::OkStatus();
  board->rollup = model.profile->rollup;
  board->sums = {};
  std::vector<ResourceName> tables;
  const KeyRange range = TablesOf(model.unit);
  RETURN_IF_ERROR(
      group()->Scan(range.begin, range.end, [&](absl::string_view key, storage::Revision, absl::string_view) {
        ResourceName name{ResourceName::kTable, "", "", "", "", ""};
        if (ParseTableKey(key, &name.unit, &name.table) && name.table != model.table)
          tables.push_back(std::move(name));
        return true;
      }));
  for (const ResourceName& name : tables) {
    ASSIGN_OR_RETURN(const WorkingTable* other, GetTable(name));
    const bool counts = TakesPart(*other->model) && other->board.has_value() &&
                        other->unit_board_key == working.unit_board_key;
    if (counts) board->sums += SumsOf(board->rollup, *other->board);
  }
  return absl::OkStatus();
}

// The board of a table's new version: as it was, except for rows that an amendment changed.
absl::Status Applier::CarryBoard(const ResourceName& name, const WorkingTable& before,
                                 WorkingTable* working) {
  if (!before.board.has_value()) {
    working->board = EmptyBoard(*working->model);
    return absl::OkStatus();
  }
  std::vector<int> recompute;
  working->board = Amended(*before.model, *before.board, *working->model, &recompute);
  for (const int row : recompute) {
    ResourceName indicator = name;
    indicator.indicator = working->model->rows[row].id;
    RETURN_IF_ERROR(RecomputeCell(indicator, working, row));
  }
  if (working->model->state.amendment_count() != before.model->state.amendment_count())
    working->board->revision = revision();
  Rescore(*working->model, -1, &*working->board);
  return absl::OkStatus();
}

absl::Status Applier::ApplyActual(const disk::ActualRecorded& event) {
  ResourceName name;
  ASSIGN_OR_RETURN(WorkingTable * working, Working(event.table(), &name));
  ASSIGN_OR_RETURN(const ActualId id, ActualId::Parse(event.actual_id()));
  const auto row = working->model->row_by_id.find(event.indicator());
  if (row == working->model->row_by_id.end() || !working->board.has_value()) {
    return absl::DataLossError(absl::StrCat("a report on ", event.table(), "/indicators/", event.indicator(),
                                            ", which is not in force"));
  }
  RETURN_IF_ERROR(LeaveUnit(*working));
  group()->Put(ActualKey(name.unit, name.table, event.indicator(), id), event.actual().SerializeAsString());
  name.indicator = event.indicator();
  if (event.actual().corrects().empty()) {
    AddReport(*working->model, row->second, event.actual(), event.actual_id(), revision(), &*working->board);
  } else {
    ASSIGN_OR_RETURN(const ActualId old_id, ActualId::Parse(event.actual().corrects()));
    ASSIGN_OR_RETURN(Found<disk::ActualState> old, GetActual(name, old_id));
    old.state.set_state(v1::ACTUAL_STATE_CORRECTED);
    old.state.set_corrected_by(event.actual_id());
    group()->Put(ActualKey(name.unit, name.table, event.indicator(), old_id), old.state.SerializeAsString());
    RETURN_IF_ERROR(RecomputeCell(name, working, row->second));
    working->board->revision = revision();
    Rescore(*working->model, row->second, &*working->board);
  }
  return JoinUnit(working);
}

absl::Status Applier::ApplyRetraction(const disk::ActualRetracted& event) {
  ResourceName name;
  ASSIGN_OR_RETURN(WorkingTable * working, Working(event.table(), &name));
  ASSIGN_OR_RETURN(const ActualId id, ActualId::Parse(event.actual_id()));
  const auto row = working->model->row_by_id.find(event.indicator());
  if (row == working->model->row_by_id.end() || !working->board.has_value()) {
    return absl::DataLossError(absl::StrCat("a retraction on ", event.table(), ", which is not in force"));
  }
  name.indicator = event.indicator();
  ASSIGN_OR_RETURN(Found<disk::ActualState> old, GetActual(name, id));
  RETURN_IF_ERROR(LeaveUnit(*working));
  old.state.set_state(v1::ACTUAL_STATE_RETRACTED);
  old.state.set_change_reason(event.change_reason());
  group()->Put(ActualKey(name.unit, name.table, event.indicator(), id), old.state.SerializeAsString());
  RETURN_IF_ERROR(RecomputeCell(name, working, row->second));
  working->board->revision = revision();
  Rescore(*working->model, row->second, &*working->board);
  return JoinUnit(working);
}

absl::Status Applier::ApplySpending(const disk::SpendingRecorded& event) {
  ResourceName name;
  ASSIGN_OR_RETURN(WorkingTable * working, Working(event.table(), &name));
  if (!working->board.has_value()) {
    return absl::DataLossError(absl::StrCat("spending on ", event.table(), ", which is not in force"));
  }
  RETURN_IF_ERROR(LeaveUnit(*working));
  group()->Put(SpendingKey(name.unit, name.table, revision()), event.spending().SerializeAsString());
  Accumulate(event.spending(), &*working->board);
  working->board->revision = revision();
  Retotal(*working->model, &*working->board);
  return JoinUnit(working);
}

absl::Status Applier::ApplyEvaluation(const disk::EvaluationSet& event) {
  ResourceName name;
  ASSIGN_OR_RETURN(WorkingTable * working, Working(event.table(), &name));
  if (!working->board.has_value())
    return absl::DataLossError(absl::StrCat("an evaluation of ", event.table(), ", which is not in force"));
  RETURN_IF_ERROR(LeaveUnit(*working));
  group()->Put(EvaluationKey(name.unit, name.table), event.evaluation().SerializeAsString());
  const bool stands = event.evaluation().state() != v1::EVALUATION_STATE_RETURNED;
  working->board->submit_revision = stands ? static_cast<uint64_t>(event.evaluation().submit_revision()) : 0;
  Rescore(*working->model, -1, &*working->board);
  return JoinUnit(working);
}

absl::Status Applier::ApplyReview(const disk::ReviewRecorded& event) {
  ResourceName name;
  ASSIGN_OR_RETURN(WorkingTable * working, Working(event.table(), &name));
  const auto row = working->model->row_by_id.find(event.indicator());
  if (row == working->model->row_by_id.end() || !working->board.has_value()) {
    return absl::DataLossError(absl::StrCat("a review of ", event.table(), "/indicators/", event.indicator(),
                                            ", which is not in force"));
  }
  RETURN_IF_ERROR(LeaveUnit(*working));
  group()->Put(ReviewKey(name.unit, name.table, event.indicator()), event.review().SerializeAsString());
  ASSIGN_OR_RETURN(working->board->cells[row->second].review, ToReview(event.review()));
  working->board->revision = revision();
  Rescore(*working->model, row->second, &*working->board);
  return JoinUnit(working);
}

// Corrections and retractions are rare: they read the indicator's reports again instead of undoing one of
// them.
absl::Status Applier::RecomputeCell(const ResourceName& name, WorkingTable* working, int row) {
  ASSIGN_OR_RETURN(Cell cell, CellBy(name, *working->model, row, ""));
  cell.review = std::move(working->board->cells[row].review);
  working->board->cells[row] = std::move(cell);
  return absl::OkStatus();
}

absl::StatusOr<WorkingUnitBoard*> Applier::UnitBoard(const WorkingTable& working) {
  const TableModel& model = *working.model;
  const std::string& key = working.unit_board_key;
  auto it = workspace()->unit_boards.find(key);
  if (it == workspace()->unit_boards.end()) {
    WorkingUnitBoard board;
    ASSIGN_OR_RETURN(const std::optional<storage::Versioned> value, group()->Get(key));
    if (value.has_value()) {
      if (!board.header.ParseFromString(value->value))
        return absl::DataLossError("unit board does not parse");
      ASSIGN_OR_RETURN(board.sums, FromDisk(board.header));
      const std::string& profile = board.header.profile();
      ASSIGN_OR_RETURN(const auto compiled, CompiledProfile(profile.substr(profile.find('/') + 1),
                                                            board.header.profile_version()));
      board.rollup = compiled->rollup;
    } else {
      board.header.set_profile(model.state.profile());
      board.header.set_profile_version(model.profile->version);
      board.rollup = model.profile->rollup;
    }
    it = workspace()->unit_boards.emplace(key, std::move(board)).first;
  }
  if (it->second.touched_at != revision()) touched_unit_boards_.push_back(key);
  it->second.touched_at = revision();
  return &it->second;
}

absl::Status Applier::LeaveUnit(const WorkingTable& working) {
  if (!TakesPart(*working.model) || !working.board.has_value()) return absl::OkStatus();
  ASSIGN_OR_RETURN(WorkingUnitBoard * board, UnitBoard(working));
  board->sums -= SumsOf(board->rollup, *working.board);
  return absl::OkStatus();
}

absl::Status Applier::JoinUnit(WorkingTable* working) {
  if (working->touched_at != revision()) touched_tables_.push_back(working->key);
  working->touched_at = revision();
  if (!TakesPart(*working->model) || !working->board.has_value()) return absl::OkStatus();
  ASSIGN_OR_RETURN(WorkingUnitBoard * board, UnitBoard(*working));
  board->sums += SumsOf(board->rollup, *working->board);
  return absl::OkStatus();
}

absl::Status Applier::Replay(const disk::EntryPayload& payload) {
  for (const disk::Event& event : payload.events()) RETURN_IF_ERROR(Apply(event));
  return WriteBoards(payload.has_request() ? &payload.request() : nullptr, payload.request_key());
}

absl::Status Applier::WriteBoards(const disk::RequestState* request, absl::string_view request_key) {
  for (const std::string& key : touched_tables_) {
    WorkingTable* working = workspace()->Find(key);
    if (working == nullptr || !working->board.has_value()) continue;
    group()->Put(working->board_key, EncodeBoard(&*working->board));
  }
  for (const std::string& key : touched_unit_boards_) {
    const WorkingUnitBoard& board = workspace()->unit_boards.at(key);
    group()->Put(key, ToDisk(board.sums, board.header).SerializeAsString());
  }
  if (request == nullptr) return absl::OkStatus();
  disk::RequestState reference;
  reference.set_fingerprint(request->fingerprint());
  reference.set_revision(request->revision());
  group()->PutOnce(request_key, reference.SerializeAsString());
  return absl::OkStatus();
}

void Applier::AppendMoved(std::vector<MovedTable>* moved) const {
  for (const std::string& key : touched_tables_) {
    const WorkingTable* working = workspace()->Find(key);
    if (working == nullptr) continue;
    const bool in_force = working->model->in_force() && working->board.has_value();
    moved->push_back({revision(), key, in_force, in_force ? working->board->total.total : std::nullopt});
  }
}

void Applier::ForgetTouched() {
  for (const std::string& key : touched_tables_) workspace()->Forget(key);
  for (const std::string& key : touched_unit_boards_) workspace()->unit_boards.erase(key);
}

}  // namespace attain::engine
