#include "service/changes/watch_snapshot.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/domain/scores/score_rows.h"
#include "service/domain/scores/score_view.h"
#include "service/model/mirror.h"
#include "service/state/keys.h"
#include "storage/key_codec.h"

namespace attain::engine {

template <typename Row, typename Rows>
void WatchSnapshot::Offer(v1::WatchKind kind, Row row, Rows* rows) {
  if (!selection_->Follows(kind, row.name()) || !selection_->Passes(kind, row)) return;
  size_ += row.ByteSizeLong();
  *rows->Add() = std::move(row);
}

absl::StatusOr<bool> WatchSnapshot::Next(size_t bytes, v1::WatchSnapshot* piece) {
  v1::ReadOptions read;
  read.set_read_revision(static_cast<int64_t>(revision_));
  ASSIGN_OR_RETURN(const std::unique_ptr<Snapshot> snapshot, Snapshot::Open(*store_, cache_, read));
  piece_ = piece;
  size_ = 0;
  // What does not fit the selection takes time too.
  for (int steps = 0; size_ < bytes && steps < 1000; ++steps) {
    bool more = false;
    if (in_actuals_) {
      ASSIGN_OR_RETURN(in_actuals_, AddActuals(*snapshot, bytes));
      continue;
    }
    if (!unit_.empty()) {
      ASSIGN_OR_RETURN(more, NextTable(*snapshot));
      if (more) RETURN_IF_ERROR(AddTable(*snapshot));
      if (more) continue;
    }
    ASSIGN_OR_RETURN(more, NextUnit(*snapshot));
    if (!more) return false;
    RETURN_IF_ERROR(AddUnit(*snapshot));
  }
  return true;
}

absl::StatusOr<bool> WatchSnapshot::NextUnit(const Snapshot& snapshot) {
  const KeyRange all = AllUnits();
  std::string begin = unit_.empty() ? all.begin : storage::PrefixEnd(UnitKey(unit_));
  std::string next;
  if (selection_->units().empty()) {
    RETURN_IF_ERROR(snapshot.reader().Scan(begin, all.end,
                                           [&](absl::string_view key, storage::Revision, absl::string_view) {
                                             ParseUnitKey(key, &next);
                                             return false;
                                           }));
  } else {
    for (const std::string& unit : selection_->units()) {
      if (unit > unit_ && (next.empty() || unit < next)) next = unit;
    }
  }
  unit_ = next;
  table_.clear();
  return !unit_.empty();
}

absl::StatusOr<bool> WatchSnapshot::NextTable(const Snapshot& snapshot) {
  const KeyRange tables = TablesOf(unit_);
  const std::string begin = table_.empty() ? tables.begin : storage::PrefixEnd(TableKey(unit_, table_));
  std::string unit, next;
  RETURN_IF_ERROR(snapshot.reader().Scan(begin, tables.end,
                                         [&](absl::string_view key, storage::Revision, absl::string_view) {
                                           ParseTableKey(key, &unit, &next);
                                           return false;
                                         }));
  table_ = next;
  return !table_.empty();
}

absl::Status WatchSnapshot::AddUnit(const Snapshot& snapshot) {
  const std::string name = absl::StrCat("units/", unit_);
  if (!selection_->Follows(v1::WATCH_KIND_SCORES, name)) return absl::OkStatus();
  std::vector<int32_t> years;
  const KeyRange boards = UnitBoardsOf(unit_);
  RETURN_IF_ERROR(snapshot.reader().Scan(boards.begin, boards.end,
                                         [&](absl::string_view key, storage::Revision, absl::string_view) {
                                           int32_t year = 0;
                                           if (ParseUnitBoardKey(key, &year)) years.push_back(year);
                                           return true;
                                         }));
  for (const int32_t year : years) {
    v1::Score score;
    RETURN_IF_ERROR(FillUnitScore(snapshot, unit_, year, &score));
    Offer(v1::WATCH_KIND_SCORES, std::move(score), piece_->mutable_scores());
  }
  return absl::OkStatus();
}

absl::Status WatchSnapshot::AddTable(const Snapshot& snapshot) {
  const ResourceName name{ResourceName::kTable, unit_, table_, "", "", ""};
  ASSIGN_OR_RETURN(const auto model, snapshot.GetTable(name));
  if (selection_->WantsKind(v1::WATCH_KIND_TABLES)) {
    Offer(v1::WATCH_KIND_TABLES, ToPublic(model->state, model->revision), piece_->mutable_tables());
  }
  if (!model->in_force()) return absl::OkStatus();
  if (selection_->WantsKind(v1::WATCH_KIND_SCORES)) {
    ASSIGN_OR_RETURN(const TableView view, snapshot.GetBoard(name));
    v1::Score total;
    FillTotals(*view.model, *view.board, &total);
    Offer(v1::WATCH_KIND_SCORES, std::move(total), piece_->mutable_scores());
    for (size_t row = 0; row < view.model->rows.size(); ++row) {
      v1::Score score;
      FillIndicatorScore(view, static_cast<int>(row), &score);
      Offer(v1::WATCH_KIND_SCORES, std::move(score), piece_->mutable_scores());
    }
  }
  in_actuals_ = selection_->WantsKind(v1::WATCH_KIND_ACTUALS);
  actual_key_.clear();
  return absl::OkStatus();
}

absl::StatusOr<bool> WatchSnapshot::AddActuals(const Snapshot& snapshot, size_t bytes) {
  const ResourceName name{ResourceName::kTable, unit_, table_, "", "", ""};
  ASSIGN_OR_RETURN(const auto model, snapshot.GetTable(name));
  const KeyRange range = ActualsOf(unit_, table_, "-");
  const std::string begin = actual_key_.empty() ? range.begin : storage::PrefixEnd(actual_key_);
  absl::Status failed;
  bool more = false;
  RETURN_IF_ERROR(snapshot.reader().Scan(
      begin, range.end, [&](absl::string_view key, storage::Revision, absl::string_view value) {
        std::string indicator;
        ActualId id;
        disk::ActualState actual;
        more = size_ >= bytes;
        if (more) return false;
        if (!ParseActualKey(key, &indicator, &id) ||
            !actual.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
          failed = FromStore(absl::DataLossError("a stored report does not parse"));
          return false;
        }
        actual_key_ = std::string(key);
        Offer(v1::WATCH_KIND_ACTUALS,
              ToPublic(actual, absl::StrCat(name.Table(), "/indicators/", indicator), id.ToString(),
                       MeasureOf(*model, indicator)),
              piece_->mutable_actuals());
        return true;
      }));
  RETURN_IF_ERROR(failed);
  return more;
}

}  // namespace attain::engine
