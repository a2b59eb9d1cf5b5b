#include "service/domain/import/figure_recorder.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/api/text_limits.h"
#include "service/domain/reports/report_reader.h"
#include "service/domain/reports/report_recorder.h"

namespace attain::engine {
namespace {

using importing::Finding;
using importing::Severity;

// What makes two reports of a row one: the day and what was understood, not how it was typed.
std::string KeyOf(const disk::ActualState& actual) {
  return absl::StrCat(actual.date(), "\t", actual.number(), "\t", actual.level(), "\t", actual.met(), "\t",
                      actual.report().score(), "\t", actual.report().numerator(), "/",
                      actual.report().denominator());
}

bool SameAmount(const std::optional<scoring::Decimal>& kept, const std::string& text) {
  const absl::StatusOr<scoring::Decimal> amount = ReadMoney("spending", text);
  return kept.has_value() && amount.ok() && *kept == *amount;
}

}  // namespace

Finding& TellOf(const FigureOrigin& origin, Severity severity, absl::string_view code,
                std::vector<Finding>* findings) {
  Finding& finding = findings->emplace_back();
  finding.severity = severity;
  finding.code = std::string(code);
  finding.place = origin.place;
  finding.table_name = origin.table_name;
  finding.indicator_name = origin.indicator_name;
  finding.raw = std::string(CutText(origin.raw, 120));
  return finding;
}

Judgement FigureRecorder::NewJudgement() const {
  Judgement judgement;
  judgement.accepted.assign(request_.write().accept_findings().begin(),
                            request_.write().accept_findings().end());
  judgement.validate_only = true;  // risky figures are told here; the whole document is refused for them
  return judgement;
}

void FigureRecorder::TakeFindings(Judgement judgement, const FigureOrigin& origin) {
  for (Finding& finding : judgement.findings) {
    finding.place = origin.place;
    finding.table_name = origin.table_name;
    finding.indicator_name = origin.indicator_name;
    if (finding.raw.empty()) finding.raw = std::string(CutText(origin.raw, 120));
    findings_.push_back(std::move(finding));
  }
}

absl::Status FigureRecorder::Refused(const absl::Status& status, absl::string_view code,
                                     const FigureOrigin& origin) {
  if (ReasonOf(status) == v1::ERROR_REASON_UNSPECIFIED) return status;  // the store failed, not the figure
  Finding& finding = TellOf(origin, Severity::kError, code, &findings_);
  finding.message = {absl::StrCat("没有记录：", MessageOf(status, "zh-CN")),
                     absl::StrCat("Not recorded: ", MessageOf(status, "en"))};
  finding.repair = {absl::StrCat("请改正文件后重新导入；也可接受 ", code, " 导入其余各行，这一行另行上报。"),
                    absl::StrCat("Correct the document and import it again, or accept ", code,
                                 " to record the other rows and report this one by itself.")};
  return absl::OkStatus();
}

absl::StatusOr<bool> FigureRecorder::IsThere(const ReportTarget& target, const disk::ActualState& actual) {
  const auto [entry, fresh] = before_.try_emplace(target.name.Indicator());
  if (fresh) {
    RETURN_IF_ERROR(txn_.reads().ForEachActual(
        target.name, [&](const std::string&, const ActualId&, const Found<disk::ActualState>& kept) {
          if (kept.state.state() == v1::ACTUAL_STATE_ACTIVE) entry->second.insert(KeyOf(kept.state));
          return true;
        }));
  }
  return entry->second.contains(KeyOf(actual));
}

void FigureRecorder::TellThere(const FigureOrigin& origin, const std::string& date) {
  Finding& finding = TellOf(origin, Severity::kNote, "ALREADY_RECORDED", &findings_);
  finding.understood = date;
  finding.message = {
      absl::StrCat(date, " 的同一数值此前已记录，没有重复记录。"),
      absl::StrCat("The same figure of ", date, " was recorded before; it was not recorded again.")};
  finding.repair = {"无需处理。", "Nothing is to be done."};
  response_.set_already_recorded(response_.already_recorded() + 1);
}

absl::StatusOr<int> FigureRecorder::Record(const ResourceName& indicator, const v1::ActualReport& report,
                                           const FigureOrigin& origin) {
  ReportTarget target;
  if (absl::Status located = LocateReport(indicator, txn_, &target); !located.ok()) {
    RETURN_IF_ERROR(Refused(located, "ACTUAL_REFUSED", origin));
    return -1;
  }
  const absl::StatusOr<disk::ActualState> read =
      ReadReport(*target.working->model, target.row, report, txn_.time_us(), nullptr);
  bool there = false;
  std::string date;
  if (read.ok()) {
    date = read->date();
    ASSIGN_OR_RETURN(there, IsThere(target, *read));
  }
  if (there) {
    TellThere(origin, date);
  } else {
    Judgement judgement = NewJudgement();
    const absl::Status status =
        RecordReport(indicator.Indicator(), report, "", "", txn_, &target, &judgement, nullptr);
    if (!status.ok()) {
      RETURN_IF_ERROR(Refused(status, "ACTUAL_REFUSED", origin));
      return -1;
    }
    TakeFindings(std::move(judgement), origin);
  }
  v1::ImportedActual& actual = *response_.add_actuals();
  actual.set_indicator(indicator.Indicator());
  actual.set_display_name(target.working->model->state.indicators(target.row).display_name());
  actual.set_value(report.value().empty() ? absl::StrCat(report.numerator(), "/", report.denominator())
                                          : report.value());
  actual.set_date(date);
  actual.set_table(origin.place.table);
  actual.set_row(origin.place.row);
  actual.set_sheet(origin.place.sheet);
  actual.set_page(origin.place.page);
  actual.set_address(origin.place.address);
  actual.set_line(origin.place.line);
  actual.set_already_recorded(there);
  return response_.actuals_size() - 1;
}

absl::Status FigureRecorder::RecordSpending(const ResourceName& table, const v1::Spending& spending,
                                            const FigureOrigin& origin) {
  Judgement judgement = NewJudgement();
  ASSIGN_OR_RETURN(WorkingTable * working, txn_.GetTable(table));
  const std::optional<Board>& board = working->board;
  const bool there =
      board.has_value() && board->spent_date == spending.date() &&
      SameAmount(board->budget.spent, spending.spent()) &&
      (spending.adjusted_budget().empty() || SameAmount(board->budget.adjusted, spending.adjusted_budget()));
  v1::Spending recorded = spending;
  if (there) {
    recorded.set_spent(board->budget.spent->ToString());
    if (!spending.adjusted_budget().empty()) recorded.set_adjusted_budget(board->budget.adjusted->ToString());
    TellThere(origin, spending.date());
  } else {
    const absl::Status status = RecordMoney(table.Table(), spending, txn_, &judgement, &working, &recorded);
    if (!status.ok()) return Refused(status, "SPENDING_REFUSED", origin);
    TakeFindings(std::move(judgement), origin);
  }
  v1::ImportedSpending& imported = *response_.add_spending();
  imported.set_table(table.Table());
  imported.set_display_name(working->model->state.display_name());
  imported.set_spent(recorded.spent());
  imported.set_adjusted_budget(recorded.adjusted_budget());
  imported.set_date(recorded.date());
  imported.set_already_recorded(there);
  return absl::OkStatus();
}

}  // namespace attain::engine
