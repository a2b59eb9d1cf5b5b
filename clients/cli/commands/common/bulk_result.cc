#include "clients/cli/commands/common/bulk_result.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/show/finding_printer.h"
#include "clients/cli/terminal/progress.h"
#include "clients/cli/words/report_words.h"
#include "google/protobuf/struct.pb.h"

namespace attain::cli {
namespace {

constexpr int kMostFindings = 200;

google::protobuf::Struct ToStruct(const BulkSummary& summary) {
  google::protobuf::Struct document;
  auto& fields = *document.mutable_fields();
  fields["rows"].set_number_value(static_cast<double>(summary.rows));
  fields["accepted"].set_number_value(static_cast<double>(summary.accepted));
  fields["lastRevision"].set_string_value(std::to_string(summary.last_revision));
  google::protobuf::ListValue* list = fields["refused"].mutable_list_value();
  for (const RefusedLine& refused : summary.refused) {
    auto& entry = *list->add_values()->mutable_struct_value()->mutable_fields();
    entry["line"].set_number_value(refused.line);
    entry["name"].set_string_value(refused.what);
    entry["message"].set_string_value(refused.message);
  }
  fields["recordedBefore"].set_number_value(static_cast<double>(summary.before));
  google::protobuf::ListValue* findings = fields["findings"].mutable_list_value();
  for (const v1::Finding& finding : summary.findings) {
    auto& entry = *findings->add_values()->mutable_struct_value()->mutable_fields();
    entry["line"].set_number_value(finding.line());
    entry["code"].set_string_value(finding.code());
    entry["message"].set_string_value(finding.message());
  }
  google::protobuf::ListValue* skipped = fields["skippedColumns"].mutable_list_value();
  for (const SkippedColumn& column : summary.skipped) {
    auto& entry = *skipped->add_values()->mutable_struct_value()->mutable_fields();
    entry["column"].set_string_value(column.word);
    entry["cells"].set_number_value(column.cells);
  }
  return document;
}

void PrintSkipped(const Context& context, const std::vector<SkippedColumn>& skipped) {
  if (skipped.empty()) return;
  const std::string columns =
      absl::StrJoin(skipped, context.Comma(), [&](std::string* out, const SkippedColumn& column) {
        absl::StrAppend(
            out, context.Say(words::kSkippedColumn, column.word.empty() ? "?" : column.word, column.cells));
      });
  context.err() << context.args().Get("file") << ": " << context.Say(words::kSkippedColumns, columns) << '\n';
}

// A long file can have a finding on every line.
void PrintFirstFindings(const Context& context, const BulkSummary& summary) {
  if (summary.findings.empty()) return;
  const int shown = std::min(summary.findings.size(), kMostFindings);
  PrintFindings(context, {summary.findings.begin(), summary.findings.begin() + shown});
  if (shown < summary.findings.size())
    context.out() << context.Say(words::kMoreFindings, summary.findings.size() - shown) << '\n';
}

std::string Rows(const Context& context, size_t count) {
  return context.Count(static_cast<int64_t>(count), "row", "rows");
}

}  // namespace

bool Notice(int line, const std::string& what,
            const google::protobuf::RepeatedPtrField<v1::Finding>& findings, BulkSummary* summary) {
  bool risky = false;
  for (const v1::Finding& from : findings) {
    if (from.severity() == v1::SEVERITY_ERROR) {
      summary->refused.push_back(
          {line, what, absl::StrCat("[", from.code(), "] ", from.message(), " ", from.repair())});
      risky = true;
      continue;
    }
    v1::Finding* finding = summary->findings.Add();
    *finding = from;
    finding->set_line(line);
  }
  return risky;
}

absl::Status PrintBulk(Context& context, BulkSummary summary) {
  std::stable_sort(summary.refused.begin(), summary.refused.end(),
                   [](const RefusedLine& a, const RefusedLine& b) { return a.line < b.line; });
  PrintSkipped(context, summary.skipped);
  for (const RefusedLine& refused : summary.refused) {
    context.err() << context.args().Get("file") << ':' << refused.line << ": " << refused.what
                  << (refused.what.empty() ? "" : ": ") << refused.message << '\n';
  }
  if (!summary.refused.empty()) context.MarkIncomplete();
  if (context.json()) return context.PrintJson(ToStruct(summary));
  if (context.validate_only()) {
    context.out() << context.Say(words::kBulkChecked, Rows(context, summary.rows),
                                 WithCommas(summary.accepted));
  } else {
    context.out() << context.Say(words::kBulkDone, WithCommas(summary.accepted), Rows(context, summary.rows),
                                 summary.last_revision);
  }
  if (!summary.refused.empty())
    context.out() << context.Say(
        words::kBulkRefused,
        context.Count(static_cast<int64_t>(summary.refused.size()), "row was", "rows were"));
  context.out() << '\n';
  if (summary.before > 0)
    context.err() << context.Say(words::kBulkBefore,
                                 context.Count(static_cast<int64_t>(summary.before), "row was", "rows were"),
                                 summary.before_revision)
                  << '\n';
  PrintFirstFindings(context, summary);
  return absl::OkStatus();
}

}  // namespace attain::cli
