#include "service/domain/monitoring/monitoring_view.h"

#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"
#include "service/api/calendar.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/domain/monitoring/pace.h"
#include "service/domain/scores/score_view.h"
#include "service/model/mirror.h"

namespace attain::engine {
namespace {

using scoring::Signal;

std::string NewestDay(const Board& board) {
  std::string newest = board.spent_date;
  for (const Cell& cell : board.cells) newest = std::max(newest, cell.reported.date);
  return newest;
}

// The table as of that day. A board that holds nothing dated later, of a table whose targets did not change
// since, is that already.
absl::StatusOr<TableView> ViewAsOf(const QueryContext& context, const ResourceName& table, TableView newest,
                                   const MonthView& month) {
  if (NewestDay(*newest.board) <= month.last_day && newest.model->state.amend_date() <= month.last_day)
    return newest;
  ASSIGN_OR_RETURN(const auto then, OpenSnapshot(context, month.read, month.as_of));
  return then->GetBoard(table);
}

// 1 … 12 of "YYYY-MM".
absl::StatusOr<int> MonthOfYear(const std::string& text, int fiscal_year) {
  int month = 0;
  const std::string year = absl::StrCat(fiscal_year, "-");
  absl::string_view rest = text;
  const bool fits = absl::ConsumePrefix(&rest, year) && rest.size() == 2 && absl::SimpleAtoi(rest, &month) &&
                    month >= 1 && month <= kMonthsOfYear;
  if (fits) return month;
  return BadField("month", v1::ERROR_REASON_INVALID_FIELD,
                  {absl::StrCat("月份应写成 YYYY-MM，在预算年度之内（", year, "01 至 ", year,
                                "12）；留空表示最近一次上报或支出的月份。"),
                   absl::StrCat("Write the month as YYYY-MM inside the fiscal year (", year, "01 to ", year,
                                "12); empty means that of the newest report or spending.")},
                  {{"fiscal_year", absl::StrCat(fiscal_year)}});
}

std::string TwoDecimals(const std::optional<scoring::Decimal>& value) {
  return value.has_value() ? value->ToFixed(2) : "";
}

void FillMonitoringRow(const MonthView& view, const Board& forecast, bool moved, int row,
                       v1::MonitoringRow* out) {
  const TableModel& model = *view.table.model;
  const disk::IndicatorState& state = model.state.indicators(row);
  v1::IndicatorScore fact;
  FillRow(model, *view.table.board, row, &fact);
  out->set_name(fact.name());
  out->set_display_name(fact.display_name());
  out->set_level1(state.level1());
  out->set_level2(state.level2());
  out->set_target(fact.target());
  out->set_actual(fact.actual());
  out->set_date(fact.date());
  out->set_progress(TwoDecimals(view.progress[row].percent));
  out->set_signal(static_cast<v1::Signal>(view.progress[row].signal));
  if (moved) {
    v1::IndicatorScore ahead;
    FillRow(model, forecast, row, &ahead);
    out->set_forecast(ahead.actual());
    out->set_forecast_score(ahead.score());
  }
  if (const disk::OutlookState* outlook = view.OutlookOf(row))
    *out->mutable_outlook() = ToPublic(*outlook, fact.name());
  out->set_outlook_missing(view.MissesOutlook(row));
}

}  // namespace

absl::Status CheckNoDay(const v1::AsOf& as_of) {
  if (as_of.date().empty()) return absl::OkStatus();
  return BadField("as_of.date", v1::ERROR_REASON_INVALID_FIELD,
                  {"监控按月份取数，请用 month 代替日期。",
                   "Monitoring counts by month: give the month instead of a day."});
}

bool WantsOutlook(const scoring::Progress& progress) {
  return progress.signal == Signal::kRed || progress.signal == Signal::kYellow;
}

const disk::OutlookState* MonthView::OutlookOf(size_t row) const {
  const auto found = outlooks.find(table.model->rows[row].id);
  return found == outlooks.end() ? nullptr : &found->second;
}

bool MonthView::MissesOutlook(size_t row) const {
  const disk::OutlookState* outlook = OutlookOf(row);
  return WantsOutlook(progress[row]) &&
         (outlook == nullptr || outlook->cause() == v1::OUTLOOK_CAUSE_UNSPECIFIED);
}

scoring::Progress ProgressOfRow(const TableModel& model, int row, const scoring::Reported& reported,
                                int month) {
  return scoring::ProgressOf(*model.profile, model.rows[row], reported, month,
                             scoring::IsProrated(*model.profile, model.state.indicators(row).level2()));
}

absl::StatusOr<MonthView> ViewMonth(const QueryContext& context, const Snapshot& now, v1::AsOf as_of,
                                    const ResourceName& table, const std::string& month) {
  MonthView view;
  ASSIGN_OR_RETURN(TableView newest, now.GetBoard(table));
  const std::string day = NewestDay(*newest.board);
  view.month = day.empty() ? 1 : ToDay(day).month();
  if (!month.empty()) {
    ASSIGN_OR_RETURN(view.month, MonthOfYear(month, newest.model->state.fiscal_year()));
  }
  view.last_day = ToText(LastDayOf(newest.model->state.fiscal_year(), view.month));
  view.read.set_read_revision(static_cast<int64_t>(now.revision()));
  view.as_of = std::move(as_of);
  view.as_of.set_date(view.last_day);
  ASSIGN_OR_RETURN(view.table, ViewAsOf(context, table, std::move(newest), view));
  const TableModel& model = *view.table.model;
  for (size_t row = 0; row < model.rows.size(); ++row) {
    view.progress.push_back(
        ProgressOfRow(model, static_cast<int>(row), view.table.board->cells[row].reported, view.month));
  }
  view.money = scoring::ProgressOf(*model.profile, view.table.board->budget, view.month);
  return view;
}

absl::Status ReadOutlooks(const QueryContext& context, MonthView* view) {
  const TableModel& model = *view->table.model;
  ASSIGN_OR_RETURN(const auto then, OpenSnapshot(context, view->read, view->as_of));
  ASSIGN_OR_RETURN(view->outlooks,
                   then->GetOutlooks({ResourceName::kTable, model.unit, model.table, "", "", ""}));
  return absl::OkStatus();
}

Board ForecastBoard(const TableModel& model, const Board& board, std::vector<bool>* moved) {
  Board forecast = board;
  moved->assign(model.rows.size(), false);
  for (size_t row = 0; row < model.rows.size(); ++row) {
    scoring::Reported& reported = forecast.cells[row].reported;
    if (!reported.reported || !HasPace(model, static_cast<int>(row))) continue;
    const absl::CivilDay day = ToDay(reported.date);
    const std::optional<scoring::Decimal> ahead =
        scoring::ForecastByPace(model.rows[row], reported, absl::GetYearDay(day), DaysOfYear(day.year()));
    if (!ahead.has_value()) continue;
    reported.number = ahead;
    (*moved)[row] = true;
  }
  Rescore(model, -1, &forecast);
  return forecast;
}

v1::Outlook ToPublic(const disk::OutlookState& state, absl::string_view indicator) {
  v1::Outlook outlook;
  outlook.set_name(absl::StrCat(indicator, "/outlooks/", state.revision()));
  CopyByName(state, &outlook);
  *outlook.mutable_record_time() = ToTimestamp(state.record_time_us());
  return outlook;
}

void FillReport(const MonthView& view, v1::MonitoringReport* report) {
  const TableModel& model = *view.table.model;
  v1::Score fact, ahead;
  FillTotals(model, *view.table.board, &fact);
  std::vector<bool> moved;
  const Board forecast = ForecastBoard(model, *view.table.board, &moved);
  FillTotals(model, forecast, &ahead);
  report->set_name(fact.name());
  report->set_display_name(fact.display_name());
  report->set_fiscal_year(fact.fiscal_year());
  report->set_month(absl::StrFormat("%d-%02d", fact.fiscal_year(), view.month));
  std::vector<Signal> signals;
  for (size_t row = 0; row < model.rows.size(); ++row) {
    FillMonitoringRow(view, forecast, moved[row], static_cast<int>(row), report->add_rows());
    signals.push_back(view.progress[row].signal);
  }
  report->set_signal(static_cast<v1::Signal>(scoring::Worst(signals)));
  report->set_spent(fact.spent());
  report->set_adjusted_budget(fact.adjusted_budget());
  report->set_execution_rate(fact.execution_rate());
  report->set_execution_progress(TwoDecimals(view.money.percent));
  report->set_execution_signal(static_cast<v1::Signal>(view.money.signal));
  report->set_score(fact.score());
  report->set_forecast_score(ahead.score());
  report->set_forecast_grade(ahead.grade());
}

}  // namespace attain::engine
