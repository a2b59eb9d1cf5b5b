#include "service/changes/change_reader.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/domain/scores/score_rows.h"
#include "service/domain/scores/score_view.h"
#include "service/model/mirror.h"
#include "service/state/entry.h"
#include "service/state/keys.h"
#include "service/state/require.h"

namespace attain::engine {
namespace {

using watch::RowPtr;

// Scores kept in memory; about 1 KB each.
constexpr size_t kMostScores = 20'000;

RowPtr MakeRow(const google::protobuf::Message& message) {
  return std::make_shared<const watch::Row>(message);
}

// A unit's score of a year; nothing while there is no such unit or no table of that year in force.
absl::StatusOr<RowPtr> UnitRow(absl::StatusOr<bool> filled, const v1::Score& score) {
  if (!filled.ok()) return filled.status();
  return *filled ? MakeRow(score) : RowPtr();
}

RowPtr IndicatorRow(const std::optional<TableView>& view, const std::string& indicator) {
  if (!view.has_value()) return nullptr;
  const auto row = view->model->row_by_id.find(indicator);
  if (row == view->model->row_by_id.end()) return nullptr;
  v1::Score score;
  FillIndicatorScore(*view, row->second, &score);
  return MakeRow(score);
}

RowPtr TableRow(const std::optional<TableView>& view) {
  if (!view.has_value()) return nullptr;
  v1::Score score;
  FillTotals(*view->model, *view->board, &score);
  return MakeRow(score);
}

}  // namespace

struct ChangeReader::Work {
  disk::EntryPayload payload;
  std::vector<Footprint> footprints;  // of its events
  std::shared_ptr<watch::Entry> entry = std::make_shared<watch::Entry>();
  std::unique_ptr<Snapshot> before, after;  // before is null at revision 1
  bool only_new_reports = false;
  std::vector<Touched> touched;
  std::vector<ResourceName> tables;                // those that were set
  absl::flat_hash_map<std::string, size_t> index;  // table name → touched
  std::set<std::pair<std::string, int32_t>> unit_years;

