#include <map>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/commands/common/commands.h"
#include "clients/cli/commands/common/limit.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/pages.h"
#include "clients/cli/session/context.h"
#include "clients/cli/show/actual_text.h"
#include "clients/cli/terminal/table_printer.h"
#include "clients/cli/words/column_words.h"
#include "clients/cli/words/labels.h"
#include "clients/cli/words/report_words.h"
#include "clients/cli/words/result_words.h"

namespace attain::cli {
namespace {

absl::StatusOr<std::map<std::string, std::string>> DisplayNames(const Context& context,
                                                                const std::string& parent) {
  v1::GetTableRequest request;
  request.set_name(TableOf(parent));
  context.Read(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().GetTable(request));
  std::map<std::string, std::string> names;
  for (const v1::Indicator& row : response.table().indicators()) names[row.name()] = row.display_name();
  return names;
}

absl::Status Print(const Context& context, const std::string& parent,
                   const v1::ListActualsResponse& response) {
  ASSIGN_OR_RETURN(auto names, DisplayNames(context, parent));
  TablePrinter table({{context.Say(words::kName)},
                      {context.Say(words::kIndicator), Align::kLeft, true},
                      {context.Say(words::kDate)},
                      {context.Say(words::kValue), Align::kRight},
                      {context.Say(words::kPoints), Align::kRight, false, 1},
                      {context.Say(words::kState)},
                      {context.Say(words::kActor), Align::kLeft, true, 2, 8},
                      {context.Say(words::kRecordedAt), Align::kLeft, false, 5},
                      {context.Say(words::kNote), Align::kLeft, true, 6},
                      {context.Say(words::kReason), Align::kLeft, true, 3},
                      {context.Say(words::kChangeReason), Align::kLeft, true, 4}});
  for (const v1::Actual& actual : response.actuals()) {
    const v1::ActualReport& report = actual.report();
    const bool counts = actual.state() == v1::ACTUAL_STATE_ACTIVE;
    table.AddRow({ShortName(actual.name()),
                  names[IndicatorOf(actual.name())],
                  actual.date(),
                  ActualText(actual),
                  report.score(),
                  {counts ? "" : Label(actual.state(), context.language()), Colour::kDim},
                  actual.actor(),
                  TimeText(actual.record_time()),
                  report.note(),
                  report.reason(),
                  actual.change_reason()});
  }
  table.Print(context.out(), context.style());
  return absl::OkStatus();
}

absl::Status Run(Context& context) {
  v1::ListActualsRequest request;
  ASSIGN_OR_RETURN(std::string name,
                   context.names().Resolve(context.args().At(0), {NameKind::kTable, NameKind::kIndicator}));
  request.set_parent(name == TableOf(name) ? absl::StrCat(name, "/indicators/-") : name);
  request.set_filter(context.args().Get("filter"));
  context.Read(&request);
  ASSIGN_OR_RETURN(const int limit, Limit(context));
  ASSIGN_OR_RETURN(const auto response, AllPages(context.client(), &client::Client::ListActuals, request,
                                                 &v1::ListActualsResponse::mutable_actuals, limit));
  if (context.json()) return context.PrintJson(response);
  if (response.actuals().empty()) {
    context.err() << context.Say(words::kNothingHere) << '\n';
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(Print(context, name, response));
  SayMoreRows(context, response.actuals_size(), response.total_size());
  return absl::OkStatus();
}

}  // namespace

Command ActualsCommand() {
  Command command;
  command.name = "actuals";
  command.group = Group::kReport;
  command.usage = "TABLE|INDICATOR";
  command.least = command.most = 1;
  command.options = {"filter", "limit", "as-of"};
  command.filter = "state = ACTIVE AND date >= \"2024-06-01\"";
  command.summary = {"列出上报记录", "list what was reported"};
  command.text = {
      "列出一项指标或一张表的上报，最近日期在前；被更正和撤回的也在。第一列可用于 correct 和 retract。",
      "Lists the reports of an indicator or a table, newest date first, corrected and retracted ones "
      "included. The first\n"
      "column is what correct and retract take."};
  command.examples = {{"actuals p1/i2", {"一项指标的上报", "reports of one indicator"}},
                      {"actuals p1 --filter 'state = ACTIVE AND date >= \"2024-06-01\"'",
                       {"6 月以来仍有效的上报", "reports since June that still count"}}};
  command.reads_past = true;
  command.run = Run;
  return command;
}

}  // namespace attain::cli
