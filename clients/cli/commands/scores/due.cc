#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/commands/common/commands.h"
#include "clients/cli/commands/common/limit.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/pages.h"
#include "clients/cli/input/read_options.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/session/context.h"
#include "clients/cli/terminal/table_printer.h"
#include "clients/cli/words/argument_words.h"
#include "clients/cli/words/column_words.h"
#include "clients/cli/words/labels.h"
#include "clients/cli/words/monitoring_words.h"

namespace attain::cli {
namespace {

absl::Status FillRequest(Context& context, v1::ListDueRequest* request) {
  const Args& args = context.args();
  const std::string by = args.Get("by");
  if (args.Has("by") && !IsDate(by)) return UsageError(context.Say(words::kBadDate, "by", by));
  request->set_due_by(by);
  const std::string mine = args.Has("mine") ? "for_caller = true" : "";
  const std::string filter = args.Get("filter");
  const bool both = !mine.empty() && !filter.empty();
  request->set_filter(both ? absl::StrCat(mine, " AND (", filter, ")") : absl::StrCat(mine, filter));
  request->set_parent("units/-");
  if (args.Has("unit")) {
    ASSIGN_OR_RETURN(*request->mutable_parent(), context.names().Unit(args.Get("unit")));
  }
  context.Read(request);
  return absl::OkStatus();
}

absl::Status Run(Context& context) {
  v1::ListDueRequest request;
  ASSIGN_OR_RETURN(const int limit, Limit(context));
  RETURN_IF_ERROR(FillRequest(context, &request));
  ASSIGN_OR_RETURN(const auto response, AllPages(context.client(), &client::Client::ListDue, request,
                                                 &v1::ListDueResponse::mutable_items, limit));
  if (context.json()) return context.PrintJson(response);
  if (response.items().empty()) {
    context.err() << context.Say(words::kNothingDue) << '\n';
    return absl::OkStatus();
  }
  TablePrinter table({{context.Say(words::kDaysLate), Align::kRight},
                      {context.Say(words::kDue), Align::kLeft, false, 2},
                      {context.Say(words::kKind), Align::kLeft, false, 3},
                      {context.Say(words::kName)},
                      {context.Say(words::kDisplayName), Align::kLeft, true},
                      {context.Say(words::kAction), Align::kLeft, true, 0, 24}});
  for (const v1::DueItem& item : response.items()) {
    const Colour colour = item.for_caller() ? Colour::kNone : Colour::kDim;
    table.AddRow({absl::StrCat(item.days_late()),
                  item.due_date(),
                  Label(item.kind(), context.language()),
                  ShortName(item.name()),
                  item.display_name(),
                  {item.action(), colour}});
  }
  table.Print(context.out(), context.style());
  SayMoreRows(context, response.items_size(), response.total_size());
  return absl::OkStatus();
}

}  // namespace

Command DueCommand() {
  Command command;
  command.name = "due";
  command.group = Group::kReport;
  command.options = {"by", "unit", "mine", "filter", "limit"};
  command.filter = "days_late > 30 OR kind = AMENDMENT";
  command.summary = {"列出待办事项", "list what is missing, late or waiting"};
  command.text = {
      "列出到某日应办的事项：未上报、迟报、缺原因、待评分、缺监控说明、未报支出，以及等待提交、批准、复核的表"
      "和调整，最急的在前。\n"
      "按自己的身份（--actor）能办的用 --mine。",
      "Lists what is due on or before a day: not reported, late, without reason, score or outlook, spending, "
      "and "
      "what waits to\n"
      "be submitted, approved or reviewed; most urgent first. --mine leaves what the caller (--actor) may "
      "do."};
  command.examples = {
      {"due", {"今天的全部待办", "everything that is due today"}},
      {"due --by 2024-08-10 --unit urumqi-itc", {"某单位到 8 月 10 日的待办", "one unit's, by 10 August"}},
      {"due --mine --filter 'kind = AMENDMENT'", {"等待我批准的调整", "amendments that wait for me"}}};
  command.reads_past = true;
  command.run = Run;
  return command;
}

}  // namespace attain::cli
