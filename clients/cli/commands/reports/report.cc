#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/commands/common/commands.h"
#include "clients/cli/commands/common/report_result.h"
#include "clients/cli/commands/documents/import_file.h"
#include "clients/cli/commands/reports/report_file.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/session/context.h"
#include "clients/cli/words/argument_words.h"
#include "clients/cli/words/report_words.h"

namespace attain::cli {
namespace {

absl::Status ReportOne(Context& context) {
  const Args& args = context.args();
  v1::RecordActualRequest request;
  const bool ratio = args.Has("numerator") || args.Has("denominator");
  if (args.positional().size() < 2 && !ratio) return UsageError(context.Say(words::kValueMissing));
  ASSIGN_OR_RETURN(*request.mutable_indicator(), context.names().Indicator(args.At(0)));
  v1::ActualReport* report = request.mutable_report();
  report->set_value(args.At(1));
  RETURN_IF_ERROR(FillReport(context, report));
  FillAccepted(context, request.mutable_write()->mutable_accept_findings());
  context.Mark(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().RecordActual(request));
  if (context.json()) return context.PrintJson(response);
  PrintReportResult(context, context.validate_only() ? words::kWouldRecord : words::kRecorded,
                    response.indicator_score(), response.table_score(), response.commit());
  PrintNoticed(context, response.findings());
  return SayNewerCounts(context, response.actual(), response.indicator_score());
}

// A workbook, a page or a PDF is read on the server.
absl::Status ImportDocument(Context& context) {
  v1::ImportDocumentRequest request;
  request.set_use(v1::DOCUMENT_USE_ACTUALS);
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
  return from_file ? ReportFile(context) : ReportOne(context);
}

}  // namespace

Command ReportCommand() {
  Command command;
  command.name = "report";
  command.group = Group::kReport;
  command.usage = "INDICATOR VALUE | --file FILE";
  command.most = 2;
  command.options = {"date",      "note",        "reason",   "score", "deduction",
                     "numerator", "denominator", "evidence", "file",  "accept"};
  command.summary = {"上报实际完成值", "report what was reached"};
  command.text = {
      "记录一项指标的实际完成值并显示新的得分。VALUE 按指标填写：数字（可带单位）、评判等级或 是/否。\n"
      "完成不足或超额较多时要用 --reason 说明偏差原因及改进措施。\n"
      "--file 成批读取 CSV，列名 indicator,value,date,note,reason[,score]（也认 "
      "指标、实际完成值、日期、备注、偏差原因、得分）；\n"
      "也读工作簿（XLSX、ODS 等）、网页和 PDF 中的清单、自评表和监控表，全部成功或全部不写入。CSV 中\n"
      "不能接受的行逐行列出，其余照常记录；中断后再运行同一文件会接着记录，不会重复。\n"
      "目标计量单位的万、亿、千等倍数自动精确换算（1.3万人次、89974元）。像是笔误的数（98% 填成 0.98、\n"
      "相差一万倍、同一天重复上报等）会先请您确认：确认无误请加 --accept 代码。",
      "Records what an indicator reached and shows the new score. VALUE suits the indicator: a number (with "
      "its unit if you\n"
      "like), a rating level, or yes/no. Below target or far above it, --reason has to say why and what will "
      "be done.\n"
      "--file reads many from a workbook, page or PDF (a list, a self-evaluation or monitoring form: all or "
      "nothing),\n"
      "or from a CSV with the columns indicator,value,date,note,reason[,score]; rows that "
      "cannot be accepted\n"
      "are listed, the others are recorded; run again after an interruption it goes on and records nothing "
      "twice. Decimal\n"
      "multiples of the target's unit are converted exactly (1.3万人次, 89974元). A value that looks like a "
      "slip "
      "(0.98 for 98 %,\n"
      "ten thousand times too much, the same day again) has to be confirmed: --accept CODE."};
  command.examples = {{"report p1/i2 29 --date 2024-06-30", {"按编号上报", "by ids"}},
                      {"report p1/展会举办 '3 次' --reason 一期改为线上",
                       {"按指标名称的开头上报，并说明原因", "by the beginning of its name, with a reason"}},
                      {"report p1/i7 达成年度指标 --score 38 --evidence 调查报告.pdf",
                       {"评判等级、得分和佐证资料", "a rating with score and evidence"}},
                      {"report --file actuals.csv", {"成批上报", "many at once"}}};
  command.run = Run;
  return command;
}

}  // namespace attain::cli
