#include "clients/cli/commands/reports/report_file.h"

#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/commands/common/bulk_result.h"
#include "clients/cli/commands/common/input_file.h"
#include "clients/cli/commands/reports/report_batches.h"
#include "clients/cli/input/csv_table.h"
#include "clients/cli/input/macros.h"
#include "clients/cli/words/csv_words.h"
#include "clients/cpp/error.h"

namespace attain::cli {
namespace {

const std::vector<CsvColumn>& Columns() {
  static const auto& columns = *new std::vector<CsvColumn>{
      {"indicator", {"指标", "三级指标", "指标名称", "指标编号", "绩效指标"}, true},
      {"value",
       {"实际完成值", "完成值", "实际值", "全年实际完成值", "全年实际值", "实际完成情况", "完成情况",
        "本期完成值"},
       true},
      {"date", {"日期", "数据日期", "截止日期", "填报日期", "上报日期", "完成日期"}},
      {"note", {"备注", "说明"}},
      {"reason", {"偏差原因", "偏差原因及改进措施", "偏差原因分析及改进措施", "原因"}},
      {"score", {"得分", "分数"}},
      {"deduction", {"扣分"}},
      {"numerator", {"分子"}},
      {"denominator", {"分母"}},
      {"evidence", {"佐证资料", "佐证材料", "佐证"}}};
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

// The rows whose indicator could be found.
absl::StatusOr<ReportLines> ReadReports(Context& context, const CsvTable& table, BulkSummary* summary) {
  ReportLines found;
  for (size_t row = 0; row < table.size(); ++row) {
    const std::string typed = table.Get(row, "indicator");
    if (typed.empty()) {
      summary->refused.push_back(
          {table.Line(row), "", context.Say(words::kEmptyCell, table.Header("indicator"))});
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
    found.lines.push_back(table.Line(row));
  }
  return found;
}

}  // namespace

absl::Status ReportFile(Context& context) {
  ASSIGN_OR_RETURN(const std::string file, ReadInput(context, context.args().Get("file")));
  ASSIGN_OR_RETURN(const CsvTable table, CsvTable::Parse(file, Columns(), context.language()));
  BulkSummary summary;
  summary.rows = table.size();
  summary.skipped = table.skipped();
  ASSIGN_OR_RETURN(const ReportLines found, ReadReports(context, table, &summary));
  RETURN_IF_ERROR(SendReports(context, found, &summary));
  return PrintBulk(context, std::move(summary));
}

}  // namespace attain::cli
