#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/id_option.h"
#include "clients/cli/commands/input_file.h"
#include "clients/cli/commands/table_list.h"
#include "clients/cli/context.h"
#include "clients/cli/finding_printer.h"
#include "clients/cli/macros.h"

namespace attain::cli {
namespace {

absl::Status Run(Context& context) {
  const Args& args = context.args();
  v1::ImportDocumentRequest request;
  ASSIGN_OR_RETURN(*request.mutable_content(), ReadInput(context, args.At(0)));
  const std::string unit = args.Get("unit");
  if (args.Has("unit") && !absl::StartsWith(unit, "units/")) RETURN_IF_ERROR(CheckId(context, "unit"));
  request.set_unit(unit.empty() || absl::StartsWith(unit, "units/") ? unit : absl::StrCat("units/", unit));
  request.set_profile(NameResolver::Profile(args.Get("profile")));
  request.set_approve(args.Has("approve"));
  context.Mark(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().ImportDocument(std::move(request)));
  if (context.json()) return context.PrintJson(response);
  PrintTableList(context, response.tables());
  context.out() << '\n';
  PrintFindings(context, response.findings());
  const std::string tables = context.Count(response.table_count(), "table", "tables");
  const std::string rows = context.Count(response.row_count(), "indicator", "indicators");
  context.out() << '\n'
                << (context.validate_only()
                        ? context.Say(Msg::kWouldImport, tables, rows)
                        : context.Say(Msg::kImported, tables, rows, response.commit().revision()))
                << '\n';
  return absl::OkStatus();
}

}  // namespace

Command ImportCommand() {
  Command command;
  command.name = "import";
  command.group = Group::kDeclare;
  command.usage = "FILE";
  command.least = command.most = 1;
  command.options = {"dry-run", "unit", "profile", "approve"};
  command.summary = {"从文件导入绩效目标表", "import target tables from a document"};
  command.text = {
      "读取公开文件的文本（制表符分隔）或 CSV 模板，建立单位和绩效目标表，并列出发现的问题。\n"
      "全部成功或全部不写入。文件可为 UTF-8、UTF-16 或 GB18030 编码；- 表示标准输入。\n"
      "先用 --dry-run 看看会读出什么。",
      "Reads the text of a published document (tab-separated) or a CSV that follows the template, creates "
      "the unit and its\n"
      "target tables and lists what was noticed; all or nothing. UTF-8, UTF-16 and GB18030 are understood; - "
      "is standard input.\n"
      "Use --dry-run first to see what would be read."};
  command.examples = {
      {"import budget-2024.txt --dry-run", {"只看会读出什么", "only look at what would be read"}},
      {"import budget-2024.txt --unit urumqi-itc --approve",
       {"导入并让没有错误的表立即生效", "import; tables without errors are in force at once"}}};
  command.run = Run;
  return command;
}

}  // namespace attain::cli
