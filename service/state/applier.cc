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
#include "service/state/require.h"

namespace attain::engine {

absl::Status Applier::Apply(const disk::Event& event) {
  ASSIGN_OR_RETURN(const Footprint footprint, FootprintOf(event));
  RETURN_IF_ERROR(Note(footprint));
  switch (event.kind_case()) {
    case disk::Event::kUnitSet:
      group()->Put(UnitKey(footprint.unit), event.unit_set().SerializeAsString());
      return absl::OkStatus();
    case disk::Event::kProfileSet: {
      const std::string bytes = event.profile_set().SerializeAsString();
      group()->Put(ProfileKey(footprint.profile), bytes);
      group()->Put(ProfileVersionKey(footprint.profile, event.profile_set().version()), bytes);
      return absl::OkStatus();
    }
    case disk::Event::kTableSet:
      return ApplyTable(*footprint.table, event.table_set());
    case disk::Event::kActualRecorded:
      return ApplyActual(*footprint.table, event.actual_recorded());
    case disk::Event::kActualRetracted:
      return ApplyRetraction(*footprint.table, event.actual_retracted());
    case disk::Event::kSpendingRecorded:
      return ApplySpending(*footprint.table, event.spending_recorded());
    case disk::Event::kAmendmentSet: {
      const disk::AmendmentState& amendment = event.amendment_set().amendment();
      group()->Put(AmendmentKey(footprint.table->unit, footprint.table->table, amendment.number()),
                   amendment.SerializeAsString());
      return absl::OkStatus();
    }
    case disk::Event::kEvaluationSet:
      return ApplyEvaluation(*footprint.table, event.evaluation_set());
    case disk::Event::kReviewRecorded:
      return ApplyReview(*footprint.table, event.review_recorded());
    case disk::Event::kOutlookRecorded:
      group()->Put(OutlookKey(footprint.table->unit, footprint.table->table, footprint.row),
                   event.outlook_recorded().outlook().SerializeAsString());
      return absl::OkStatus();
    case disk::Event::KIND_NOT_SET:
      break;
  }
  return absl::InternalError("an event that has a footprint and no effect");
}

// Before the event is applied: one that fails half-way is forgotten like any other.
absl::Status Applier::Note(const Footprint& footprint) {
  if (footprint.table.has_value()) RETURN_IF_ERROR(NoteStep(*footprint.table, footprint.moves_board));
  ++noted_;
  touched_profile_ = touched_profile_ || !footprint.profile.empty();
  if (!footprint.moves_board) return absl::OkStatus();
  std::string key = TableKey(footprint.table->unit, footprint.table->table);
  if (!touched_tables_.empty() && touched_tables_.back() == key) return absl::OkStatus();
  if (!touched_tables_.empty() && known_tables_.empty()) known_tables_.insert(touched_tables_.front());
  if (touched_tables_.empty() || known_tables_.insert(key).second) touched_tables_.push_back(std::move(key));
  return absl::OkStatus();
}

absl::Status Applier::NoteStep(const ResourceName& table, bool moves_board) {
  const bool same = !threads_.empty() && threads_.back().table.table == table.table &&
                    threads_.back().table.unit == table.unit;
  size_t at = steps_.size() - 1;
  if (!same) {
    const std::string key = TableKey(table.unit, table.table);
    const auto [found, is_new] = step_of_.emplace(key, steps_.size());
    at = found->second;
    if (is_new) {
      ASSIGN_OR_RETURN(const bool exists, reads().Exists(key));
      uint64_t previous = 0;
      if (exists) {
        ASSIGN_OR_RETURN(const WorkingTable* working, GetTable(table));
        previous = working->thread;
      }
      steps_.push_back({table.Table(), previous, {}});
      threads_.push_back({table, false});
    }
  }
  steps_[at].events.push_back(noted_);
  threads_[at].moves_board = threads_[at].moves_board || moves_board;
  return absl::OkStatus();
}

void Applier::WriteThreads() {
  for (const Thread& thread : threads_) {
    WorkingTable* const working = workspace()->Find(TableKey(thread.table.unit, thread.table.table));
    if (working != nullptr) working->thread = revision();
    if (keeps_threads_ && !thread.moves_board)
      group()->Put(ThreadKey(thread.table.unit, thread.table.table), "");
  }
}

absl::Status Applier::ApplyTable(const ResourceName& name, const disk::TableSet& event) {
  const std::string key = TableKey(name.unit, name.table);
  const WorkingTable* there = nullptr;
  ASSIGN_OR_RETURN(const bool existed, reads().Exists(key));
  if (existed) {
    ASSIGN_OR_RETURN(there, GetTable(name));
  }
  return ChangeBoard(there, [&]() -> absl::StatusOr<WorkingTable*> {
    const WorkingTable before = there == nullptr ? WorkingTable() : *there;
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
    WorkingTable* const now = workspace()->Insert(key, std::move(working));
    RETURN_IF_ERROR(AdoptVersion(*now));
    return now;
  });
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
    RETURN_IF_ERROR(RecomputeCell(name, *working->model, row, &*working->board));
  }
  if (working->model->state.amendment_count() != before.model->state.amendment_count())
    working->board->revision = revision();
  Rescore(*working->model, -1, &*working->board);
  return absl::OkStatus();
}

