#include "service/domain/forms/monitoring_form.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "attain/v1/table.pb.h"
#include "service/api/form_words.h"
#include "service/api/macros.h"
#include "service/domain/monitoring/monitoring_view.h"

namespace attain::engine {
namespace {

// "1–7月" and "January to July".
std::string Months(const FormMaker& maker, int month) {
  static constexpr const char* kNames[] = {"January",   "February", "March",    "April",
                                           "May",       "June",     "July",     "August",
                                           "September", "October",  "November", "December"};
  const std::string from_first = month == 1 ? "" : "1–";
  if (maker.zh()) return absl::StrCat(from_first, month, "月");
  return absl::StrCat(month == 1 ? "" : "January to ", kNames[month - 1]);
}

// The lead's word where there is one; else the pace, marked as such.
std::string ExpectedText(const FormMaker& maker, const v1::MonitoringRow& row) {
  if (!row.outlook().expected().empty()) return row.outlook().expected();
  if (row.forecast().empty()) return "";
  return absl::StrCat(row.forecast(), maker.Say({"（按进度推算）", " (forecast by pace)"}));
}

std::string CauseText(const FormMaker& maker, const v1::Outlook& outlook) {
  const std::string cause = maker.Say(WordsOf(outlook.cause()));
  if (cause.empty() || outlook.text().empty()) return absl::StrCat(cause, outlook.text());
  return absl::StrCat(cause, maker.Say({"：", ": "}), outlook.text());
}

std::string Remark(const FormMaker& maker, const v1::MonitoringRow& row) {
  std::vector<std::string> parts;
  const std::string signal = maker.Say(WordsOf(row.signal()));
  if (!signal.empty()) parts.push_back(signal);
  if (!row.progress().empty())
    parts.push_back(absl::StrCat(maker.Say({"进度 ", "progress "}), row.progress(), "%"));
  if (row.actual().empty()) parts.push_back(maker.Say({"未上报", "not reported"}));
  if (row.outlook_missing()) parts.push_back(maker.Say({"待填偏差原因", "cause wanted"}));
  return absl::StrJoin(parts, maker.Say({"，", ", "}));
}

void AddMoney(const MonthView& view, const v1::MonitoringReport& report, FormMaker* maker) {
  const disk::BudgetState& budget = view.table.model->state.budget();
  const std::string months = Months(*maker, view.month);
  GridMaker grid;
  grid.Column(maker->Say({"资金（万元）", "Money (10,000 yuan)"}));
  grid.Column(maker->Say({"年初预算数", "Budget"}));
  grid.Column(maker->Say({"全年预算数", "Adjusted budget"}));
  grid.Column(maker->Say({absl::StrCat(months, "执行数"), absl::StrCat("Spent, ", months)}));
  grid.Column(maker->Say({absl::StrCat(months, "执行率"), absl::StrCat("Execution rate, ", months)}));
  grid.Column(maker->Say({"备注", "Remarks"}));
  const std::string& table = view.table.model->state.name();
  grid.Row({maker->Say({"年度资金总额", "Total"}), MoneyCell(budget.total(), SourceOf(table, "budget.total")),
            MoneyCell(report.adjusted_budget(), SourceOf(table, "budget.adjusted")),
            MoneyCell(report.spent(), SourceOf(table, "spending.spent")),
            PercentCell(report.execution_rate()), maker->Say(WordsOf(report.execution_signal()))});
  grid.Row({maker->Say({"当年财政拨款", "Fiscal of this year"}),
            MoneyCell(budget.fiscal(), SourceOf(table, "budget.fiscal")), "", "", "", ""});
  grid.Row({maker->Say({"上年结转", "Carried over"}), "", "", "", "", ""});
  grid.Row({maker->Say({"其他", "Other"}), MoneyCell(budget.other(), SourceOf(table, "budget.other")), "", "",
            "", ""});
  grid.Write(maker->Say({"预算执行", "Budget"}), maker->form().add_grids());
}

void AddRows(const MonthView& view, const v1::MonitoringReport& report, FormMaker* maker) {
  const std::string months = Months(*maker, view.month);
  GridMaker grid;
  grid.Column(maker->Say({"一级指标", "Level 1"}), GridMaker::kMerged);
  grid.Column(maker->Say({"二级指标", "Level 2"}), GridMaker::kMerged);
  grid.Column(maker->Say({"三级指标", "Indicator"}));
  grid.Column(maker->Say({"年度指标值", "Target"}));
  grid.Column(maker->Say({absl::StrCat(months, "执行情况"), absl::StrCat("Reached, ", months)}));
  grid.Column(maker->Say({"全年预计完成情况", "Expected by the end of the year"}));
  grid.Column(maker->Say({"偏差原因分析", "Cause of the deviation"}));
  grid.Column(maker->Say({"完成目标可能性", "Likelihood"}));
  grid.Column(maker->Say({"备注", "Remarks"}));
  for (const v1::MonitoringRow& row : report.rows()) {
    grid.Row({row.level1(), row.level2(), TextCell(row.display_name(), SourceOf(row.name(), "display_name")),
              TextCell(row.target(), SourceOf(row.name(), "target")),
              TextCell(row.actual(), SourceOf(row.name(), "report.value")),
              TextCell(ExpectedText(*maker, row), SourceOf(row.name(), "outlook.expected")),
              TextCell(CauseText(*maker, row.outlook()), SourceOf(row.name(), "outlook.cause")),
              TextCell(maker->Say(WordsOf(row.outlook().likelihood())),
                       SourceOf(row.name(), "outlook.likelihood")),
              Remark(*maker, row)});
  }
  grid.Write(maker->Say({"绩效指标", "Indicators"}), maker->form().add_grids());
}

}  // namespace

absl::Status MakeMonitoringForm(const QueryContext& context, const Snapshot& now,
                                const v1::GetFormRequest& request, const ResourceName& name,
                                FormMaker* maker) {
  RETURN_IF_ERROR(CheckNoDay(request.as_of()));
  ASSIGN_OR_RETURN(MonthView view, ViewMonth(context, now, request.as_of(), name, request.month()));
  RETURN_IF_ERROR(ReadOutlooks(context, &view));
  v1::MonitoringReport report;
  FillReport(view, &report);
  const bool unit = view.table.model->state.kind() == v1::TABLE_KIND_UNIT;
  maker->Title(unit ? scoring::Text{"单位整体绩效运行监控表", "Monitoring of the unit"}
                    : scoring::Text{"项目支出绩效运行监控表", "Monitoring of a project"});
  RETURN_IF_ERROR(maker->HeadOfTable(*view.table.model));
  maker->Head({"监控期间", "Months"}, Months(*maker, view.month));
  AddMoney(view, report, maker);
  AddRows(view, report, maker);
  maker->Foot({"监控结果", "Signal"}, maker->Say(WordsOf(report.signal())));
  maker->Foot({"目前得分", "Score so far"}, report.score());
  maker->Foot({"按进度推算的全年得分", "Forecast by pace of the year's score"},
              absl::StrCat(report.forecast_score(), report.forecast_grade().empty() ? "" : "  ",
                           report.forecast_grade()));
  return maker->Signatures(*view.table.model);
}

}  // namespace attain::engine
