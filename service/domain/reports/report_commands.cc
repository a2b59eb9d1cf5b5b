#include "service/domain/reports/report_commands.h"

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "attain/v1/table.pb.h"
#include "service/api/errors.h"
#include "service/api/findings.h"
#include "service/api/macros.h"
#include "service/api/text_limits.h"
#include "service/domain/reports/report_judge.h"
#include "service/domain/reports/report_recorder.h"
#include "service/domain/reports/report_target.h"
#include "service/domain/scores/score_view.h"
#include "service/model/mirror.h"
#include "service/state/keys.h"
#include "service/state/require.h"

namespace attain::engine {
namespace {

constexpr int kMaxBatch = 10'000, kMaxStreamBatch = 1'000;
constexpr size_t kMaxChangeReason = 2000;

// A judgement of what the request and, of several reports, one of them accepts.
Judgement JudgementFor(const v1::WriteOptions& write,
                       const google::protobuf::RepeatedPtrField<std::string>* more = nullptr) {
  Judgement judgement;
  judgement.accepted.assign(write.accept_findings().begin(), write.accept_findings().end());
  if (more != nullptr) judgement.accepted.insert(judgement.accepted.end(), more->begin(), more->end());
  judgement.validate_only = write.validate_only();
  return judgement;
}

// Findings on the report with this number in its request, from 1; 0 = on the only one.
void AddFindingsOf(int number, Judgement judgement, const Transaction& txn,
                   google::protobuf::RepeatedPtrField<v1::Finding>* out) {
  for (importing::Finding& finding : judgement.findings) finding.place.line = number;
  AddFindings(judgement.findings, txn.caller().locale, out);
}

absl::Status CheckAllAccepted(const google::protobuf::RepeatedPtrField<std::string>& codes,
                              const google::protobuf::RepeatedPtrField<v1::NamedReport>& reports) {
  RETURN_IF_ERROR(CheckAccepted("write.accept_findings", codes));
  for (int i = 0; i < reports.size(); ++i) {
    if (reports[i].accept_findings().empty()) continue;
    RETURN_IF_ERROR(
        CheckAccepted(absl::StrCat("reports[", i, "].accept_findings"), reports[i].accept_findings()));
  }
  return absl::OkStatus();
}

template <typename Response>
void FillScores(const ReportTarget& target, Response* response) {
  FillRow(*target.working->model, *target.working->board, target.row, response->mutable_indicator_score());
  FillTotals(*target.working->model, *target.working->board, response->mutable_table_score());
}

absl::Status TooMany(int size, int limit) {
  return BadField(
      "reports", v1::ERROR_REASON_REQUEST_TOO_LARGE,
      {absl::StrCat("一次最多 ", limit, " 条，这次有 ", size, " 条。请分批上报。"),
       absl::StrCat("At most ", limit, " reports at once, these are ", size, ". Send them in parts.")},
      {{"limit", absl::StrCat(limit)}});
}

// The earlier report that a correction or retraction is about.
absl::Status FindActive(const std::string& actual_name, Transaction& txn, ResourceName* name,
                        Found<disk::ActualState>* found) {
  ASSIGN_OR_RETURN(*name, ParseActualName("name", actual_name));
  ASSIGN_OR_RETURN(const ActualId id, ActualId::Parse(name->actual));
  ReportTarget target;
  RETURN_IF_ERROR(LocateReport(*name, txn, &target));
  ASSIGN_OR_RETURN(*found, RequireActual(txn.reads(), *name, id));
  if (found->state.state() == v1::ACTUAL_STATE_ACTIVE) return absl::OkStatus();
  const std::string by = found->state.corrected_by();
  return Refuse(
      absl::StatusCode::kFailedPrecondition, v1::ERROR_REASON_ACTUAL_SUPERSEDED,
      {absl::StrCat(actual_name,
                    by.empty() ? " 已被撤回。" : absl::StrCat(" 已被 ", by, " 更正，请更正后者。")),
       absl::StrCat(actual_name, by.empty() ? " was retracted."
                                            : absl::StrCat(" was corrected by ", by, "; correct that one."))},
      {{"name", actual_name}, {"corrected_by", by}});
}

}  // namespace

absl::Status RecordActual(const v1::RecordActualRequest& request, Transaction& txn,
                          v1::RecordActualResponse* response) {
  ReportTarget target;
  RETURN_IF_ERROR(CheckAccepted("write.accept_findings", request.write().accept_findings()));
  Judgement judgement = JudgementFor(request.write());
  RETURN_IF_ERROR(RecordReport(request.indicator(), request.report(), "", "", txn, &target, &judgement,
                               response->mutable_actual()));
  AddFindingsOf(0, std::move(judgement), txn, response->mutable_findings());
  FillScores(target, response);
  return absl::OkStatus();
}

absl::Status BatchRecordActuals(const v1::BatchRecordActualsRequest& request, Transaction& txn,
                                v1::BatchRecordActualsResponse* response) {
  if (request.reports_size() > kMaxBatch) return TooMany(request.reports_size(), kMaxBatch);
  if (request.reports_size() == 0) return CheckRequired("reports", "", 1);
  RETURN_IF_ERROR(CheckAllAccepted(request.write().accept_findings(), request.reports()));
  std::vector<Violation> violations;
  absl::Status first;
  std::vector<std::string> tables;
  absl::flat_hash_set<std::string> seen;
  for (int i = 0; i < request.reports_size(); ++i) {
    const v1::NamedReport& report = request.reports(i);
    ReportTarget target;
    Judgement judgement = JudgementFor(request.write(), &report.accept_findings());
    const absl::Status status = RecordReport(report.indicator(), report.report(), "", "", txn, &target,
                                             &judgement, response->add_actuals());
    if (!judgement.findings.empty())
      AddFindingsOf(i + 1, std::move(judgement), txn, response->mutable_findings());
    if (!status.ok()) {
      if (first.ok()) first = Prefixed(status, absl::StrCat("reports[", i, "]."));
      violations.push_back(
          {absl::StrCat("reports[", i, "]"), {MessageOf(status, "zh-CN"), MessageOf(status, "en")}});
    } else if (violations.empty() && seen.insert(target.name.Table()).second) {
      tables.push_back(target.name.Table());
    }
  }
  if (violations.size() == 1) return first;
  if (!violations.empty()) {
    return Refuse(first.code(), ReasonOf(first),
                  {absl::StrCat("有 ", violations.size(), " 条上报不能接受，整批未记录。第一条 ",
                                violations[0].field, "：", violations[0].text.zh),
                   absl::StrCat(violations.size(),
                                " reports cannot be accepted; nothing of the batch was recorded. The first, ",
                                violations[0].field, ": ", violations[0].text.en)},
                  {}, violations);
  }
  std::sort(tables.begin(), tables.end());
  for (const std::string& table : tables) {
    ASSIGN_OR_RETURN(const ResourceName name, ParseTableName("table", table));
    ASSIGN_OR_RETURN(WorkingTable * working, txn.GetTable(name));
    FillTotals(*working->model, *working->board, response->add_table_scores());
  }
  return absl::OkStatus();
}

absl::Status StreamActuals(const v1::StreamActualsRequest& request, Transaction& txn,
                           v1::StreamActualsResponse* response) {
  response->set_sequence(request.sequence());
  if (request.reports_size() > kMaxStreamBatch) return TooMany(request.reports_size(), kMaxStreamBatch);
  RETURN_IF_ERROR(CheckAllAccepted(request.write().accept_findings(), request.reports()));
  for (int i = 0; i < request.reports_size(); ++i) {
    const v1::NamedReport& report = request.reports(i);
    ReportTarget target;
    Judgement judgement = JudgementFor(request.write(), &report.accept_findings());
    absl::Status status =
        RecordReport(report.indicator(), report.report(), "", "", txn, &target, &judgement, nullptr);
    if (status.ok()) {
      if (!judgement.findings.empty())
        AddFindingsOf(i + 1, std::move(judgement), txn, response->mutable_findings());
      continue;
    }
    if (ReasonOf(status) == v1::ERROR_REASON_UNSPECIFIED) return status;  // the store failed, not the report
    for (importing::Finding& finding : judgement.findings) finding.place.line = i + 1;
    if (!judgement.findings.empty()) status = WithFindings(std::move(status), judgement.findings);
    v1::ItemError* error = response->add_errors();
    error->set_index(i);
    *error->mutable_status() = ToRpcStatus(status, txn.caller().locale);
  }
  response->set_accepted(request.reports_size() - response->errors_size());
  return absl::OkStatus();
}

absl::Status CorrectActual(const v1::CorrectActualRequest& request, Transaction& txn,
                           v1::CorrectActualResponse* response) {
  RETURN_IF_ERROR(CheckRequired("change_reason", request.change_reason(), kMaxChangeReason));
  ResourceName name;
  Found<disk::ActualState> found;
  RETURN_IF_ERROR(FindActive(request.name(), txn, &name, &found));
  v1::ActualReport report = request.report();
  if (report.date().empty()) report.set_date(found.state.date());
  ReportTarget target;
  RETURN_IF_ERROR(CheckAccepted("write.accept_findings", request.write().accept_findings()));
  Judgement judgement = JudgementFor(request.write());
  RETURN_IF_ERROR(RecordReport(name.Indicator(), report, name.actual, request.change_reason(), txn, &target,
                               &judgement, response->mutable_actual()));
  AddFindingsOf(0, std::move(judgement), txn, response->mutable_findings());
  FillScores(target, response);
  return absl::OkStatus();
}

absl::Status RetractActual(const v1::RetractActualRequest& request, Transaction& txn,
                           v1::RetractActualResponse* response) {
  RETURN_IF_ERROR(CheckRequired("change_reason", request.change_reason(), kMaxChangeReason));
  ResourceName name;
  Found<disk::ActualState> found;
  RETURN_IF_ERROR(FindActive(request.name(), txn, &name, &found));
  disk::Event event;
  disk::ActualRetracted* retracted = event.mutable_actual_retracted();
  retracted->set_table(name.Table());
  retracted->set_indicator(name.indicator);
  retracted->set_actual_id(name.actual);
  retracted->set_change_reason(request.change_reason());
  RETURN_IF_ERROR(txn.Emit(std::move(event)));
  ReportTarget target;
  RETURN_IF_ERROR(LocateReport(name, txn, &target));
  ForgetReports(target);
  found.state.set_state(v1::ACTUAL_STATE_RETRACTED);
  found.state.set_change_reason(request.change_reason());
  *response->mutable_actual() =
      ToPublic(found.state, name.Indicator(), name.actual, target.working->model->rows[target.row].unit);
  FillScores(target, response);
  return absl::OkStatus();
}

absl::Status RecordSpending(const v1::RecordSpendingRequest& request, Transaction& txn,
                            v1::RecordSpendingResponse* response) {
  RETURN_IF_ERROR(CheckAccepted("write.accept_findings", request.write().accept_findings()));
  Judgement judgement = JudgementFor(request.write());
  WorkingTable* working = nullptr;
  RETURN_IF_ERROR(RecordMoney(request.parent(), request.spending(), txn, &judgement, &working,
                              response->mutable_spending()));
  AddFindingsOf(0, std::move(judgement), txn, response->mutable_findings());
  FillTotals(*working->model, *working->board, response->mutable_table_score());
  return absl::OkStatus();
}

absl::Status RateIndicator(const v1::RateIndicatorRequest& request, Transaction& txn,
                           v1::RateIndicatorResponse* response) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseIndicatorName("indicator", request.indicator()));
  ReportTarget target;
  RETURN_IF_ERROR(LocateReport(name, txn, &target));
  if (target.working->model->rows[target.row].rule != scoring::RuleKind::kRating) {
    return BadField("indicator", v1::ERROR_REASON_INVALID_FIELD,
                    {"该指标不是按评判等级赋分，请用上报命令。",
                     "This indicator is not scored by rating; report its value instead."});
  }
  v1::ActualReport report;
  report.set_value(request.level());
  report.set_score(request.score());
  report.set_date(request.date());
  report.set_reason(request.reason());
  Judgement judgement;  // a level is never odd
  const absl::Status recorded =
      RecordReport(request.indicator(), report, "", "", txn, &target, &judgement, response->mutable_actual());
  if (!recorded.ok()) return Repathed(Repathed(recorded, "report.value", "level"), "report.", "");
  AddFindingsOf(0, std::move(judgement), txn, response->mutable_findings());
  FillScores(target, response);
  return absl::OkStatus();
}

}  // namespace attain::engine
