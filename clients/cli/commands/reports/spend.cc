#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/cli/commands/common/bulk_result.h"
#include "clients/cli/commands/common/commands.h"
#include "clients/cli/commands/common/input_file.h"
#include "clients/cli/commands/common/report_result.h"
#include "clients/cli/commands/documents/import_file.h"
#include "clients/cli/input/csv_table.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/session/context.h"
#include "clients/cli/show/score_printer.h"
#include "clients/cli/terminal/progress.h"
#include "clients/cli/words/argument_words.h"
#include "clients/cli/words/csv_words.h"
#include "clients/cli/words/report_words.h"
#include "clients/cli/words/result_words.h"
#include "clients/cpp/error.h"

namespace attain::cli {
namespace {

absl::Status SpendOne(Context& context) {
  const Args& args = context.args();
  if (args.positional().size() < 2)
    return UsageError(context.Say(words::kTooFewArguments, "spend", "TABLE AMOUNT"));
  v1::RecordSpendingRequest request;
  v1::Spending* spending = request.mutable_spending();
  spending->set_spent(args.At(1));
  spending->set_adjusted_budget(args.Get("adjusted"));
  spending->set_note(args.Get("note"));
  ASSIGN_OR_RETURN(*spending->mutable_date(), DateOption(context));
  ASSIGN_OR_RETURN(*request.mutable_parent(), context.names().Table(args.At(0)));
  FillAccepted(context, request.mutable_write()->mutable_accept_findings());
  context.Mark(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().RecordSpending(request));
  if (context.json()) return context.PrintJson(response);
  context.out() << context.Say(context.validate_only() ? words::kWouldRecord : words::kSpent);
  if (response.commit().revision() > 0)
    context.out() << "  " << context.Say(words::kRevision, response.commit().revision());
  context.out() << '\n';
  PrintScoreHeader(context, response.table_score());
  PrintNoticed(context, response.findings());
  return absl::OkStatus();
}

const std::vector<CsvColumn>& Columns() {
  static const auto& columns = *new std::vector<CsvColumn>{
      {"table",
       {"项目", "项目名称", "绩效目标表", "目标表", "目标表名称", "表", "表名", "编号", "项目编号"},
       true},
      {"amount",
       {"支出", "全年执行数", "执行数", "预算执行数", "金额", "支出金额", "累计支出", "支出数", "实际支出",
        "累计执行数"},
       true},
      {"date", {"日期", "数据日期", "截止日期", "填报日期"}},
      {"adjusted", {"全年预算数", "调整后预算", "调整后预算数", "预算"}},
      {"note", {"备注", "说明"}}};
  return columns;
}

absl::Status SpendRow(Context& context, const CsvTable& table, size_t row, BulkSummary* summary) {
  v1::RecordSpendingRequest request;
  v1::Spending* spending = request.mutable_spending();
  const std::string typed = table.Get(row, "table");
  if (typed.empty()) return absl::InvalidArgumentError(context.Say(words::kEmptyCell, table.Header("table")));
  ASSIGN_OR_RETURN(*request.mutable_parent(), context.names().Table(typed));
  spending->set_spent(table.Get(row, "amount"));
  spending->set_date(table.Get(row, "date"));
  spending->set_adjusted_budget(table.Get(row, "adjusted"));
  spending->set_note(table.Get(row, "note"));
  FillAccepted(context, request.mutable_write()->mutable_accept_findings());
  request.mutable_write()->set_validate_only(context.validate_only());
  if (context.args().Has("request-id"))
    request.mutable_write()->set_request_id(absl::StrCat(context.args().Get("request-id"), "-", row));
  ASSIGN_OR_RETURN(const auto response, context.client().RecordSpending(request));
  if (Notice(table.Line(row), typed, response.findings(), summary)) return absl::OkStatus();
  ++summary->accepted;
  summary->last_revision = std::max<int64_t>(summary->last_revision, response.commit().revision());
  return absl::OkStatus();
}

absl::Status SpendFile(Context& context) {
  ASSIGN_OR_RETURN(const std::string file, ReadInput(context, context.args().Get("file")));
  ASSIGN_OR_RETURN(const CsvTable table, CsvTable::Parse(file, Columns(), context.language()));
  BulkSummary summary;
  summary.rows = table.size();
  summary.skipped = table.skipped();
  {
    ProgressBar bar(&context.err(), context.err_is_terminal(), absl::Now());
    for (size_t row = 0; row < table.size(); ++row) {
      absl::Status status = SpendRow(context, table, row, &summary);
      if (client::IsUnreachable(status)) return status;
      if (!status.ok())
        summary.refused.push_back({table.Line(row), table.Get(row, "table"), std::string(status.message())});
      bar.Update(row + 1, table.size(), absl::Now());
    }
  }
  return PrintBulk(context, std::move(summary));
}

// A workbook, a page or a PDF is read on the server.
absl::Status ImportDocument(Context& context) {
  v1::ImportDocumentRequest request;
  request.set_use(v1::DOCUMENT_USE_SPENDING);
  ASSIGN_OR_RETURN(*request.mutable_date(), DateOption(context));
  FillAccepted(context, request.mutable_write()->mutable_accept_findings());
  context.Mark(&request);
  return ImportFile(context, std::move(request), context.args().Get("file"), /*alone=*/true);
}

absl::Status Run(Context& context) {
  const bool from_file = context.args().Has("file");
  if (from_file != context.args().positional().empty())
    return UsageError(context.Say(words::kFileOrArguments));
  if (from_file && IsDocument(context.args().Get("file"))) return ImportDocument(context);
  return from_file ? SpendFile(context) : SpendOne(context);
}

}  // namespace

Command SpendCommand() {
  Command command;
  command.name = "spend";
  command.group = Group::kReport;
  command.usage = "TABLE AMOUNT | --file FILE";
  command.most = 2;
  command.options = {"date", "adjusted", "note", "file", "accept"};
  command.summary = {"记录预算执行数", "record money spent"};
  command.text = {
      "记录一张表年初至今的支出（万元，累计数，不是增量；可写 899740元，自动换算）。预算调整时用 --adjusted "
      "给出全年预算数。\n"
      "--file 成批读取 CSV，列名 table,amount,date[,adjusted,note]（也认 "
      "项目、支出、日期、全年预算数、备注）；也读工作簿、网页和 PDF 中的清单和自评表。",
      "Records what a table has spent since the start of the year, in 万元 (899740元 is converted): the sum, "
      "not "
      "the increment. When "
      "the budget was\n"
      "adjusted, --adjusted gives the new one. --file reads many from a CSV: "
      "table,amount,date[,adjusted,note],\n"
      "or from a list or self-evaluation form in a workbook, page or PDF."};
  command.examples = {
      {"spend p1 30 --date 2024-12-15", {"p1 全年已支出 30 万元", "p1 has spent 300,000 yuan this year"}},
      {"spend p1 30 --adjusted 32.5", {"预算同时调整为 32.5 万元", "and its budget is now 325,000 yuan"}},
      {"spend --file spending.csv", {"成批记录", "many at once"}}};
  command.run = Run;
  return command;
}

}  // namespace attain::cli
