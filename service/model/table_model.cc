#include "service/model/table_model.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "attain/v1/table.pb.h"
#include "service/api/macros.h"
#include "service/importing/document.h"
#include "service/importing/values/units.h"
#include "service/scoring/ratio.h"

namespace attain::engine {
namespace {

using scoring::Decimal;
using scoring::Reported;

// Averages and ratios are kept to this many decimals, the most an actual value may have.
constexpr int kActualDecimals = 9;

Decimal Number(const std::string& text) {
  absl::StatusOr<Decimal> parsed = Decimal::Parse(text);
  return parsed.ok() ? *parsed : Decimal();
}

std::optional<Decimal> OptionalNumber(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return Number(text);
}

void TakeValue(const disk::ActualState& actual, absl::string_view id, Cell* cell) {
  Reported& reported = cell->reported;
  reported.number = OptionalNumber(actual.number());
  reported.level = actual.level();
  reported.text = actual.report().value();
  reported.met = actual.has_met() ? std::optional<bool>(actual.met()) : std::nullopt;
  reported.typed_score = OptionalNumber(actual.report().score());
  reported.typed_deduction = OptionalNumber(actual.report().deduction());
  reported.date = actual.date();
  reported.revision = actual.revision();
  cell->reason = actual.report().reason();
  cell->actual_id = std::string(id);
}

void TakeQuotient(const Decimal& numerator, const Decimal& denominator, bool percent, Reported* reported) {
  if (denominator.sign() == 0) return;
  const Decimal scale = Decimal::FromInt(percent ? 100 : 1);
  reported->number =
      scoring::Quotient(numerator * scale, denominator, kActualDecimals, scoring::Rounding::kHalfAway);
}

// SUM, AVERAGE and RATIO: the number follows from sums over all reports; date and reason are the newest
// report's.
void TakeSums(const TableModel& model, int row, const disk::ActualState& actual, int32_t kind,
              absl::string_view id, Cell* cell) {
  const bool newest = !cell->reported.reported || actual.date() >= cell->reported.date;
  if (newest) TakeValue(actual, id, cell);
  cell->reported.revision = std::max<uint64_t>(cell->reported.revision, actual.revision());
  cell->count += 1;
  if (kind == v1::ACCUMULATION_RATIO) {
    cell->sum = cell->sum + Number(actual.report().numerator());
    cell->denominator_sum = cell->denominator_sum + Number(actual.report().denominator());
    TakeQuotient(cell->sum, cell->denominator_sum, model.rows[row].unit == "%", &cell->reported);
    return;
  }
  cell->sum = cell->sum + Number(actual.number());
  if (kind == v1::ACCUMULATION_SUM) {
    cell->reported.number = cell->sum;
  } else {
    TakeQuotient(cell->sum, Decimal::FromInt(cell->count), false, &cell->reported);
  }
}

bool IsLate(const Board& board, uint64_t revision) {
  return board.submit_revision > 0 && revision > board.submit_revision;
}

}  // namespace

bool TableModel::in_force() const {
  return state.state() == v1::TABLE_STATE_APPROVED || state.state() == v1::TABLE_STATE_CLOSED;
}

bool TableModel::weighted() const {
  for (const scoring::Indicator& row : rows) {
    if (!row.weight.has_value()) return false;
  }
  return !rows.empty();
}

size_t TableModel::ApproximateBytes() const {
  return sizeof(TableModel) + state.SpaceUsedLong() + rows.size() * (sizeof(scoring::Indicator) + 200);
}

int64_t Board::review_count() const {
  int64_t count = 0;
  for (size_t row = 0; row < cells.size(); ++row) count += CountingReview(*this, row) != nullptr ? 1 : 0;
  return count;
}

const Review* CountingReview(const Board& board, size_t row) {
  const Cell& cell = board.cells[row];
  const bool counts = cell.review.has_value() && cell.reported.reported &&
                      board.scores[row].status != scoring::ScoreStatus::kNotApplicable;
  return counts ? &*cell.review : nullptr;
}

std::optional<std::vector<scoring::IndicatorScore>> ReviewedScores(const Board& board) {
  std::optional<std::vector<scoring::IndicatorScore>> scores;
  for (size_t i = 0; i < board.cells.size(); ++i) {
    const Review* review = CountingReview(board, i);
    if (review == nullptr) continue;
    if (!scores.has_value()) scores = board.scores;
    scoring::IndicatorScore& score = (*scores)[i];
    score.score = score.sure = score.possible = review->score;
    score.status = scoring::ScoreStatus::kScored;
  }
  return scores;
}

std::optional<Decimal> FinalPoints(const Board& board, size_t row) {
  if (const Review* review = CountingReview(board, row)) return review->score;
  return board.scores[row].score;
}

std::string MeasureOf(const TableModel& model, const std::string& indicator) {
  const auto row = model.row_by_id.find(indicator);
  return row == model.row_by_id.end() ? "" : model.rows[row->second].unit;
}

Board EmptyBoard(const TableModel& model) {
  Board board;
  board.cells.resize(model.rows.size());
  const disk::BudgetState& budget = model.state.budget();
  board.budget.adjusted = OptionalNumber(budget.adjusted().empty() ? budget.total() : budget.adjusted());
  board.revision = model.revision;
  Rescore(model, -1, &board);
  return board;
}

void Accumulate(const TableModel& model, int row, const disk::ActualState& actual, absl::string_view id,
                Cell* cell) {
  const int32_t kind = model.state.indicators(row).accumulation();
  if (kind == v1::ACCUMULATION_UNSPECIFIED || kind == v1::ACCUMULATION_LATEST) {
    if (!cell->reported.reported || actual.date() >= cell->reported.date) TakeValue(actual, id, cell);
  } else {
    TakeSums(model, row, actual, kind, id, cell);
  }
  cell->reported.reported = true;
}

void Accumulate(const disk::SpendingState& spending, Board* board) {
  if (spending.date() >= board->spent_date) {
    board->spent_date = spending.date();
    board->budget.spent = OptionalNumber(spending.spent());
    board->budget.spent_revision = spending.revision();
  }
  // A record without one leaves the adjusted budget as it is, so the newest with one counts.
  if (!spending.adjusted_budget().empty() && spending.date() >= board->adjusted_date) {
    board->adjusted_date = spending.date();
    board->budget.adjusted = OptionalNumber(spending.adjusted_budget());
    board->budget.adjusted_revision = spending.revision();
  }
}

void Rescore(const TableModel& model, int row, Board* board) {
  board->scores.resize(model.rows.size());
  board->encoded.resize(model.rows.size());
  for (size_t i = 0; i < model.rows.size(); ++i) {
    if (row >= 0 && static_cast<size_t>(row) != i) continue;
    board->encoded[i].clear();
    board->scores[i] = scoring::ScoreIndicator(*model.profile, model.rows[i], board->cells[i].reported);
    if (IsLate(*board, board->cells[i].reported.revision)) board->scores[i].flags |= scoring::kFlagLate;
  }
  Retotal(model, board);
}

void AddReport(const TableModel& model, int row, const disk::ActualState& actual, absl::string_view id,
               uint64_t revision, Board* board) {
  Accumulate(model, row, actual, id, &board->cells[row]);
  board->revision = revision;
  Rescore(model, row, board);
}

void Retotal(const TableModel& model, Board* board) {
  board->total = scoring::ScoreTable(*model.profile, board->scores, board->budget);
  if (IsLate(*board, board->budget.spent_revision)) board->total.flags |= scoring::kFlagLate;
  board->reviewed.reset();
  if (const auto scores = ReviewedScores(*board))
    board->reviewed = scoring::ScoreTable(*model.profile, *scores, board->budget);
}

bool Fits(const TableModel& model, int row, const Cell& cell) {
  const scoring::Indicator& indicator = model.rows[row];
  if (cell.review.has_value() && (!indicator.weight.has_value() || cell.review->score > *indicator.weight))
    return false;
  return !cell.reported.reported || scoring::CheckReported(*model.profile, indicator, cell.reported).kind ==
                                        scoring::ReportProblem::kNone;
}

void MakeFit(const TableModel& model, int row, Cell* cell) {
  if (Fits(model, row, *cell)) return;
  const scoring::Indicator& indicator = model.rows[row];
  if (cell->review.has_value() && (!indicator.weight.has_value() || cell->review->score > *indicator.weight))
    cell->review.reset();
  if (!Fits(model, row, *cell)) cell->reported.typed_score.reset();
}

std::string ShapeOf(const disk::IndicatorState& row) {
  return absl::StrCat(row.target().value().empty() ? "words" : "number", "|",
                      importing::FoldUnit(row.target().unit()), "|",
                      row.target().value().empty() ? row.rule().kind() : 0, "|", row.accumulation());
}

bool FitsReports(const TableModel& newest, const TableModel& model, int row) {
  const auto told = newest.row_by_id.find(model.rows[row].id);
  if (&newest == &model || told == newest.row_by_id.end()) return true;
  return ShapeOf(newest.state.indicators(told->second)) == ShapeOf(model.state.indicators(row));
}

std::vector<bool> FitReports(const TableModel& newest, const TableModel& model) {
  std::vector<bool> fit(model.rows.size());
  for (size_t row = 0; row < fit.size(); ++row) fit[row] = FitsReports(newest, model, static_cast<int>(row));
  return fit;
}

Board Amended(const TableModel& before, const Board& board, const TableModel& after,
              std::vector<int>* recompute) {
  Board amended = EmptyBoard(after);
  amended.budget = board.budget;
  amended.spent_date = board.spent_date;
  amended.adjusted_date = board.adjusted_date;
  amended.submit_revision = board.submit_revision;
  amended.revision = board.revision;
  for (size_t i = 0; i < after.rows.size(); ++i) {
    const auto old = before.row_by_id.find(after.rows[i].id);
    const bool stays =
        old != before.row_by_id.end() && before.state.indicators(old->second).accumulation() ==
                                             after.state.indicators(static_cast<int>(i)).accumulation();
    if (stays) {
      amended.cells[i] = board.cells[old->second];
    } else {
      recompute->push_back(static_cast<int>(i));
    }
  }
  return amended;
}

bool TakesPart(const TableModel& model) {
  return model.in_force() && model.state.kind() == v1::TABLE_KIND_PROJECT;
}

scoring::RollupSums SumsOf(scoring::RollupMode mode, const Board& board) {
  if (!board.reviewed.has_value()) return scoring::TableSums(mode, board.total, board.budget);
  return scoring::TableSums(mode, board.total, board.budget, &*board.reviewed, board.review_count());
}

size_t Board::ApproximateBytes() const {
  constexpr size_t kTexts = 96;  // of a cell, beside the fixed part
  return sizeof(Board) + cells.size() * (sizeof(Cell) + sizeof(scoring::IndicatorScore) + kTexts);
}

}  // namespace attain::engine
