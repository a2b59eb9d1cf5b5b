#include "service/model/board_codec.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "service/api/macros.h"

namespace attain::engine {
namespace {

using scoring::Decimal;

std::string ToText(const std::optional<Decimal>& value) {
  return value.has_value() ? value->ToString() : "";
}

Decimal Number(const std::string& text) {
  absl::StatusOr<Decimal> parsed = Decimal::Parse(text);
  return parsed.ok() ? *parsed : Decimal();
}

std::optional<Decimal> OptionalNumber(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return Number(text);
}

void FillCell(const Board& board, size_t i, disk::CellState* out) {
  const Cell& cell = board.cells[i];
  const scoring::IndicatorScore& score = board.scores[i];
  out->set_status(static_cast<int32_t>(score.status));
  if (score.score.has_value()) out->set_score(score.score->ToString());
  // What is reported is mostly sure, and there is nothing more to come.
  if (score.sure != score.score) out->set_sure(score.sure.ToString());
  if (score.possible != score.score) out->set_possible(score.possible.ToString());
  if (cell.review.has_value()) {
    out->set_review_score(cell.review->score.ToString());
    out->set_review_reason(cell.review->reason);
    out->set_reviewer(cell.review->reviewer);
    out->set_review_revision(static_cast<int64_t>(cell.review->revision));
  }
  if (!cell.reported.reported) return;
  out->set_reported(true);
  out->set_number(ToText(cell.reported.number));
  out->set_level(cell.reported.level);
  out->set_text(cell.reported.text);
  if (cell.reported.met.has_value()) out->set_met(*cell.reported.met);
  out->set_typed_score(ToText(cell.reported.typed_score));
  out->set_typed_deduction(ToText(cell.reported.typed_deduction));
  out->set_date(cell.reported.date);
  out->set_revision(static_cast<int64_t>(cell.reported.revision));
  out->set_reason(cell.reason);
  out->set_actual_id(cell.actual_id);
  if (cell.count > 0) {
    out->set_sum(cell.sum.ToString());
    out->set_denominator_sum(cell.denominator_sum.ToString());
    out->set_count(cell.count);
  }
}

void FillTotals(const Board& board, disk::BoardState* out) {
  out->set_spent(ToText(board.budget.spent));
  out->set_adjusted(ToText(board.budget.adjusted));
  out->set_spent_date(board.spent_date);
  out->set_spent_revision(static_cast<int64_t>(board.budget.spent_revision));
  out->set_adjusted_revision(static_cast<int64_t>(board.budget.adjusted_revision));
  out->set_total(ToText(board.total.total));
  out->set_sure(ToText(board.total.sure));
  out->set_possible(ToText(board.total.possible));
  out->set_grade(board.total.grade);
  out->set_light(static_cast<int32_t>(board.total.light));
  out->set_revision(static_cast<int64_t>(board.revision));
  out->set_submit_revision(static_cast<int64_t>(board.submit_revision));
  if (board.adjusted_date != board.spent_date) out->set_adjusted_date(board.adjusted_date);
  if (!board.reviewed.has_value()) return;
  out->set_final_total(ToText(board.reviewed->total));
  out->set_final_grade(board.reviewed->grade);
}

}  // namespace

std::string EncodeBoard(Board* board) {
  board->encoded.resize(board->cells.size());
  std::string bytes;
  for (size_t i = 0; i < board->cells.size(); ++i) {
    // A message with one cell: the tag, the length and the bytes that stand for it in the whole.
    if (board->encoded[i].empty()) {
      disk::BoardState one;
      FillCell(*board, i, one.add_cells());
      one.SerializeToString(&board->encoded[i]);
    }
    bytes.append(board->encoded[i]);
  }
  disk::BoardState totals;
  FillTotals(*board, &totals);
  totals.AppendToString(&bytes);
  return bytes;
}

absl::StatusOr<Board> FromDisk(const TableModel& model, const disk::BoardState& state) {
  ASSIGN_OR_RETURN(Board board, FiguresFromDisk(model, state));
  Rescore(model, -1, &board);
  return board;
}

absl::StatusOr<Board> FiguresFromDisk(const TableModel& model, const disk::BoardState& state) {
  if (static_cast<size_t>(state.cells_size()) != model.rows.size()) {
    return absl::DataLossError(absl::StrCat(model.state.name(), ": the board has ", state.cells_size(),
                                            " rows, the table ", model.rows.size()));
  }
  Board board;
  board.cells.resize(model.rows.size());
  for (int i = 0; i < state.cells_size(); ++i) {
    const disk::CellState& from = state.cells(i);
    Cell& cell = board.cells[i];
    if (!from.review_score().empty()) {
      cell.review = Review{Number(from.review_score()), from.review_reason(), from.reviewer(),
                           static_cast<uint64_t>(from.review_revision())};
    }
    if (!from.reported()) continue;
    cell.reported.reported = true;
    cell.reported.number = OptionalNumber(from.number());
    cell.reported.level = from.level();
    cell.reported.text = from.text();
    if (from.has_met()) cell.reported.met = from.met();
    cell.reported.typed_score = OptionalNumber(from.typed_score());
    cell.reported.typed_deduction = OptionalNumber(from.typed_deduction());
    cell.reported.date = from.date();
    cell.reported.revision = static_cast<uint64_t>(from.revision());
    cell.reason = from.reason();
    cell.actual_id = from.actual_id();
    cell.count = from.count();
    if (from.count() > 0) {
      cell.sum = Number(from.sum());
      cell.denominator_sum = Number(from.denominator_sum());
    }
  }
  board.budget.spent = OptionalNumber(state.spent());
  board.budget.adjusted = OptionalNumber(state.adjusted());
  board.spent_date = state.spent_date();
  board.budget.spent_revision = static_cast<uint64_t>(state.spent_revision());
  board.budget.adjusted_revision = static_cast<uint64_t>(state.adjusted_revision());
  if (state.adjusted_revision() != 0)
    board.adjusted_date = state.adjusted_date().empty() ? state.spent_date() : state.adjusted_date();
  board.revision = static_cast<uint64_t>(state.revision());
  board.submit_revision = static_cast<uint64_t>(state.submit_revision());
  return board;
}

absl::StatusOr<Review> ToReview(const disk::ReviewState& state) {
  ASSIGN_OR_RETURN(Decimal score, Decimal::ParseStored(state.score()));
  return Review{std::move(score), state.reason(), state.reviewer(), static_cast<uint64_t>(state.revision())};
}

disk::UnitBoardState ToDisk(const scoring::RollupSums& sums, const disk::UnitBoardState& header) {
  disk::UnitBoardState state;
  state.set_profile(header.profile());
  state.set_profile_version(header.profile_version());
  state.set_weight(sums.weight.ToString());
  state.set_weighted_total(sums.weighted_total.ToString());
  state.set_weighted_sure(sums.weighted_sure.ToString());
  state.set_weighted_possible(sums.weighted_possible.ToString());
  state.set_adjusted(sums.adjusted.ToString());
  state.set_spent(sums.spent.ToString());
  state.set_tables(sums.tables);
  state.set_unweighted(sums.unweighted);
  state.set_indicators(sums.indicators);
  state.set_reported(sums.reported);
  state.set_reviewed(sums.reviewed);
  if (sums.weighted_final != sums.weighted_total) state.set_weighted_final(sums.weighted_final.ToString());
  return state;
}

absl::StatusOr<scoring::RollupSums> FromDisk(const disk::UnitBoardState& state) {
  scoring::RollupSums sums;
  const std::pair<const std::string&, Decimal*> fields[] = {
      {state.weight(), &sums.weight},
      {state.weighted_total(), &sums.weighted_total},
      {state.weighted_sure(), &sums.weighted_sure},
      {state.weighted_possible(), &sums.weighted_possible},
      {state.weighted_final().empty() ? state.weighted_total() : state.weighted_final(),
       &sums.weighted_final},
      {state.adjusted(), &sums.adjusted},
      {state.spent(), &sums.spent}};
  for (const auto& [text, out] : fields) {
    ASSIGN_OR_RETURN(*out, Decimal::ParseStored(text));
  }
  sums.tables = state.tables();
  sums.unweighted = state.unweighted();
  sums.indicators = state.indicators();
  sums.reported = state.reported();
  sums.reviewed = state.reviewed();
  return sums;
}

}  // namespace attain::engine
