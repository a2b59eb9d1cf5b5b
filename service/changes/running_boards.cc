#include "service/changes/running_boards.h"

#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/api/macros.h"
#include "service/domain/scores/score_rows.h"

namespace attain::engine {
namespace {

// Rows and units kept, at about 1 KB each.
constexpr size_t kMostKept = 20'000;

}  // namespace

absl::Status RunningBoards::Advance(const disk::EntryPayload& payload,
                                    const std::vector<Footprint>& footprints, uint64_t revision) {
  if (rows_ + units_.size() > kMostKept) Clear();
  for (const Footprint& footprint : footprints) {
    if (!footprint.only_adds_report()) Forget(footprint);
  }
  for (size_t i = 0; i < footprints.size(); ++i) {
    if (!footprints[i].only_adds_report()) continue;
    const disk::Event& event = payload.events(static_cast<int>(i));
    RETURN_IF_ERROR(Apply(event.actual_recorded(), footprints[i], revision));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<TableView>> RunningBoards::Find(const Snapshot& now, const ResourceName& table) {
  const std::string name = table.Table();
  if (const auto known = tables_.find(name); known != tables_.end())
    return TableView{known->second.model, known->second.board};
  ASSIGN_OR_RETURN(const std::optional<TableView> view, now.FindBoard(table));
  if (!view.has_value()) return view;
  const Running& running = tables_[name] = {view->model, std::make_shared<Board>(*view->board)};
  rows_ += running.model->rows.size();
  return TableView{running.model, running.board};
}

const TableModel* RunningBoards::FindModel(const std::string& table) const {
  const auto known = tables_.find(table);
  return known == tables_.end() ? nullptr : known->second.model.get();
}

absl::StatusOr<bool> RunningBoards::FillUnit(const Snapshot& now, const std::string& unit,
                                             int32_t fiscal_year, v1::Score* out) {
  auto known = units_.find({unit, fiscal_year});
  if (known == units_.end()) {
    RunningUnit fresh;
    ASSIGN_OR_RETURN(std::optional<Found<disk::UnitState>> found, now.reads().Unit(unit));
    if (!found.has_value()) return false;
    ASSIGN_OR_RETURN(std::optional<Snapshot::UnitView> view, now.FindUnitBoard(unit, fiscal_year));
    if (!view.has_value()) return false;
    fresh.view = *std::move(view);
    fresh.state = std::move(found->state);
    known = units_.emplace(std::make_pair(unit, fiscal_year), std::move(fresh)).first;
  }
  FillUnitScore(known->second.state, known->second.view, out);
  return true;
}

void RunningBoards::Clear() {
  units_.clear();
  tables_.clear();
  rows_ = 0;
}

void RunningBoards::Forget(const Footprint& footprint) {
  if (!footprint.unit.empty()) ForgetUnit(footprint.unit);
  if (!footprint.moves_board) return;
  ForgetUnit(footprint.table->unit);
  const auto known = tables_.find(footprint.table->Table());
  if (known == tables_.end()) return;
  rows_ -= known->second.model->rows.size();
  tables_.erase(known);
}

void RunningBoards::ForgetUnit(const std::string& unit) {
  const auto from = units_.lower_bound(std::make_pair(unit, std::numeric_limits<int32_t>::min()));
  auto to = from;
  while (to != units_.end() && to->first.first == unit) ++to;
  units_.erase(from, to);
}

absl::Status RunningBoards::Apply(const disk::ActualRecorded& event, const Footprint& footprint,
                                  uint64_t revision) {
  const auto known = tables_.find(event.table());
  if (known == tables_.end()) {
    Forget(footprint);
    return absl::OkStatus();
  }
  const TableModel& model = *known->second.model;
  Board* const board = known->second.board.get();
  const auto row = model.row_by_id.find(event.indicator());
  if (row == model.row_by_id.end()) {
    return absl::DataLossError(
        absl::StrCat("a report on ", event.table(), "/indicators/", event.indicator(), ", which is no row"));
  }
  const auto of_unit =
      TakesPart(model) ? units_.find(std::make_pair(model.unit, model.state.fiscal_year())) : units_.end();
  if (of_unit != units_.end())
    of_unit->second.view.sums -= SumsOf(of_unit->second.view.profile->rollup, *board);
  AddReport(model, row->second, event.actual(), event.actual_id(), revision, board);
  if (of_unit == units_.end()) return absl::OkStatus();
  of_unit->second.view.sums += SumsOf(of_unit->second.view.profile->rollup, *board);
  of_unit->second.view.revision = revision;
  return absl::OkStatus();
}

}  // namespace attain::engine
