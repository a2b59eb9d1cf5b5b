// Boards of a snapshot: as stored, or built anew for a day or for other targets.
#include <utility>

#include "absl/strings/str_cat.h"
#include "attain/v1/actual.pb.h"
#include "attain/v1/evaluation.pb.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/model/board_codec.h"
#include "service/state/keys.h"
#include "service/state/snapshot.h"

namespace attain::engine {
absl::StatusOr<TableView> Snapshot::GetBoard(const ResourceName& name) const {
  ASSIGN_OR_RETURN(const std::shared_ptr<const TableModel> model, GetTable(name));
  if (model->in_force()) return ViewOf(model);
  return Refuse(
      absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_WRONG_STATE,
      {absl::StrCat(name.Table(), " 尚未批准生效，还没有得分。请先提交并批准。"),
       absl::StrCat(name.Table(), " is not in force and has no score yet: submit and approve it first.")},
      {{"name", name.Table()}, {"needed", "APPROVED"}});
}

absl::StatusOr<std::optional<TableView>> Snapshot::FindBoard(const ResourceName& name) const {
  ASSIGN_OR_RETURN(const std::shared_ptr<const TableModel> model, FindTable(name));
  if (model == nullptr || !model->in_force()) return std::optional<TableView>();
  ASSIGN_OR_RETURN(TableView view, ViewOf(model));
  return std::optional<TableView>(std::move(view));
}

absl::StatusOr<TableView> Snapshot::ViewOf(const std::shared_ptr<const TableModel>& model) const {
  const ResourceName name{ResourceName::kTable, model->unit, model->table, "", "", ""};
  TableView view;
  ASSIGN_OR_RETURN(view.model, OnBasis(model));
  if (as_of_.empty() && view.model == model) {
    ASSIGN_OR_RETURN(view.board, ReadBoard(name, *model));
  } else {
    ASSIGN_OR_RETURN(Board board, BuildBoard(name, *model, *view.model));
    view.board = std::make_shared<const Board>(std::move(board));
  }
  return view;
}

// Every amendment is a version of the table, and effective dates never go backwards from one to the next.
absl::StatusOr<std::shared_ptr<const TableModel>> Snapshot::OnBasis(
    const std::shared_ptr<const TableModel>& newest) const {
  if (basis_ == v1::TARGET_BASIS_LATEST || newest->state.amendment_count() == 0) return newest;
  const auto fits = [this](const disk::TableState& state) {
    if (state.amendment_count() == 0) return true;
    return basis_ == v1::TARGET_BASIS_IN_FORCE && (as_of_.empty() || state.amend_date() <= as_of_);
  };
  if (fits(newest->state)) return newest;
  const ResourceName name{ResourceName::kTable, newest->unit, newest->table, "", "", ""};
  absl::StatusOr<std::shared_ptr<const TableModel>> found = Damaged("table: its original version");
  RETURN_IF_ERROR(
      reader_->History(TableKey(name.unit, name.table),
                       [&](absl::string_view, storage::Revision revision, absl::string_view value) {
                         disk::TableState state;
                         if (!state.ParseFromArray(value.data(), static_cast<int>(value.size())))
                           return false;
                         if (!fits(state)) return true;
                         found = Compile(name, revision, value);
                         return false;
                       }));
  return found;
}

// A board is scored by its table's version, and every new version of a table in force writes its board anew:
// the revision of the board alone says what it is.
absl::StatusOr<std::shared_ptr<const Board>> Snapshot::ReadBoard(const ResourceName& name,
                                                                 const TableModel& model) const {
  const std::string key = BoardKey(name.unit, name.table);
  if (const std::optional<storage::Revision> known = reader_->KnownRevision(key)) {
    if (auto cached = cache_->boards.Find(key, *known)) return cached;
  }
  ASSIGN_OR_RETURN(const std::optional<storage::Versioned> value, reader_->Get(key));
  // Behind the head the store does not know the revision; watches go through every one of them.
  if (value.has_value()) {
    if (auto cached = cache_->boards.Find(key, value->revision)) return cached;
  }
  disk::BoardState state;
  if (!value.has_value() || !state.ParseFromString(value->value)) return Damaged("board");
  ASSIGN_OR_RETURN(Board board, FromDisk(model, state));
  auto shared = std::make_shared<const Board>(std::move(board));
  cache_->boards.Put(key, value->revision, shared, shared->ApproximateBytes());
  return std::shared_ptr<const Board>(shared);
}

// Reports told for targets of another shape than these were told for something else: here the row has none.
absl::StatusOr<Board> Snapshot::BuildBoard(const ResourceName& name, const TableModel& newest,
                                           const TableModel& model) const {
  Board board = EmptyBoard(model);
  const std::vector<bool> fit = FitReports(newest, model);
  ResourceName all = name;
  all.indicator = "-";
  RETURN_IF_ERROR(reads_.ForEachActual(all, [&](const std::string& indicator, const ActualId& id,
                                                const Found<disk::ActualState>& found) {
    const disk::ActualState& actual = found.state;
    const auto row = model.row_by_id.find(indicator);
    if (row == model.row_by_id.end() || actual.state() != v1::ACTUAL_STATE_ACTIVE || !Counts(actual.date()))
      return true;
    if (!fit[row->second]) return true;
    Accumulate(model, row->second, actual, id.ToString(), &board.cells[row->second]);
    board.revision = std::max<uint64_t>(board.revision, id.revision);
    return true;
  }));
  RETURN_IF_ERROR(AddSpendings(name, &board));
  RETURN_IF_ERROR(AddReviews(name, model, &board));
  ASSIGN_OR_RETURN(const Found<disk::EvaluationState> evaluation, reads_.Evaluation(name));
  if (evaluation.state.state() != v1::EVALUATION_STATE_RETURNED) {
    board.submit_revision = static_cast<uint64_t>(evaluation.state.submit_revision());
  }
  for (size_t row = 0; row < board.cells.size(); ++row)
    MakeFit(model, static_cast<int>(row), &board.cells[row]);
  Rescore(model, -1, &board);
  return board;
}

absl::Status Snapshot::AddSpendings(const ResourceName& name, Board* board) const {
  return reads_.ForEachSpending(name, [&](const Found<disk::SpendingState>& spending) {
    if (!Counts(spending.state.date())) return true;
    Accumulate(spending.state, board);
    board->revision = std::max<uint64_t>(board->revision, spending.revision);
    return true;
  });
}

absl::Status Snapshot::AddReviews(const ResourceName& name, const TableModel& model, Board* board) const {
  absl::Status failed;
  RETURN_IF_ERROR(
      reads_.ForEachReview(name, [&](const std::string& indicator, const Found<disk::ReviewState>& found) {
        const auto row = model.row_by_id.find(indicator);
        if (row == model.row_by_id.end() || !Counts(found.state.date())) return true;
        absl::StatusOr<Review> review = ToReview(found.state);
        if (!review.ok()) failed = Damaged("review");
        if (review.ok()) board->cells[row->second].review = *std::move(review);
        board->revision = std::max<uint64_t>(board->revision, found.revision);
        return failed.ok();
      }));
  return failed;
}

}  // namespace attain::engine