absl::Status Applier::ApplyActual(const ResourceName& name, const disk::ActualRecorded& event) {
  return ChangeBoard(name, event.indicator(), [&](const TableModel& model, int row, Board* board) {
    return PutActual(name, event, model, row, board);
  });
}

absl::Status Applier::PutActual(ResourceName name, const disk::ActualRecorded& event, const TableModel& model,
                                int row, Board* board) {
  const std::string& corrects = event.actual().corrects();
  name.indicator = event.indicator();
  ASSIGN_OR_RETURN(const ActualId id, ActualId::Parse(event.actual_id()));
  group()->Put(ActualKey(name.unit, name.table, name.indicator, id), event.actual().SerializeAsString());
  if (corrects.empty()) {
    AddReport(model, row, event.actual(), event.actual_id(), revision(), board);
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const ActualId old_id, ActualId::Parse(corrects));
  ASSIGN_OR_RETURN(Found<disk::ActualState> old, RequireActual(reads(), name, old_id));
  old.state.set_state(v1::ACTUAL_STATE_CORRECTED);
  old.state.set_corrected_by(event.actual_id());
  group()->Put(ActualKey(name.unit, name.table, name.indicator, old_id), old.state.SerializeAsString());
  return TakeBack(name, model, row, board);
}

absl::Status Applier::ApplyRetraction(const ResourceName& name, const disk::ActualRetracted& event) {
  return ChangeBoard(
      name, event.indicator(), [&](const TableModel& model, int row, Board* board) -> absl::Status {
        ResourceName indicator = name;
        indicator.indicator = event.indicator();
        ASSIGN_OR_RETURN(const ActualId id, ActualId::Parse(event.actual_id()));
        ASSIGN_OR_RETURN(Found<disk::ActualState> old, RequireActual(reads(), indicator, id));
        old.state.set_state(v1::ACTUAL_STATE_RETRACTED);
        old.state.set_change_reason(event.change_reason());
        group()->Put(ActualKey(name.unit, name.table, event.indicator(), id), old.state.SerializeAsString());
        return TakeBack(name, model, row, board);
      });
}

absl::Status Applier::ApplySpending(const ResourceName& name, const disk::SpendingRecorded& event) {
  return ChangeBoard(name, "", [&](const TableModel& model, int, Board* board) {
    group()->Put(SpendingKey(name.unit, name.table, revision()), event.spending().SerializeAsString());
    Accumulate(event.spending(), board);
    board->revision = revision();
    Retotal(model, board);
    return absl::OkStatus();
  });
}

absl::Status Applier::ApplyEvaluation(const ResourceName& name, const disk::EvaluationSet& event) {
  return ChangeBoard(name, "", [&](const TableModel& model, int, Board* board) {
    group()->Put(EvaluationKey(name.unit, name.table), event.evaluation().SerializeAsString());
    const bool stands = event.evaluation().state() != v1::EVALUATION_STATE_RETURNED;
    board->submit_revision = stands ? static_cast<uint64_t>(event.evaluation().submit_revision()) : 0;
    Rescore(model, -1, board);
    return absl::OkStatus();
  });
}

