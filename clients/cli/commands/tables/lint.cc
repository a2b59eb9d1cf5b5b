#include "clients/cli/commands/common/commands.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/session/context.h"
#include "clients/cli/show/finding_printer.h"

namespace attain::cli {
namespace {

absl::Status Run(Context& context) {
  v1::LintTableRequest request;
  ASSIGN_OR_RETURN(*request.mutable_name(), context.names().Table(context.args().At(0)));
  context.Read(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().LintTable(request));
  if (context.json()) return context.PrintJson(response);
  PrintFindings(context, response.findings());
  return absl::OkStatus();
}

}  // namespace

Command LintCommand() {
  Command command;
  command.name = "lint";
  command.group = Group::kDeclare;
  command.usage = "TABLE";
  command.least = command.most = 1;
  command.summary = {"检查一张绩效目标表", "check a target table"};
  command.text = {"列出一张表的错误、警告和提示。有错误的表不能提交。",
                  "Lists a table's errors, warnings and notes. A table with errors cannot be submitted."};
  command.examples = {{"lint p1", {"检查 p1", "check p1"}}};
  command.reads_past = true;
  command.run = Run;
  return command;
}

}  // namespace attain::cli
