#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "clients/cli/commands/common/commands.h"
#include "clients/cli/commands/common/limit.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/session/context.h"
#include "clients/cli/terminal/table_printer.h"
#include "clients/cli/words/column_words.h"
#include "clients/cli/words/labels.h"
#include "clients/cli/words/monitoring_words.h"
#include "clients/cli/words/report_words.h"
#include "clients/cli/words/score_words.h"

namespace attain::cli {
namespace {

std::string Percent(const std::string& number) {
  return number.empty() ? "" : absl::StrCat(number, "%");
}

std::string SignalWords(const Context& context, const Bilingual& label, v1::Signal signal) {
  const std::string word(Label(signal, context.language()));
  return absl::StrCat(context.Say(label), " ", context.style().Paint(ColourOf(signal), word));
}

// 1 … 12 of its "YYYY-MM".
int MonthOf(const v1::MonitoringReport& report) {
  int month = 0;
  const size_t dash = report.month().find('-');
  if (dash == std::string::npos || !absl::SimpleAtoi(report.month().substr(dash + 1), &month)) return 1;
  return month;
}

std::string MonthWords(const Context& context, const v1::MonitoringReport& report) {
  const int month = MonthOf(report);
  return month == 1 ? context.Say(words::kOneMonth, report.fiscal_year())
                    : context.Say(words::kMonths, report.fiscal_year(), month);
}

void PrintHeader(const Context& context, const v1::MonitoringReport& report) {
  const auto print = [&](const std::string& line) { context.out() << context.Wrap(line) << '\n'; };
  print(absl::StrCat(context.style().Paint(Colour::kBold, report.display_name()), "   ",
                     ShortName(report.name()), "   ", MonthWords(context, report), "   ",
                     SignalWords(context, words::kSignal, report.signal())));
  if (!report.execution_rate().empty()) {
    print(absl::StrCat(
        context.Say(words::kExecutionRate, report.execution_rate(), report.spent(), report.adjusted_budget()),
        "   ", context.Say(words::kProgress), " ", Percent(report.execution_progress()), "   ",
        SignalWords(context, words::kMoneySignal, report.execution_signal())));
  }
  if (report.score().empty()) return;
  print(absl::StrCat(context.Say(words::kScoreSoFar), " ", report.score(), "   ",
                     context.Say(words::kForecast), " ", report.forecast_score(), " ",
                     report.forecast_grade()));
}

std::string CauseWords(const Context& context, const v1::MonitoringRow& row) {
  if (row.outlook_missing()) return context.Say(words::kCauseWanted);
  const std::string cause(Label(row.outlook().cause(), context.language()));
  const std::string& text = row.outlook().text();
  return absl::StrCat(cause, cause.empty() || text.empty() ? "" : " ", text);
}

// The last day of the month, so that the outlook counts for it.
std::string LastDay(const v1::MonitoringReport& report) {
  return absl::FormatCivilTime(absl::CivilDay(absl::CivilMonth(report.fiscal_year(), MonthOf(report)) + 1) -
                               1);
}

// The first indicator that wants a cause; empty when there is none.
std::string PrintRows(const Context& context, const v1::MonitoringReport& report) {
  TablePrinter table({{context.Say(words::kNumber)},
                      {context.Say(words::kIndicator), Align::kLeft, true},
                      {context.Say(words::kTarget), Align::kLeft, true, 1},
                      {context.Say(words::kActual), Align::kLeft, true},
                      {context.Say(words::kDate), Align::kLeft, false, 6},
                      {context.Say(words::kProgress), Align::kRight},
                      {context.Say(words::kSignal)},
                      {context.Say(words::kForecast), Align::kLeft, true, 3},
                      {context.Say(words::kForecastPoints), Align::kRight, false, 5},
                      {context.Say(words::kLikelihood), Align::kLeft, false, 2},
                      {context.Say(words::kCause), Align::kLeft, true}});
  std::string wanted;
  for (const v1::MonitoringRow& row : report.rows()) {
    if (wanted.empty() && row.outlook_missing()) wanted = row.name();
    table.AddRow({row.name().substr(row.name().rfind('/') + 1),
                  row.display_name(),
                  row.target(),
                  row.actual(),
                  row.date(),
                  Percent(row.progress()),
                  {Label(row.signal(), context.language()), ColourOf(row.signal())},
                  row.forecast(),
                  row.forecast_score(),
                  Label(row.outlook().likelihood(), context.language()),
                  {CauseWords(context, row), row.outlook_missing() ? Colour::kYellow : Colour::kNone}});
  }
  context.out() << '\n';
  table.Print(context.out(), context.style());
  return wanted;
}

absl::Status Run(Context& context) {
  v1::GetMonitoringRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), context.names().Table(context.args().At(0)));
  ASSIGN_OR_RETURN(*request.mutable_month(), MonthOption(context, request.name()));
  context.Read(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().GetMonitoring(request));
  if (context.json()) return context.PrintJson(response);
  PrintHeader(context, response.report());
  const std::string wanted = PrintRows(context, response.report());
  if (!wanted.empty())
    context.err() << context.Say(words::kCauseHint, ShortName(wanted), LastDay(response.report())) << '\n';
  return absl::OkStatus();
}

}  // namespace

Command MonitorCommand() {
  Command command;
  command.name = "monitor";
  command.group = Group::kReport;
  command.usage = "TABLE";
  command.least = command.most = 1;
  command.options = {"month"};
  command.summary = {"绩效运行监控", "signals and forecast of a table"};
  command.text = {
      "显示一张表截至某月月底的进度和红黄绿蓝灯（实际完成值 ÷ 按月折算的指标值）、预算执行的灯，\n"
      "以及按目前进度推算的全年完成值和得分。推算不是事实，单独成列。",
      "Shows each indicator's progress by the end of a month against that month's share of the target, with "
      "its signal (red,\n"
      "yellow, green, blue), the signal of the money, and where the year ends if the pace so far goes on. "
      "The "
      "forecast is no\n"
      "fact and stands in columns of its own."};
  command.examples = {
      {"monitor p1 --month 7", {"1–7 月的监控", "January to July"}},
      {"monitor p1 --month 7 --at 2024-08-05", {"8 月 5 日所知的情况", "as it was known on 5 August"}}};
  command.reads_past = true;
  command.run = Run;
  return command;
}

}  // namespace attain::cli
