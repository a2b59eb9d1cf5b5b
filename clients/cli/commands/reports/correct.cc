#include "clients/cli/commands/common/commands.h"
#include "clients/cli/commands/common/report_result.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/session/context.h"
#include "clients/cli/words/report_words.h"

namespace attain::cli {
namespace {

absl::StatusOr<std::string> Why(const Context& context) {
  std::string why = context.args().Get("why");
  if (why.empty()) return UsageError(context.Say(words::kMissingWhy));
  return why;
}

absl::Status Correct(Context& context) {
  v1::CorrectActualRequest request;
  ASSIGN_OR_RETURN(*request.mutable_change_reason(), Why(context));
  request.mutable_report()->set_value(context.args().At(1));
  RETURN_IF_ERROR(FillReport(context, request.mutable_report()));
  FillAccepted(context, request.mutable_write()->mutable_accept_findings());
  ASSIGN_OR_RETURN(*request.mutable_name(), context.names().Actual(context.args().At(0)));
  context.Mark(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().CorrectActual(request));
  if (context.json()) return context.PrintJson(response);
  PrintReportResult(context, context.validate_only() ? words::kWouldRecord : words::kCorrected,
                    response.indicator_score(), response.table_score(), response.commit());
  PrintNoticed(context, response.findings());
  return SayNewerCounts(context, response.actual(), response.indicator_score());
}

absl::Status Retract(Context& context) {
  v1::RetractActualRequest request;
  ASSIGN_OR_RETURN(*request.mutable_change_reason(), Why(context));
  ASSIGN_OR_RETURN(*request.mutable_name(), context.names().Actual(context.args().At(0)));
  context.Mark(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().RetractActual(request));
  if (context.json()) return context.PrintJson(response);
  PrintReportResult(context, context.validate_only() ? words::kWouldRecord : words::kRetracted,
                    response.indicator_score(), response.table_score(), response.commit());
  return absl::OkStatus();
}

}  // namespace

Command CorrectCommand() {
  Command command;
  command.name = "correct";
  command.group = Group::kReport;
  command.usage = "ACTUAL VALUE --why TEXT";
  command.least = command.most = 2;
  command.options = {"why",       "date",      "note",        "reason",   "score",
                     "deduction", "numerator", "denominator", "evidence", "accept"};
  command.summary = {"更正一次上报", "correct an earlier report"};
  command.text = {"用新值替换一次上报；原来的上报保留并注明被谁更正。ACTUAL 见 attain actuals 的第一列。",
                  "Replaces one report by another; the old one stays and says what replaced it. ACTUAL is "
                  "the first column of\n"
                  "attain actuals."};
  command.examples = {{"correct p1/i2/57 30 --why '漏计一家'",
                       {"把第 57 次记录的上报更正为 30", "correct the report of revision 57 to 30"}}};
  command.run = Correct;
  return command;
}

Command RetractCommand() {
  Command command;
  command.name = "retract";
  command.group = Group::kReport;
  command.usage = "ACTUAL --why TEXT";
  command.least = command.most = 1;
  command.options = {"why"};
  command.summary = {"撤回一次上报", "withdraw an earlier report"};
  command.text = {
      "撤回一次上报；它仍然保留，但不再计分。ACTUAL 见 attain actuals 的第一列。",
      "Withdraws one report: it stays but no longer counts. ACTUAL is the first column of attain actuals."};
  command.examples = {
      {"retract p1/i2/57 --why 重复上报", {"撤回第 57 次记录的上报", "withdraw the report of revision 57"}}};
  command.run = Retract;
  return command;
}

}  // namespace attain::cli
