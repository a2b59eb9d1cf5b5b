#include "clients/cli/commands/report_file.h"

#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "clients/cli/commands/bulk_result.h"
#include "clients/cli/commands/input_file.h"
#include "clients/cli/csv_table.h"
#include "clients/cli/macros.h"
#include "clients/cli/progress.h"
#include "clients/cpp/bulk_loader.h"
#include "clients/cpp/error.h"

namespace attain::cli {
namespace {

const std::vector<CsvColumn>& Columns() {
  static const auto& columns =
      *new std::vector<CsvColumn>{{"indicator", {"指标", "三级指标", "指标名称"}, true},
                                  {"value", {"实际完成值", "完成值", "实际值"}, true},
                                  {"date", {"日期"}},
                                  {"note", {"备注", "说明"}},
                                  {"reason", {"偏差原因", "偏差原因及改进措施", "原因"}},
                                  {"score", {"得分", "分数"}},
                                  {"deduction", {"扣分"}},
                                  {"numerator", {"分子"}},
                                  {"denominator", {"分母"}},
                                  {"evidence", {"佐证资料", "佐证"}}};
  return columns;
}

v1::ActualReport ReadReport(const CsvTable& table, size_t row) {
  v1::ActualReport report;
  report.set_value(table.Get(row, "value"));
  report.set_date(table.Get(row, "date"));
  report.set_note(table.Get(row, "note"));
  report.set_reason(table.Get(row, "reason"));
  report.set_score(table.Get(row, "score"));
  report.set_deduction(table.Get(row, "deduction"));
  report.set_numerator(table.Get(row, "numerator"));
  report.set_denominator(table.Get(row, "denominator"));
  for (absl::string_view evidence :
       absl::StrSplit(table.Get(row, "evidence"), absl::ByAnyChar(";\n"), absl::SkipWhitespace())) {
    report.add_evidence(std::string(absl::StripAsciiWhitespace(evidence)));
  }
  return report;
}

// The rows whose indicator could be found, and where they stand in the file.
struct Reports {
  std::vector<v1::NamedReport> reports;
  std::vector<size_t> rows;
};

absl::StatusOr<Reports> ReadReports(Context& context, const CsvTable& table, BulkSummary* summary) {
  Reports found;
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string typed = table.Get(row, "indicator");
    if (typed.empty()) {
      summary->refused.push_back(
          {table.Line(row), "", context.Say(Msg::kEmptyCell, table.Header("indicator"))});
      continue;
    }
    absl::StatusOr<std::string> name = context.names().Indicator(typed);
    if (!name.ok()) {
      if (client::IsUnreachable(name.status())) return name.status();
      summary->refused.push_back({table.Line(row), typed, std::string(name.status().message())});
      continue;
    }
    v1::NamedReport report;
    report.set_indicator(*std::move(name));
    *report.mutable_report() = ReadReport(table, row);
    found.reports.push_back(std::move(report));
    found.rows.push_back(row);
  }
  return found;
}

void Refuse(const Reports& found, const CsvTable& table, size_t index, absl::string_view message,
            BulkSummary* summary) {
  summary->refused.push_back(
      {table.Line(found.rows[index]), ShortName(found.reports[index].indicator()), std::string(message)});
}

// Nothing is recorded: every report is asked for by itself, because a batch that is refused names at most
// twenty of its faults.
absl::Status CheckAll(Context& context, const Reports& found, const CsvTable& table, BulkSummary* summary) {
  const absl::Time start = absl::Now();
  ProgressBar bar(&context.err(), context.err_is_terminal(), start);
  for (size_t i = 0; i < found.reports.size(); ++i) {
    v1::RecordActualRequest request;
    request.set_indicator(found.reports[i].indicator());
    *request.mutable_report() = found.reports[i].report();
    request.set_validate_only(true);
    absl::Status status = context.client().RecordActual(std::move(request)).status();
    if (client::IsUnreachable(status)) return status;
    if (status.ok()) {
      ++summary->accepted;
    } else {
      Refuse(found, table, i, status.message(), summary);
    }
    bar.Update(i + 1, found.reports.size(), absl::Now());
  }
  return absl::OkStatus();
}

absl::Status LoadAll(Context& context, const Reports& found, const CsvTable& table, BulkSummary* summary) {
  ProgressBar bar(&context.err(), context.err_is_terminal(), absl::Now());
  client::BulkOptions options;
  options.request_id = context.args().Get("request-id");
  options.progress = [&](size_t done, size_t total) { bar.Update(done, total, absl::Now()); };
  const client::BulkResult result = client::LoadActuals(context.client(), found.reports, options);
  summary->accepted = result.accepted;
  summary->last_revision = result.last_revision;
  for (const client::BulkRefusal& refusal : result.refusals)
    Refuse(found, table, refusal.index, refusal.message, summary);
  if (!result.status.ok()) {
    context.err() << context.Say(
                         Msg::kBulkStopped, result.answered,
                         context.Count(static_cast<int64_t>(found.reports.size()), "row was", "rows were"),
                         result.accepted)
                  << '\n';
  }
  return result.status;
}

}  // namespace

absl::Status ReportFile(Context& context) {
  ASSIGN_OR_RETURN(const std::string file, ReadInput(context, context.args().Get("file")));
  ASSIGN_OR_RETURN(const CsvTable table, CsvTable::Parse(file, Columns(), context.language()));
  BulkSummary summary;
  summary.rows = table.size();
  ASSIGN_OR_RETURN(const Reports found, ReadReports(context, table, &summary));
  RETURN_IF_ERROR(context.validate_only() ? CheckAll(context, found, table, &summary)
                                          : LoadAll(context, found, table, &summary));
  return PrintBulk(context, std::move(summary));
}

}  // namespace attain::cli
