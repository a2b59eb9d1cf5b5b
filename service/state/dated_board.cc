#include "service/state/dated_board.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "attain/v1/actual.pb.h"
#include "attain/v1/evaluation.pb.h"
#include "service/api/macros.h"
#include "service/model/board_codec.h"

namespace attain::engine {
namespace {

bool Counts(absl::string_view date, absl::string_view day) {
  return day.empty() || date <= day;
}

absl::Status AddSpendings(const Reads& reads, const ResourceName& name, absl::string_view day, Board* board) {
  return reads.ForEachSpending(name, [&](const Found<disk::SpendingState>& spending) {
    if (!Counts(spending.state.date(), day)) return true;
    Accumulate(spending.state, board);
    board->revision = std::max<uint64_t>(board->revision, spending.revision);
    return true;
  });
}

absl::Status AddReviews(const Reads& reads, const ResourceName& name, const TableModel& model,
                        absl::string_view day, Board* board) {
  absl::Status failed;
  RETURN_IF_ERROR(
      reads.ForEachReview(name, [&](const std::string& indicator, const Found<disk::ReviewState>& found) {
        const auto row = model.row_by_id.find(indicator);
        if (row == model.row_by_id.end() || !Counts(found.state.date(), day)) return true;
        absl::StatusOr<Review> review = ToReview(found.state);
        if (!review.ok()) failed = Damaged("review");
        if (review.ok()) board->cells[row->second].review = *std::move(review);
        board->revision = std::max<uint64_t>(board->revision, found.revision);
        return failed.ok();
      }));
  return failed;
}

}  // namespace

// Reports told for targets of another shape than these were told for something else: here the row has none.
absl::StatusOr<Board> BoardByDay(const Reads& reads, const ResourceName& name, const TableModel& newest,
                                 const TableModel& model, absl::string_view day) {
  Board board = EmptyBoard(model);
  const std::vector<bool> fit = FitReports(newest, model);
  ResourceName all = name;
  all.indicator = "-";
  RETURN_IF_ERROR(reads.ForEachActual(
      all, [&](const std::string& indicator, const ActualId& id, const Found<disk::ActualState>& found) {
        const disk::ActualState& actual = found.state;
        const auto row = model.row_by_id.find(indicator);
        if (row == model.row_by_id.end() || actual.state() != v1::ACTUAL_STATE_ACTIVE ||
            !Counts(actual.date(), day))
          return true;
        if (!fit[row->second]) return true;
        Accumulate(model, row->second, actual, id.ToString(), &board.cells[row->second]);
        board.revision = std::max<uint64_t>(board.revision, id.revision);
        return true;
      }));
  RETURN_IF_ERROR(AddSpendings(reads, name, day, &board));
  RETURN_IF_ERROR(AddReviews(reads, name, model, day, &board));
  ASSIGN_OR_RETURN(const Found<disk::EvaluationState> evaluation, reads.Evaluation(name));
  if (evaluation.state.state() != v1::EVALUATION_STATE_RETURNED) {
    board.submit_revision = static_cast<uint64_t>(evaluation.state.submit_revision());
  }
  for (size_t row = 0; row < board.cells.size(); ++row)
    MakeFit(model, static_cast<int>(row), &board.cells[row]);
  Rescore(model, -1, &board);
  return board;
}

}  // namespace attain::engine
