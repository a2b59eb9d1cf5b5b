#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/commands/common/commands.h"
#include "clients/cli/commands/common/id_option.h"
#include "clients/cli/commands/common/report_result.h"
#include "clients/cli/commands/documents/import_file.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/session/choice.h"
#include "clients/cli/session/context.h"
#include "clients/cli/words/document_words.h"
#include "clients/cpp/error.h"

namespace attain::cli {
namespace {

constexpr size_t kMostFiles = 1000;

// What all files share.
absl::StatusOr<v1::ImportDocumentRequest> RequestOf(const Context& context) {
  const Args& args = context.args();
  v1::ImportDocumentRequest request;
  const std::string unit = args.Get("unit");
  if (args.Has("unit") && !absl::StartsWith(unit, "units/")) RETURN_IF_ERROR(CheckId(context, "unit"));
  request.set_unit(unit.empty() || absl::StartsWith(unit, "units/") ? unit : absl::StrCat("units/", unit));
  request.set_profile(NameResolver::Profile(args.Get("profile")));
  if (args.Has("approve")) request.set_goal(v1::IMPORT_GOAL_APPROVE);
  request.set_preview(args.Get("preview"));
  if (args.Has("use")) {
    ASSIGN_OR_RETURN(const v1::DocumentUse use,
                     Choose<v1::DocumentUse>(context, words::kUseWord, args.Get("use")));
    request.set_use(use);
  }
  ASSIGN_OR_RETURN(*request.mutable_date(), DateOption(context));
  for (absl::string_view code : absl::StrSplit(args.Get("accept"), ',', absl::SkipWhitespace())) {
    request.mutable_write()->add_accept_findings(std::string(absl::StripAsciiWhitespace(code)));
  }
  for (absl::string_view number : absl::StrSplit(args.Get("table"), ',', absl::SkipWhitespace())) {
    int table = 0;
    if (!absl::SimpleAtoi(number, &table) || table < 1)
      return UsageError(context.Say(words::kBadTableNumbers, args.Get("table")));
    request.add_tables(table);
  }
  context.Mark(&request);
  return request;
}

absl::Status Run(Context& context) {
  ASSIGN_OR_RETURN(const v1::ImportDocumentRequest common, RequestOf(context));
  const std::vector<std::string>& files = context.args().positional();
  if (files.size() > 1 && context.args().Has("preview")) return UsageError(context.Say(words::kOnePreview));
  if (files.size() == 1) return ImportFile(context, common, files[0], /*alone=*/true);
  int number = 0;
  for (const std::string& file : files) {
    v1::ImportDocumentRequest request = common;
    ++number;
    if (const std::string& id = common.write().request_id(); !id.empty())
      request.mutable_write()->set_request_id(absl::StrCat(id, "-", number));
    if (!context.json())
      context.out() << (number > 1 ? "\n" : "") << context.Say(words::kImportFile, file) << '\n';
    const absl::Status status = ImportFile(context, request, file, /*alone=*/false);
    if (status.ok()) continue;
    if (IsUsageError(status) || client::IsUnreachable(status)) return status;
    context.out().flush();
    context.err() << file << ": ";
    PrintError(status, context.language(), context.client().options().server, "import", context.err());
    context.MarkIncomplete();
  }
  return absl::OkStatus();
}

}  // namespace

Command ImportCommand() {
  Command command;
  command.name = "import";
  command.group = Group::kDeclare;
  command.usage = "FILE…";
  command.least = 1;
  command.most = kMostFiles;
  command.options = {"dry-run", "unit", "profile", "approve", "table", "accept", "use", "date", "preview"};
  command.summary = {"从文件导入绩效目标表", "import target tables from documents"};
  command.text = {
      "读取 Excel（XLSX）、Word（DOCX）、ODS、ODT、网页、PDF、文本或 CSV "
      "模板，建立单位和绩效目标表，并列出发现的问题：\n"
      "错误在前，其余按涉及的分值排列，都注明页、工作表和单元格。旧的 XLS、DOC 须服务器配置转换程序。\n"
      "每个文件全部成功或全部不写入；- 表示标准输入。先用 --dry-run "
      "看看会读出什么。单位已有的表不再建立，只列出差异。\n"
      "--use 自评表 从自评表记录实际完成值和支出，并与表中得分对照；--use 实际完成值、--use 支出 "
      "也读监控表和清单。\n按名称对应到生效的表和指标；对不上、像是笔误的行会列出，用 --accept "
      "接受后其余照常记录。\n"
      "读取程序没有把握的内容（如 PAGE_DAMAGED）须核对后用 --accept 接受才会导入。",
      "Reads Excel (XLSX), Word (DOCX), ODS, ODT, web pages, PDF, text and CSV that follows the template, "
      "creates the unit and "
      "its\n"
      "target tables and lists what was noticed: errors first, then by the points that ride on it, each with "
      "page, sheet and "
      "cell. The old\n"
      "XLS and DOC need a converter on the server. Each file is imported whole or not at all; - is standard "
      "input. Use\n"
      "--dry-run first to see what would be read. A table that the unit has already stays; what differs is "
      "listed.\n"
      "--use self-evaluation records the actual values and spending of a self-evaluation form and shows its "
      "scores\n"
      "beside those of the rules; --use actuals and --use spending read monitoring forms and plain lists "
      "too. Tables\n"
      "and rows are found by name; rows without a counterpart or with a likely slip are listed, and --accept "
      "CODE\n"
      "records the rest. What a reader was not sure of (such as PAGE_DAMAGED) is "
      "imported only when "
      "--accept names it."};
  command.examples = {
      {"import budget-2024.xlsx --dry-run", {"只看会读出什么", "only look at what would be read"}},
      {"import budget-2024.pdf --table 2,3",
       {"只导入其中第 2、3 张表", "import its second and third table only"}},
      {"import budget-2024.pdf --preview 4f1c…",
       {"写入刚才预览的内容，文件变了就拒绝",
        "write what the dry run showed; refused if anything has changed"}},
      {"import budget-2024.txt --unit urumqi-itc --approve",
       {"导入并让没有错误的表立即生效", "import; tables without errors are in force at once"}},
      {"import zipingbiao.docx --use self-evaluation --date 2024-12-31",
       {"从自评表记录实际完成值和支出", "record what a self-evaluation form says"}}};
  command.run = Run;
  return command;
}

}  // namespace attain::cli