  Touched& Touch(const ResourceName& name) {
    const auto [it, first] = index.try_emplace(name.Table(), touched.size());
    if (first)
      touched.push_back({{ResourceName::kTable, name.unit, name.table, "", "", ""}, false, false, {}});
    return touched[it->second];
  }
  void TouchRow(const ResourceName& name, const std::string& indicator) {
    std::vector<std::string>& rows = Touch(name).indicators;
    if (std::find(rows.begin(), rows.end(), indicator) == rows.end()) rows.push_back(indicator);
  }
  void Add(v1::WatchKind kind, std::string name, std::string key, RowPtr row_before, RowPtr row_after) const {
    entry->events.push_back({kind, std::move(name), std::move(key), std::move(row_before),
                             std::move(row_after), payload.cause(), payload.actor()});
  }
};

absl::Status ChangeReader::Read(watch::Revision from, watch::Revision to, const watch::Portion& portion,
                                std::vector<watch::EntryPtr>* entries) {
  if (from != last_ + 1 || scores_.size() > kMostScores) scores_.clear();
  if (from != last_ + 1) boards_.Clear();
  absl::Status failed;
  size_t bytes = 0;
  const absl::Status read = store_->ReadJournal(from, [&](const storage::JournalRecord& record) {
    if (record.revision > to) return false;
    absl::StatusOr<watch::EntryPtr> entry = Build(record);
    if (!entry.ok()) {
      failed = FromStore(entry.status());
      return false;
    }
    last_ = record.revision;
    bytes += (*entry)->bytes;
    entries->push_back(*std::move(entry));
    return entries->size() < portion.entries && bytes < portion.bytes;
  });
  if (failed.ok()) failed = FromStore(read);
  if (!failed.ok()) {  // half a revision may have been gone through
    scores_.clear();
    boards_.Clear();
  }
  return failed;
}

absl::StatusOr<watch::EntryPtr> ChangeReader::Build(const storage::JournalRecord& record) {
  Work work;
  ASSIGN_OR_RETURN(work.payload, ReadEntry(record));
  work.entry->revision = record.revision;
  work.entry->time_us = absl::ToUnixMicros(record.time);
  work.entry->hash = record.hash;
  work.entry->previous_hash = record.previous_hash;
  v1::ReadOptions read;
  read.set_read_revision(static_cast<int64_t>(record.revision));
  ASSIGN_OR_RETURN(work.after, Snapshot::Open(*store_, cache_, read));
  if (record.revision > 1) {
    read.set_read_revision(static_cast<int64_t>(record.revision) - 1);
    ASSIGN_OR_RETURN(work.before, Snapshot::Open(*store_, cache_, read));
  }
  for (const disk::Event& event : work.payload.events()) {
    ASSIGN_OR_RETURN(Footprint footprint, FootprintOf(event));
    work.footprints.push_back(std::move(footprint));
  }
  RETURN_IF_ERROR(boards_.Advance(work.payload, work.footprints, record.revision));
  RETURN_IF_ERROR(Collect(&work));
  for (const Touched& touched : work.touched) RETURN_IF_ERROR(AddScores(touched, &work));
  RETURN_IF_ERROR(AddUnitScores(&work));
  std::set<std::string> units;
  for (const Touched& touched : work.touched) units.insert(touched.name.unit);
  for (const auto& [unit, year] : work.unit_years) units.insert(unit);
  work.entry->units.assign(units.begin(), units.end());
  work.entry->Weigh();
  return watch::EntryPtr(std::move(work.entry));
}

absl::Status ChangeReader::Collect(Work* work) {
  const std::vector<Footprint>& footprints = work->footprints;
  work->only_new_reports = std::all_of(footprints.begin(), footprints.end(),
                                       [](const Footprint& one) { return one.only_adds_report(); });
  for (size_t i = 0; i < footprints.size(); ++i) {
    RETURN_IF_ERROR(CollectOne(footprints[i], work->payload.events(static_cast<int>(i)), work));
  }
  for (const ResourceName& table : work->tables) RETURN_IF_ERROR(AddTable(table, work));
  return absl::OkStatus();
}

// To touch more than moved costs a comparison only.
absl::Status ChangeReader::CollectOne(const Footprint& footprint, const disk::Event& event, Work* work) {
  if (!footprint.unit.empty()) RETURN_IF_ERROR(TouchUnit(footprint.unit, work));
  if (!footprint.table.has_value()) return absl::OkStatus();
  const ResourceName& table = *footprint.table;
  Touched& touched = work->Touch(table);
  if (footprint.sets_table && !std::exchange(touched.set, true)) work->tables.push_back(touched.name);
  touched.whole = touched.whole || footprint.shows_all_rows;
  if (!footprint.row.empty()) work->TouchRow(table, footprint.row);
  if (work->only_new_reports) return AddNewReport(table, event.actual_recorded(), work);
  for (const Footprint::Report& report : footprint.reports) {
    RETURN_IF_ERROR(AddActual(table, footprint.row, report, work));
  }
  return absl::OkStatus();
}

// The unit's name stands in its scores.
absl::Status ChangeReader::TouchUnit(const std::string& unit, Work* work) {
  const KeyRange range = UnitBoardsOf(unit);
  return work->after->reader().Scan(range.begin, range.end,
                                    [&](absl::string_view key, storage::Revision, absl::string_view) {
                                      int32_t year = 0;
                                      if (ParseUnitBoardKey(key, &year)) work->unit_years.emplace(unit, year);
                                      return true;
                                    });
}

absl::Status ChangeReader::AddActual(ResourceName name, const std::string& indicator,
                                     const Footprint::Report& report, Work* work) {
  const std::string& id = report.id;
  name.indicator = indicator;
  ASSIGN_OR_RETURN(const ActualId actual_id, ActualId::Parse(id));
  ASSIGN_OR_RETURN(const std::string measure, MeasureNow(name, *work));
  const std::string parent = name.Indicator();
  ASSIGN_OR_RETURN(const Found<disk::ActualState> after,
                   RequireActual(work->after->reads(), name, actual_id));
  RowPtr row_before;
  if (!report.is_new && work->before != nullptr) {
    ASSIGN_OR_RETURN(const Found<disk::ActualState> before,
                     RequireActual(work->before->reads(), name, actual_id));
    row_before = MakeRow(ToPublic(before.state, parent, id, measure));
  }
  std::string full = absl::StrCat(parent, "/actuals/", id);
  work->Add(v1::WATCH_KIND_ACTUALS, full, full, std::move(row_before),
            MakeRow(ToPublic(after.state, parent, id, measure)));
  return absl::OkStatus();
}

absl::StatusOr<std::string> ChangeReader::MeasureNow(const ResourceName& indicator, const Work& work) const {
  if (const TableModel* model = boards_.FindModel(indicator.Table()))
    return MeasureOf(*model, indicator.indicator);
  ASSIGN_OR_RETURN(const auto model, work.after->GetTable(indicator));
  return MeasureOf(*model, indicator.indicator);
}

// Nothing in the revision changes the report any more, so the event says what was stored.
absl::Status ChangeReader::AddNewReport(ResourceName name, const disk::ActualRecorded& recorded, Work* work) {
  name.indicator = recorded.indicator();
  ASSIGN_OR_RETURN(const std::string measure, MeasureNow(name, *work));
  const std::string parent = name.Indicator(), full = absl::StrCat(parent, "/actuals/", recorded.actual_id());
  work->Add(v1::WATCH_KIND_ACTUALS, full, full, nullptr,
            MakeRow(ToPublic(recorded.actual(), parent, recorded.actual_id(), measure)));
  return absl::OkStatus();
}

absl::Status ChangeReader::AddTable(const ResourceName& name, Work* work) {
  ASSIGN_OR_RETURN(const auto after, work->after->GetTable(name));
  RowPtr row_before;
  if (work->before != nullptr) {
    ASSIGN_OR_RETURN(const auto before, work->before->FindTable(name));
    if (before != nullptr) row_before = MakeRow(ToPublic(before->state, before->revision));
  }
  work->Add(v1::WATCH_KIND_TABLES, name.Table(), name.Table(), std::move(row_before),
            MakeRow(ToPublic(after->state, after->revision)));
  return absl::OkStatus();
}

absl::Status ChangeReader::AddScore(const std::string& name, const std::string& key, RowPtr after,
                                    absl::FunctionRef<absl::StatusOr<RowPtr>()> make_before, Work* work) {
  RowPtr before;
  if (const auto known = scores_.find(key); known != scores_.end()) {
    before = known->second;
  } else if (work->before != nullptr) {
    ASSIGN_OR_RETURN(before, make_before());
  }
  scores_[key] = after;
  const bool same = before == nullptr ? after == nullptr : after != nullptr && before->bytes == after->bytes;
  if (!same) work->Add(v1::WATCH_KIND_SCORES, name, key, std::move(before), std::move(after));
  return absl::OkStatus();
}

absl::Status ChangeReader::AddScores(const Touched& touched, Work* work) {
  const ResourceName& table = touched.name;
  ASSIGN_OR_RETURN(const std::optional<TableView> after, boards_.Find(*work->after, table));
  std::optional<TableView> before;
  bool is_read = work->before == nullptr;
  const auto read_before = [&]() -> absl::Status {
    if (std::exchange(is_read, true)) return absl::OkStatus();
    ASSIGN_OR_RETURN(before, work->before->FindBoard(table));
    return absl::OkStatus();
  };
  if (touched.whole) RETURN_IF_ERROR(read_before());
  std::vector<std::string> rows = touched.indicators;
  for (const std::optional<TableView>* view : {&after, &std::as_const(before)}) {
    if (!view->has_value()) continue;
    const TableModel& model = *(*view)->model;
    if (TakesPart(model)) work->unit_years.emplace(table.unit, model.state.fiscal_year());
    if (!touched.whole) break;
    for (const scoring::Indicator& row : model.rows) {
      if (std::find(rows.begin(), rows.end(), row.id) == rows.end()) rows.push_back(row.id);
    }
  }
  const std::string name = table.Table();
  for (const std::string& indicator : rows) {
    const std::string row_name = absl::StrCat(name, "/indicators/", indicator);
    RETURN_IF_ERROR(AddScore(
        row_name, row_name, IndicatorRow(after, indicator),
        [&]() -> absl::StatusOr<RowPtr> {
          RETURN_IF_ERROR(read_before());
          return IndicatorRow(before, indicator);
        },
        work));
  }
  return AddScore(
      name, name, TableRow(after),
      [&]() -> absl::StatusOr<RowPtr> {
        RETURN_IF_ERROR(read_before());
        return TableRow(before);
      },
      work);
}

absl::Status ChangeReader::AddUnitScores(Work* work) {
  for (const auto& [unit, year] : work->unit_years) {
    v1::Score score;
    ASSIGN_OR_RETURN(RowPtr after, UnitRow(boards_.FillUnit(*work->after, unit, year, &score), score));
    const std::string name = absl::StrCat("units/", unit);
    const auto before = [&, unit = unit, year = year]() -> absl::StatusOr<RowPtr> {
      v1::Score there;
      return UnitRow(FindUnitScore(*work->before, unit, year, &there), there);
    };
    RETURN_IF_ERROR(AddScore(name, absl::StrCat(name, "@", year), std::move(after), before, work));
  }
  return absl::OkStatus();
}

}  // namespace attain::engine