absl::Status Applier::ApplyReview(const ResourceName& name, const disk::ReviewRecorded& event) {
  return ChangeBoard(
      name, event.indicator(), [&](const TableModel& model, int row, Board* board) -> absl::Status {
        group()->Put(ReviewKey(name.unit, name.table, event.indicator()), event.review().SerializeAsString());
        ASSIGN_OR_RETURN(board->cells[row].review, ToReview(event.review()));
        board->revision = revision();
        Rescore(model, row, board);
        return absl::OkStatus();
      });
}

absl::Status Applier::TakeBack(const ResourceName& table, const TableModel& model, int row, Board* board) {
  RETURN_IF_ERROR(RecomputeCell(table, model, row, board));
  board->revision = revision();
  Rescore(model, row, board);
  return absl::OkStatus();
}

absl::Status Applier::RecomputeCell(const ResourceName& table, const TableModel& model, int row,
                                    Board* board) {
  ResourceName indicator = table;
  indicator.indicator = model.rows[row].id;
  ASSIGN_OR_RETURN(Cell cell, CellBy(indicator, model, row, ""));
  cell.review = std::move(board->cells[row].review);
  board->cells[row] = std::move(cell);
  return absl::OkStatus();
}

absl::Status Applier::ChangeBoard(const ResourceName& table, const std::string& indicator,
                                  CellChange change) {
  ASSIGN_OR_RETURN(WorkingTable* const working, GetTable(table));
  const auto row = working->model->row_by_id.find(indicator);
  const bool is_row = row != working->model->row_by_id.end();
  if (!working->board.has_value() || is_row == indicator.empty()) {
    return absl::DataLossError(absl::StrCat("an event on ", table.Table(),
                                            indicator.empty() ? "" : "/indicators/", indicator,
                                            ", which is not in force"));
  }
  return ChangeBoard(working, [&]() -> absl::StatusOr<WorkingTable*> {
    RETURN_IF_ERROR(change(*working->model, is_row ? row->second : -1, &*working->board));
    return working;
  });
}

absl::Status Applier::ChangeBoard(const WorkingTable* before,
                                  absl::FunctionRef<absl::StatusOr<WorkingTable*>()> change) {
  if (before != nullptr) {
    ASSIGN_OR_RETURN(WorkingUnitBoard* const left, UnitBoardWith(*before));
    if (left != nullptr) left->sums -= SumsOf(left->rollup, *before->board);
  }
  ASSIGN_OR_RETURN(const WorkingTable* const after, change());
  ASSIGN_OR_RETURN(WorkingUnitBoard* const joined, UnitBoardWith(*after));
  if (joined != nullptr) joined->sums += SumsOf(joined->rollup, *after->board);
  return absl::OkStatus();
}

absl::StatusOr<WorkingUnitBoard*> Applier::UnitBoardWith(const WorkingTable& working) {
  if (!TakesPart(*working.model) || !working.board.has_value()) return nullptr;
  return UnitBoard(working);
}

absl::StatusOr<WorkingUnitBoard*> Applier::UnitBoard(const WorkingTable& working) {
  const TableModel& model = *working.model;
  const std::string& key = working.unit_board_key;
  auto it = workspace()->unit_boards.find(key);
  if (it == workspace()->unit_boards.end()) {
    WorkingUnitBoard board;
    ASSIGN_OR_RETURN(const std::optional<storage::Versioned> value, group()->Get(key));
    if (value.has_value()) {
      if (!board.header.ParseFromString(value->value)) return Damaged("unit board");
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

absl::Status Applier::Replay(const disk::EntryPayload& payload, storage::EntryForm form) {
  keeps_threads_ = form != storage::EntryForm::kWhole;
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
  WriteThreads();
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
  if (touched_profile_) workspace()->profiles.clear();
}

}  // namespace attain::engine
