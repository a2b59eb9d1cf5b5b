#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/document_file.h"
#include "clients/cli/commands/id_option.h"
#include "clients/cli/commands/table_list.h"
#include "clients/cli/context.h"
#include "clients/cli/finding_printer.h"
#include "clients/cli/json.h"
#include "clients/cli/macros.h"
#include "clients/cli/usage.h"
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
  request.set_approve(args.Has("approve"));
  for (absl::string_view code : absl::StrSplit(args.Get("accept"), ',', absl::SkipWhitespace())) {
    request.add_accept_findings(std::string(absl::StripAsciiWhitespace(code)));
  }
  for (absl::string_view number : absl::StrSplit(args.Get("table"), ',', absl::SkipWhitespace())) {
    int table = 0;
    if (!absl::SimpleAtoi(number, &table) || table < 1)
      return UsageError(context.Say(Msg::kBadTableNumbers, args.Get("table")));
    request.add_tables(table);
  }
  context.Mark(&request);
  return request;
}

void PrintSource(const Context& context, const v1::DocumentSource& source) {
  std::vector<std::string> parts = {source.format()};
  if (!source.encoding().empty() && source.encoding() != "UTF-8") parts.push_back(source.encoding());
  if (source.pages() > 0)
    parts.push_back(context.Say(Msg::kPages, context.Count(source.pages(), "page", "pages")));
  if (!source.sheets().empty())
    parts.push_back(context.Say(Msg::kSheets, absl::StrJoin(source.sheets(), context.Comma())));
  if (!source.hidden_sheets().empty())
    parts.push_back(context.Say(Msg::kHiddenSheets, absl::StrJoin(source.hidden_sheets(), context.Comma())));
  context.out() << context.Say(Msg::kReadFrom, absl::StrJoin(parts, context.In({"；", "; "}))) << '\n';
}

void PrintLedger(const Context& context, const v1::CellLedger& ledger) {
  const int total = ledger.read() + ledger.furniture() + ledger.told() + ledger.outside();
  if (total == 0) return;
  context.out() << context.Say(Msg::kLedger, total, ledger.read(), ledger.furniture(), ledger.told(),
                               ledger.outside())
                << '\n';
}

void PrintResult(Context& context, const v1::ImportDocumentResponse& response) {
  if (!response.tables().empty()) {
    PrintTableList(context, response.tables());
    context.out() << '\n';
  }
  PrintFindings(context, response.findings());
  context.out() << '\n';
  PrintSource(context, response.source());
  PrintLedger(context, response.ledger());
  if (response.tables().empty()) {
    context.out() << context.Say(Msg::kNothingImported) << '\n';
    return;
  }
  const std::string tables = context.Count(response.table_count(), "table", "tables");
  const std::string rows = context.Count(response.row_count(), "indicator", "indicators");
  context.out() << (context.validate_only()
                        ? context.Say(Msg::kWouldImport, tables, rows)
                        : context.Say(Msg::kImported, tables, rows, response.commit().revision()))
                << '\n';
}

absl::Status ImportOne(Context& context, v1::ImportDocumentRequest request, const std::string& path,
                       bool alone) {
  ASSIGN_OR_RETURN(DocumentFile file, SendDocument(context, path));
  request.set_content(std::move(file.content));
  request.set_upload(file.upload);
  request.set_file_name(file.name);
  ASSIGN_OR_RETURN(const auto response, context.client().ImportDocument(std::move(request)));
  if (response.tables().empty()) context.MarkIncomplete();
  if (context.json()) {
    if (alone) return context.PrintJson(response);
    ASSIGN_OR_RETURN(const std::string line, ToJsonLine(response));
    context.out() << line;
    return absl::OkStatus();
  }
  PrintResult(context, response);
  return absl::OkStatus();
}

// What was noticed before it was refused.
absl::Status WithFindingsPrinted(const Context& context, const absl::Status& status) {
  if (!status.ok()) PrintFindingsOfRefusal(context, client::DetailsOf(status).findings, context.err());
  return status;
}

absl::Status Run(Context& context) {
  ASSIGN_OR_RETURN(const v1::ImportDocumentRequest common, RequestOf(context));
  const std::vector<std::string>& files = context.args().positional();
  if (files.size() == 1)
    return WithFindingsPrinted(context, ImportOne(context, common, files[0], /*alone=*/true));
  int number = 0;
  for (const std::string& file : files) {
    v1::ImportDocumentRequest request = common;
    ++number;
    if (!request.request_id().empty()) request.set_request_id(absl::StrCat(common.request_id(), "-", number));
    if (!context.json())
      context.out() << (number > 1 ? "\n" : "") << context.Say(Msg::kImportFile, file) << '\n';
    const absl::Status status =
        WithFindingsPrinted(context, ImportOne(context, request, file, /*alone=*/false));
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
  command.options = {"dry-run", "unit", "profile", "approve", "table", "accept"};
  command.summary = {"从文件导入绩效目标表", "import target tables from documents"};
  command.text = {
      "读取 Excel（XLSX）、Word（DOCX）、ODS、ODT、网页、PDF、文本或 CSV "
      "模板，建立单位和绩效目标表，并列出发现的问题：\n"
      "错误在前，其余按涉及的分值排列，都注明页、工作表和单元格。旧的 XLS、DOC 须服务器配置转换程序。\n"
      "每个文件全部成功或全部不写入；- 表示标准输入。先用 --dry-run 看看会读出什么。\n"
      "读取程序没有把握的内容（如 PAGE_DAMAGED）须核对后用 --accept 接受才会导入。",
      "Reads Excel (XLSX), Word (DOCX), ODS, ODT, web pages, PDF, text and CSV that follows the template, "
      "creates the unit and "
      "its\n"
      "target tables and lists what was noticed: errors first, then by the points that ride on it, each with "
      "page, sheet and "
      "cell. The old\n"
      "XLS and DOC need a converter on the server. Each file is imported whole or not at all; - is standard "
      "input. Use\n"
      "--dry-run first to see what would be read. What a reader was not sure of (such as PAGE_DAMAGED) is "
      "imported only when "
      "--accept names it."};
  command.examples = {
      {"import budget-2024.xlsx --dry-run", {"只看会读出什么", "only look at what would be read"}},
      {"import budget-2024.pdf --table 2,3",
       {"只导入其中第 2、3 张表", "import its second and third table only"}},
      {"import budget-2024.txt --unit urumqi-itc --approve",
       {"导入并让没有错误的表立即生效", "import; tables without errors are in force at once"}}};
  command.run = Run;
  return command;
}

}  // namespace attain::cli
