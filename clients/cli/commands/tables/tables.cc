#include "clients/cli/commands/common/commands.h"
#include "clients/cli/commands/tables/table_list.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/pages.h"
#include "clients/cli/session/context.h"
#include "clients/cli/words/result_words.h"

namespace attain::cli {
namespace {

absl::Status Run(Context& context) {
  v1::ListTablesRequest request;
  request.set_parent("units/-");
  if (!context.args().positional().empty()) {
    ASSIGN_OR_RETURN(*request.mutable_parent(), context.names().Unit(context.args().At(0)));
  }
  request.set_filter(context.args().Get("filter"));
  context.Read(&request);
  ASSIGN_OR_RETURN(const auto response, AllPages(context.client(), &client::Client::ListTables, request,
                                                 &v1::ListTablesResponse::mutable_tables));
  if (context.json()) return context.PrintJson(response);
  if (response.tables().empty()) {
    context.err() << context.Say(words::kNothingHere) << '\n';
    return absl::OkStatus();
  }
  PrintTableList(context, response.tables());
  return absl::OkStatus();
}

}  // namespace

Command TablesCommand() {
  Command command;
  command.name = "tables";
  command.group = Group::kDeclare;
  command.usage = "[UNIT]";
  command.most = 1;
  command.options = {"filter"};
  command.filter = "fiscal_year = 2024 AND state = DRAFT";
  command.summary = {"列出绩效目标表", "list target tables"};
  command.text = {"列出一个单位或全部单位的绩效目标表。", "Lists the target tables of one unit or of all."};
  command.examples = {{"tables", {"全部单位的表", "tables of all units"}},
                      {"tables urumqi-itc --filter 'state = DRAFT'",
                       {"该单位仍为草稿的表", "the unit's tables that are still drafts"}}};
  command.reads_past = true;
  command.run = Run;
  return command;
}

}  // namespace attain::cli
