#include "service/domain/reports/report_judge.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "attain/v1/table.pb.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/api/text_limits.h"
#include "service/importing/plausibility.h"
#include "service/state/require.h"

namespace attain::engine {
namespace {

using importing::Accumulation;
using importing::Finding;
using scoring::Decimal;

constexpr int kMaxAccepted = 50;
constexpr size_t kMaxCode = 64;
// Reports of a row that are read again for the question whether one is there already. A row with more, one a
// day for ten years, is asked only for its newest and for those that came since.
constexpr int64_t kMaxSeen = 4096;

std::optional<Decimal> Number(const std::string& text) {
  absl::StatusOr<Decimal> parsed = Decimal::ParseStored(text);
  return parsed.ok() ? std::optional<Decimal>(*parsed) : std::nullopt;
}

Accumulation AccumulationOf(const ReportTarget& target) {
  const auto stored =
      static_cast<Accumulation>(target.working->model->state.indicators(target.row).accumulation());
  return stored == Accumulation::kUnspecified ? Accumulation::kLatest : stored;
}

absl::StatusOr<SeenReports*> Seen(const ReportTarget& target, Transaction& txn) {
  const auto [entry, fresh] = target.working->seen.try_emplace(target.name.indicator);
  SeenReports* seen = &entry->second;
  const Cell& cell = target.working->board->cells[target.row];
  if (!fresh || cell.count == 0) return seen;
  absl::Status read;
  if (cell.count <= kMaxSeen) {
    read = txn.reads().ForEachActual(
        target.name, [&](const std::string&, const ActualId&, const Found<disk::ActualState>& actual) {
          if (actual.state.state() == v1::ACTUAL_STATE_ACTIVE) seen->Add(actual.state);
          return true;
        });
  } else if (absl::StatusOr<ActualId> id = ActualId::Parse(cell.actual_id); id.ok()) {
    const absl::StatusOr<Found<disk::ActualState>> newest = RequireActual(txn.reads(), target.name, *id);
    if (newest.ok()) seen->Add(newest->state);
    read = newest.status();
  }
  if (read.ok()) return seen;
  ForgetReports(target);
  return read;
}

// What the row's earlier reports say about `actual`.
absl::Status FillPast(const ReportTarget& target, const disk::ActualState& actual, absl::string_view corrects,
                      Transaction& txn, importing::ReportedValue* report) {
  const Cell& cell = target.working->board->cells[target.row];
  const bool replaces_newest = !corrects.empty() && cell.actual_id == corrects;
  if (report->accumulation == Accumulation::kLatest) {
    if (!cell.reported.reported || replaces_newest) return absl::OkStatus();
    report->last = cell.reported.number;
    report->backdated = actual.date() < cell.reported.date;
    report->again = corrects.empty() && actual.date() == cell.reported.date && report->last == report->value;
    return absl::OkStatus();
  }
  // A correction is compared with what stays only by its value: it may well repeat the day of what it
  // replaces.
  if (!corrects.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const SeenReports* seen, Seen(target, txn));
  report->last = Number(seen->last_number());
  report->backdated = actual.date() < seen->last_day();
  report->again = seen->Has(actual);
  return absl::OkStatus();
}

// Facts of the refusal: the codes to accept, and the value that was probably meant.
absl::Status ConfirmationRequired(const std::vector<Finding>& findings, absl::string_view field) {
  std::vector<Violation> violations;
  std::string codes, likely;
  Text text;
  for (const Finding& finding : findings) {
    if (finding.severity != importing::Severity::kError) continue;
    absl::StrAppend(&codes, codes.empty() ? "" : ",", finding.code);
    if (likely.empty()) likely = finding.likely;
    violations.push_back(
        {std::string(field),
         {absl::StrCat("[", finding.code, "] ", finding.message.zh, finding.repair.zh),
          absl::StrCat("[", finding.code, "] ", finding.message.en, " ", finding.repair.en)}});
    if (!text.zh.empty()) text = {absl::StrCat(text.zh, " "), absl::StrCat(text.en, " ")};
    text = {absl::StrCat(text.zh, violations.back().text.zh),
            absl::StrCat(text.en, violations.back().text.en)};
  }
  return Refuse(absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_CONFIRMATION_REQUIRED, text,
                {{"codes", codes}, {"likely", likely}, {"field", std::string(field)}}, violations);
}

absl::Status Take(std::vector<Finding> noticed, absl::string_view field, Judgement* judgement) {
  const bool confirmed = importing::Accept(judgement->accepted, &noticed);
  absl::Status status =
      confirmed || judgement->validate_only ? absl::OkStatus() : ConfirmationRequired(noticed, field);
  for (Finding& finding : noticed) judgement->findings.push_back(std::move(finding));
  return status;
}

}  // namespace

absl::Status CheckAccepted(absl::string_view field,
                           const google::protobuf::RepeatedPtrField<std::string>& codes) {
  if (codes.size() > kMaxAccepted) {
    return BadField(field, v1::ERROR_REASON_INVALID_FIELD,
                    {absl::StrCat("最多接受 ", kMaxAccepted, " 个代码。"),
                     absl::StrCat("At most ", kMaxAccepted, " codes can be accepted.")});
  }
  for (const std::string& code : codes) RETURN_IF_ERROR(CheckLength(field, code, kMaxCode));
  return absl::OkStatus();
}

absl::Status JudgeActual(const ReportTarget& target, const disk::ActualState& actual,
                         absl::string_view corrects, Transaction& txn, Judgement* judgement) {
  const scoring::Indicator& indicator = target.working->model->rows[target.row];
  importing::ReportedValue report;
  report.accumulation = AccumulationOf(target);
  const std::optional<Decimal> number = Number(actual.number());
  if (!number.has_value() && report.accumulation != Accumulation::kRatio)
    return absl::OkStatus();  // a level, or yes and no
  report.value = number.value_or(Decimal());
  report.text = actual.report().value();
  if (report.accumulation == Accumulation::kRatio)
    report.text = absl::StrCat(actual.report().numerator(), "/", actual.report().denominator());
  report.name = target.working->model->state.indicators(target.row).display_name();
  report.comparator = indicator.comparator;
  report.target = indicator.target;
  report.unit = indicator.unit;
  report.weight = indicator.weight;
  RETURN_IF_ERROR(FillPast(target, actual, corrects, txn, &report));
  std::vector<Finding> noticed = importing::JudgeReport(report);
  return noticed.empty() ? absl::OkStatus() : Take(std::move(noticed), "report.value", judgement);
}

void Remember(const ReportTarget& target, const disk::ActualState& actual, absl::string_view corrects) {
  if (!corrects.empty()) return ForgetReports(target);
  const auto seen = target.working->seen.find(target.name.indicator);
  if (seen != target.working->seen.end()) seen->second.Add(actual);
}

void ForgetReports(const ReportTarget& target) {
  target.working->seen.erase(target.name.indicator);
}

absl::Status JudgeSpending(const WorkingTable& working, const disk::SpendingState& spending,
                           const std::string& typed, Judgement* judgement) {
  importing::SpentValue spent;
  const std::optional<Decimal> value = Number(spending.spent());
  if (!value.has_value()) return absl::OkStatus();
  spent.value = *value;
  spent.text = typed;
  spent.day = spending.date();
  spent.budget = spending.adjusted_budget().empty() ? working.board->budget.adjusted
                                                    : Number(spending.adjusted_budget());
  if (!working.board->spent_date.empty()) spent.last = working.board->budget.spent;
  spent.last_day = spent.last.has_value() ? working.board->spent_date : "";
  spent.points = working.model->profile->execution_points;
  std::vector<Finding> noticed = importing::JudgeSpending(spent);
  return noticed.empty() ? absl::OkStatus() : Take(std::move(noticed), "spending.spent", judgement);
}

}  // namespace attain::engine
