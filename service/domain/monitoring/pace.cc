#include "service/domain/monitoring/pace.h"

#include <algorithm>

#include "attain/v1/table.pb.h"
#include "service/api/calendar.h"
#include "service/scoring/monitoring.h"
#include "service/scoring/ratio.h"

namespace attain::engine {
namespace {

using scoring::Decimal;

// As averages of reports are kept.
constexpr int kActualDecimals = 9;

bool Grows(const TableModel& model, int row, const Cell& cell) {
  const scoring::Indicator& indicator = model.rows[row];
  if (!cell.reported.reported || !cell.reported.number.has_value() || cell.review.has_value()) return false;
  if (!indicator.target.has_value() || indicator.target->sign() <= 0) return false;
  const bool forward = indicator.comparator == scoring::Comparator::kAtLeast ||
                       indicator.comparator == scoring::Comparator::kGreater ||
                       indicator.comparator == scoring::Comparator::kEqual;
  return forward && HasPace(model, row);
}

}  // namespace

bool HasPace(const TableModel& model, int row) {
  const disk::IndicatorState& state = model.state.indicators(row);
  const bool mean =
      state.accumulation() == v1::ACCUMULATION_AVERAGE || state.accumulation() == v1::ACCUMULATION_RATIO;
  return !mean && scoring::IsProrated(*model.profile, state.level2());
}

Pace::Pace(const TableView& view, const std::string& as_of)
    : view_(view), last_(view.model->state.fiscal_year(), 12, 31) {
  std::string newest = view.board->spent_date;
  for (size_t row = 0; row < view.board->cells.size(); ++row) {
    const Cell& cell = view.board->cells[row];
    newest = std::max(newest, cell.reported.date);
    if (Grows(*view.model, static_cast<int>(row), cell)) rows_.push_back(static_cast<int>(row));
  }
  const std::string& known = as_of.empty() ? newest : as_of;
  const absl::CivilDay first(view.model->state.fiscal_year(), 1, 1);
  first_ = known.empty() ? first : std::max(first, ToDay(known) + 1);
}

Decimal Pace::Grown(const Decimal& figure, const std::string& date, absl::CivilDay day) const {
  const absl::CivilDay known = ToDay(date);
  const int64_t so_far = DayOfYear(known), left = std::max<int64_t>(0, last_ - std::max(day, known + 1) + 1);
  return scoring::Quotient(figure * Decimal::FromInt(so_far + left), Decimal::FromInt(so_far),
                           kActualDecimals, scoring::Rounding::kDown);
}

Decimal Pace::TotalFrom(absl::CivilDay day) const {
  Board board = *view_.board;
  for (const int row : rows_) {
    scoring::Reported& reported = board.cells[row].reported;
    const Decimal most = std::max(*reported.number, *view_.model->rows[row].target);
    reported.number = std::min(most, Grown(*reported.number, reported.date, day));
  }
  scoring::Budget& budget = board.budget;
  if (budget.spent.has_value() && budget.adjusted.has_value() && !board.spent_date.empty()) {
    budget.spent =
        std::min(std::max(*budget.spent, *budget.adjusted), Grown(*budget.spent, board.spent_date, day));
  }
  Rescore(*view_.model, -1, &board);
  return board.FinalScore().total.value_or(Decimal());
}

// A later start never helps, so the first day that is too late is found by halving.
Pace::Answer Pace::TooLate(const Decimal& needed) const {
  if (first_ > last_ || TotalFrom(first_) < needed) return {true, ""};
  absl::CivilDay in_time = first_, late = last_ + 1;
  if (TotalFrom(last_) >= needed) return {};
  late = last_;
  while (late - in_time > 1) {
    const absl::CivilDay middle = in_time + (late - in_time) / 2;
    (TotalFrom(middle) >= needed ? in_time : late) = middle;
  }
  return {false, absl::FormatCivilTime(late)};
}

}  // namespace attain::engine
