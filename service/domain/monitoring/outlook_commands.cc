#include "service/domain/monitoring/outlook_commands.h"

#include "absl/strings/str_cat.h"
#include "service/api/calendar.h"
#include "service/api/dates.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/api/text_limits.h"
#include "service/domain/monitoring/monitoring_view.h"
#include "service/domain/reports/report_target.h"
#include "service/domain/tables/targets_on_day.h"

namespace attain::engine {
namespace {

constexpr size_t kMaxText = 2000, kMaxExpected = 200;

absl::Status CheckShape(const v1::Outlook& outlook) {
  RETURN_IF_ERROR(CheckLength("outlook.text", outlook.text(), kMaxText));
  RETURN_IF_ERROR(CheckLength("outlook.expected", outlook.expected(), kMaxExpected));
  if (!v1::Likelihood_IsValid(outlook.likelihood()) || outlook.likelihood() == v1::LIKELIHOOD_UNSPECIFIED) {
    return BadField("outlook.likelihood", v1::ERROR_REASON_INVALID_FIELD,
                    {"请选择完成目标可能性：确定能、有可能或完全不可能。",
                     "Say how likely the target is reached: CERTAIN, POSSIBLE or IMPOSSIBLE."});
  }
  if (!v1::OutlookCause_IsValid(outlook.cause())) {
    return BadField("outlook.cause", v1::ERROR_REASON_INVALID_FIELD,
                    {"偏差原因未知：应为经费、制度、人员、硬件条件或其他。",
                     "Not a known cause: FUNDS, RULES, PEOPLE, EQUIPMENT or OTHER."});
  }
  if (outlook.cause() == v1::OUTLOOK_CAUSE_OTHER)
    return CheckRequired("outlook.text", outlook.text(), kMaxText);
  return absl::OkStatus();
}

// Against the targets in force on the month's last day (RULES 5), as monitoring shows it.
absl::StatusOr<scoring::Progress> ProgressBy(const std::string& last_day, int month,
                                             const ReportTarget& target, Transaction& txn) {
  const std::shared_ptr<const TableModel>& newest = target.working->model;
  ResourceName table = target.name;
  table.indicator.clear();
  ASSIGN_OR_RETURN(const auto model, TargetsOnDay(table, newest, target.row, last_day, txn));
  if (model == nullptr || !FitsReports(*newest, *model, target.row)) return scoring::Progress();
  ASSIGN_OR_RETURN(const Cell cell, txn.CellBy(target.name, *model, target.row, last_day));
  return ProgressOfRow(*model, target.row, cell.reported, month);
}

// Compulsory on red and yellow, and whenever the target is not certain to be reached.
absl::Status CheckCause(const v1::Outlook& outlook, const scoring::Progress& progress, int month) {
  if (outlook.cause() != v1::OUTLOOK_CAUSE_UNSPECIFIED) return absl::OkStatus();
  if (WantsOutlook(progress)) {
    const bool red = progress.signal == scoring::Signal::kRed;
    return BadField("outlook.cause", v1::ERROR_REASON_INVALID_FIELD,
                    {absl::StrCat("该指标 ", month, " 月为", red ? "红" : "黄",
                                  "灯，须选择偏差原因：经费、制度、人员、硬件条件或其他。"),
                     absl::StrCat("The indicator is ", red ? "red" : "yellow", " in month ", month,
                                  ": give the cause, FUNDS, RULES, PEOPLE, EQUIPMENT or OTHER.")},
                    {{"signal", red ? "RED" : "YELLOW"}, {"month", absl::StrCat(month)}});
  }
  if (outlook.likelihood() == v1::LIKELIHOOD_CERTAIN) return absl::OkStatus();
  return BadField("outlook.cause", v1::ERROR_REASON_INVALID_FIELD,
                  {"不能确定完成目标时，须选择偏差原因：经费、制度、人员、硬件条件或其他。",
                   "A target that is not certain to be reached needs a cause: FUNDS, RULES, PEOPLE, "
                   "EQUIPMENT or OTHER."});
}

}  // namespace

absl::Status RecordOutlook(const v1::RecordOutlookRequest& request, Transaction& txn,
                           v1::RecordOutlookResponse* response) {
  const v1::Outlook& outlook = request.outlook();
  ASSIGN_OR_RETURN(const ResourceName name, ParseIndicatorName("indicator", request.indicator()));
  RETURN_IF_ERROR(CheckShape(outlook));
  ReportTarget target;
  RETURN_IF_ERROR(LocateReport(name, txn, &target));
  const TableModel& model = *target.working->model;
  disk::OutlookState state;
  ASSIGN_OR_RETURN(*state.mutable_date(),
                   ReadDate("outlook.date", model.state.fiscal_year(), outlook.date(), txn.time_us()));
  const int month = ToDay(state.date()).month();
  const std::string last_day = ToText(LastDayOf(model.state.fiscal_year(), month));
  ASSIGN_OR_RETURN(const scoring::Progress progress, ProgressBy(last_day, month, target, txn));
  RETURN_IF_ERROR(CheckCause(outlook, progress, month));
  state.set_likelihood(outlook.likelihood());
  state.set_cause(outlook.cause());
  state.set_text(outlook.text());
  state.set_expected(outlook.expected());
  state.set_actor(txn.caller().actor);
  state.set_record_time_us(txn.time_us());
  state.set_revision(static_cast<int64_t>(txn.revision()));
  *response->mutable_outlook() = ToPublic(state, request.indicator());
  disk::Event event;
  disk::OutlookRecorded* recorded = event.mutable_outlook_recorded();
  recorded->set_table(model.state.name());
  recorded->set_indicator(name.indicator);
  *recorded->mutable_outlook() = std::move(state);
  return txn.Emit(std::move(event));
}

}  // namespace attain::engine
