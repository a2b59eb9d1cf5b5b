#include "clients/cli/commands/common/commands.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/pages.h"
#include "clients/cli/session/context.h"
#include "clients/cli/terminal/table_printer.h"
#include "clients/cli/words/column_words.h"
#include "clients/cli/words/result_words.h"
#include "clients/cli/words/table_words.h"

namespace attain::cli {
namespace {

absl::Status Run(Context& context) {
  v1::ListUnitsRequest request;
  request.set_filter(context.args().Get("filter"));
  context.Read(&request);
  ASSIGN_OR_RETURN(const auto response, AllPages(context.client(), &client::Client::ListUnits, request,
                                                 &v1::ListUnitsResponse::mutable_units));
  if (context.json()) return context.PrintJson(response);
  if (response.units().empty()) {
    context.err() << context.Say(words::kNothingHere) << '\n';
    return absl::OkStatus();
  }
  TablePrinter table({{context.Say(words::kName)},
                      {context.Say(words::kDisplayName), Align::kLeft, true},
                      {context.Say(words::kParent), Align::kLeft, true}});
  for (const v1::Unit& unit : response.units()) {
    table.AddRow({ShortName(unit.name()), unit.display_name(), ShortName(unit.parent())});
  }
  table.Print(context.out(), context.style());
  return absl::OkStatus();
}

}  // namespace

Command UnitsCommand() {
  Command command;
  command.name = "units";
  command.group = Group::kDeclare;
  command.options = {"filter"};
  command.filter = "display_name:技术";
  command.summary = {"列出预算单位", "list the budget units"};
  command.text = {"列出所有预算单位及其上级部门。",
                  "Lists the budget units and their supervising departments."};
  command.examples = {
      {"units", {"全部单位", "all units"}},
      {"units --filter 'display_name:技术'", {"名称含“技术”的单位", "units with 技术 in their name"}}};
  command.reads_past = true;
  command.run = Run;
  return command;
}

}  // namespace attain::cli
