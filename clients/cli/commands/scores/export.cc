#include <string>

#include "clients/cli/commands/common/commands.h"
#include "clients/cli/commands/common/limit.h"
#include "clients/cli/commands/common/output_file.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/input/usage.h"
#include "clients/cli/session/context.h"
#include "clients/cli/session/json.h"
#include "clients/cli/show/form_printer.h"
#include "clients/cli/words/argument_words.h"
#include "clients/cli/words/file_words.h"

namespace attain::cli {
namespace {

enum class Format { kMarkdown, kCsv, kJson };

absl::StatusOr<Format> FormatOption(const Context& context) {
  const std::string word = context.args().Get("format", context.json() ? "json" : "md");
  if (word == "md") return Format::kMarkdown;
  if (word == "csv") return Format::kCsv;
  if (word == "json") return Format::kJson;
  if (word == "xlsx") return UsageError(context.Say(words::kNoWorkbookYet));
  return UsageError(context.Say(words::kNotOneOf, "--format", word, "md csv json"));
}

absl::StatusOr<v1::FormKind> FormOption(const Context& context) {
  const std::string word = context.args().Get("form", "target");
  if (word == "target") return v1::FORM_KIND_TARGET_TABLE;
  if (word == "monitoring") return v1::FORM_KIND_MONITORING;
  if (word == "evaluation") return v1::FORM_KIND_SELF_EVALUATION;
  return UsageError(context.Say(words::kNotOneOf, "--form", word, "target monitoring evaluation"));
}

absl::StatusOr<std::string> Write(const Context& context, Format format,
                                  const v1::GetFormResponse& response) {
  switch (format) {
    case Format::kMarkdown:
      return FormToMarkdown(response.form(), context.language());
    case Format::kCsv:
      return FormToCsv(response.form());
    case Format::kJson:
      break;
  }
  return ToJson(response);
}

absl::Status Run(Context& context) {
  const Args& args = context.args();
  v1::GetFormRequest request;
  ASSIGN_OR_RETURN(const Format format, FormatOption(context));
  ASSIGN_OR_RETURN(const v1::FormKind kind, FormOption(context));
  request.set_kind(kind);
  ASSIGN_OR_RETURN(*request.mutable_name(), context.names().Table(args.At(0)));
  ASSIGN_OR_RETURN(*request.mutable_month(), MonthOption(context, request.name()));
  context.Read(&request);
  ASSIGN_OR_RETURN(const auto response, context.client().GetForm(request));
  ASSIGN_OR_RETURN(const std::string text, Write(context, format, response));
  return WriteOutput(context, text);
}

}  // namespace

Command ExportCommand() {
  Command command;
  command.name = "export";
  command.group = Group::kScore;
  command.usage = "TABLE";
  command.least = command.most = 1;
  command.options = {"form", "format", "month", "output", "as-of"};
  command.summary = {"导出绩效目标表、监控表或自评表",
                     "print target table, monitoring or self-evaluation form"};
  command.text = {
      "按表式导出一张表：绩效目标表（target）、绩效运行监控表（monitoring）或绩效自评表（evaluation），格式为"
      " md、csv 或 json。\n"
      "表底列出签署的记录号和校验值；同一次记录的表随时可以一字不差地重新导出（--at）。\n"
      "CSV 带有 BOM，Excel 可直接打开；以 = 开头的指标值前加一个空格，以免被当作公式。",
      "Prints a table as offices do: target table, monitoring form or self-evaluation form, as md, csv or "
      "json. "
      "The foot names\n"
      "the signed revisions and their hashes; the form of one revision can be printed again at any time, "
      "byte "
      "for byte (--at).\n"
      "The CSV has a byte order mark, so Excel opens it; targets that begin with = get a blank in front, so "
      "that they are no formula."};
  command.examples = {{"export p1", {"目标表，Markdown", "the target table as Markdown"}},
                      {"export p1 --form monitoring --month 7 --format csv -o p1-7.csv",
                       {"1–7 月监控表，供 Excel 打开", "the monitoring form of January to July, for Excel"}},
                      {"export p1 --form evaluation --at 120",
                       {"第 120 次记录时的自评表", "the self-evaluation as of revision 120"}}};
  command.reads_past = true;
  command.run = Run;
  return command;
}

}  // namespace attain::cli
