#include "service/domain/monitoring/due_view.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "attain/v1/amendment.pb.h"
#include "attain/v1/evaluation.pb.h"
#include "attain/v1/scoring_service.pb.h"
#include "attain/v1/table.pb.h"
#include "attain/v1/target_service.pb.h"
#include "common/schema/methods.h"
#include "service/access/duties.h"
#include "service/api/calendar.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/api/text_limits.h"
#include "service/domain/evaluations/evaluation_rules.h"
#include "service/domain/monitoring/monitoring_view.h"

namespace attain::engine {
namespace {

constexpr size_t kMaxReasonShown = 200;
constexpr int kDeadlineDay = 31;  // of January after the year: self-evaluation and what it needs

// One table's items. Lives for one call of AddDue.
class TableDue {
 public:
  TableDue(const QueryContext& context, const Snapshot& now, const DueQuestion& question,
           const TableModel& model, std::vector<v1::DueItem>* items)
      : context_(context),
        now_(now),
        question_(question),
        model_(model),
        items_(items),
        year_begin_(model.state.fiscal_year(), 1, 1),
        year_end_(model.state.fiscal_year(), kMonthsOfYear, 31),
        deadline_(model.state.fiscal_year() + 1, 1, kDeadlineDay) {}

  absl::Status AddAll() {
    switch (model_.state.state()) {
      case v1::TABLE_STATE_DRAFT:
      case v1::TABLE_STATE_SUBMITTED:
        AddBeforeApproval();
        return absl::OkStatus();
      case v1::TABLE_STATE_APPROVED:
      case v1::TABLE_STATE_CLOSED:
        return AddInForce();
      default:
        return absl::OkStatus();
    }
  }

 private:
  void Add(v1::DueKind kind, const std::string& name, const std::string& display_name, absl::CivilDay due,
           const Text& action, bool for_caller = true) {
    if (due > question_.by) return;
    v1::DueItem& item = items_->emplace_back();
    item.set_kind(kind);
    item.set_name(name);
    item.set_display_name(display_name);
    item.set_table(model_.state.name());
    item.set_due_date(ToText(due));
    item.set_days_late(static_cast<int32_t>(question_.by - due));
    item.set_action(context_.caller.locale == "zh-CN" ? action.zh : action.en);
    item.set_for_caller(for_caller);
  }
  void AddTable(v1::DueKind kind, absl::CivilDay due, const Text& action, bool for_caller = true) {
    Add(kind, model_.state.name(), model_.state.display_name(), due, action, for_caller);
  }
  void AddRow(v1::DueKind kind, const scoring::Indicator& row, absl::CivilDay due, const Text& action) {
    Add(kind, absl::StrCat(model_.state.name(), "/indicators/", row.id), row.name, due, action);
  }
  void AddReturned(const std::string& reason, absl::CivilDay since, bool for_caller) {
    const std::string why(CutText(reason, kMaxReasonShown));
    AddTable(v1::DUE_KIND_RETURNED, since,
             {absl::StrCat("已退回，请修改后重新提交：", why),
              absl::StrCat("returned; correct it and hand it in again: ", why)},
             for_caller);
  }
  // Whether the caller may take the step that Request stands for, as far as people are concerned.
  template <typename Request>
  bool CallerMay(const DutyFacts& facts = {}) const {
    return IsFor(schema::RuleOf(*schema::MethodOf(Request::descriptor())), context_.caller, facts);
  }

  void AddBeforeApproval();
  absl::Status AddInForce();
  absl::Status AddAmendments();
  absl::Status AddRows(const TableView& view);
  absl::Status AddOutlooks();
  void AddYearEnd(const TableModel& model, const std::vector<MissingItem>& missing);
  ResourceName Table() const { return {ResourceName::kTable, model_.unit, model_.table, "", "", ""}; }
  // The end of the month before the day asked for: until then everybody has reported.
  absl::CivilDay MonthEndBefore() const { return absl::CivilDay(absl::CivilMonth(question_.by)) - 1; }

  const QueryContext& context_;
  const Snapshot& now_;
  const DueQuestion& question_;
  const TableModel& model_;
  std::vector<v1::DueItem>* items_;
  const absl::CivilDay year_begin_, year_end_, deadline_;
};

void TableDue::AddBeforeApproval() {
  const disk::TableState& state = model_.state;
  const bool draft = state.state() == v1::TABLE_STATE_DRAFT;
  const bool returned = draft && !state.return_reason().empty();
  const int64_t since_us = draft && !returned ? state.create_time_us() : state.update_time_us();
  const absl::CivilDay due = std::max(year_begin_, DayInChina(since_us));
  if (returned) {
    AddReturned(state.return_reason(), due, /*for_caller=*/true);
  } else if (draft) {
    AddTable(v1::DUE_KIND_SUBMIT, due, {"提交审批", "submit the table for approval"});
  } else {
    AddTable(v1::DUE_KIND_APPROVE, due, {"批准或退回", "approve or return the table"});
  }
}

// A closed table takes no reports and no amendments any more, but its evaluation goes on.
absl::Status TableDue::AddInForce() {
  const bool open = model_.state.state() == v1::TABLE_STATE_APPROVED;
  if (open) RETURN_IF_ERROR(AddAmendments());
  ASSIGN_OR_RETURN(const Found<disk::EvaluationState> found, now_.reads().Evaluation(Table()));
  const disk::EvaluationState& evaluation = found.state;
  if (evaluation.state() == v1::EVALUATION_STATE_CONFIRMED) return absl::OkStatus();
  const absl::CivilDay handed_in = DayInChina(evaluation.submit_time_us());
  if (evaluation.state() == v1::EVALUATION_STATE_SUBMITTED) {
    AddTable(v1::DUE_KIND_REVIEW, handed_in, {"复核并确认自评", "review and confirm the self-evaluation"},
             CallerMay<v1::ConfirmEvaluationRequest>());
    return absl::OkStatus();
  }
  const bool returned = evaluation.state() == v1::EVALUATION_STATE_RETURNED;
  if (returned) AddReturned(evaluation.return_reason(), handed_in, CallerMay<v1::SubmitEvaluationRequest>());
  ASSIGN_OR_RETURN(const TableView view, now_.GetBoard(Table()));
  if (open) RETURN_IF_ERROR(AddRows(view));
  const std::vector<MissingItem> missing = MissingOf(*view.model, *view.board);
  if (open) AddYearEnd(*view.model, missing);
  if (missing.empty() && !returned) {
    AddTable(v1::DUE_KIND_EVALUATION, deadline_, {"提交自评", "hand in the self-evaluation"},
             CallerMay<v1::SubmitEvaluationRequest>());
  }
  return absl::OkStatus();
}

absl::Status TableDue::AddAmendments() {
  ASSIGN_OR_RETURN(const auto amendments, now_.reads().Amendments(Table()));
  for (const Found<disk::AmendmentState>& found : amendments) {
    const disk::AmendmentState& state = found.state;
    if (state.state() != v1::AMENDMENT_STATE_PROPOSED) continue;
    ResourceName name = Table();
    name.amendment = state.number();
    Add(v1::DUE_KIND_AMENDMENT, name.Amendment(), model_.state.display_name(),
        DayInChina(state.propose_time_us()),
        {absl::StrCat("批准或驳回第 ", state.number(), " 次调整"),
         absl::StrCat("approve or reject amendment ", state.number())},
        CallerMay<v1::ApproveAmendmentRequest>({.proposer = state.proposer()}));
  }
  return absl::OkStatus();
}

absl::Status TableDue::AddRows(const TableView& view) {
  const absl::CivilDay due = std::min(MonthEndBefore(), year_end_);
  if (due < year_begin_) return absl::OkStatus();  // no month of the year has ended
  const std::string due_text = ToText(due);
  bool running = false;
  for (size_t row = 0; row < view.model->rows.size(); ++row) {
    const scoring::Indicator& indicator = view.model->rows[row];
    if (indicator.not_applicable) continue;
    const scoring::Reported& reported = view.board->cells[row].reported;
    running = running || reported.reported;
    if (!reported.reported) {
      AddRow(v1::DUE_KIND_ACTUAL, indicator, due, {"上报实际完成值", "report the actual value"});
    } else if (reported.date < due_text) {
      AddRow(v1::DUE_KIND_LATE, indicator, due,
             {absl::StrCat("更新实际完成值，最近一次为 ", reported.date),
              absl::StrCat("report again; the newest report is of ", reported.date)});
    }
  }
  const scoring::Budget& budget = view.board->budget;
  if (budget.adjusted.has_value() && budget.adjusted->sign() > 0 && !budget.spent.has_value()) {
    AddTable(v1::DUE_KIND_SPENDING, due, {"上报支出", "record what was spent"});
  }
  return running && MonthEndBefore() < year_end_ ? AddOutlooks() : absl::OkStatus();
}

absl::Status TableDue::AddOutlooks() {
  const absl::CivilDay due = MonthEndBefore();
  const std::string month = absl::StrFormat("%d-%02d", model_.state.fiscal_year(), due.month());
  ASSIGN_OR_RETURN(MonthView view, ViewMonth(context_, now_, v1::AsOf(), Table(), month));
  if (std::none_of(view.progress.begin(), view.progress.end(), WantsOutlook)) return absl::OkStatus();
  RETURN_IF_ERROR(ReadOutlooks(context_, &view));
  const TableModel& then = *view.table.model;  // the targets in force at the end of that month
  for (size_t row = 0; row < then.rows.size(); ++row) {
    if (!view.MissesOutlook(row) || !model_.row_by_id.contains(then.rows[row].id)) continue;
    const bool red = view.progress[row].signal == scoring::Signal::kRed;
    AddRow(v1::DUE_KIND_OUTLOOK, then.rows[row], due,
           {absl::StrCat(view.month, " 月为", red ? "红" : "黄", "灯，填报完成目标可能性和偏差原因"),
            absl::StrCat(red ? "red" : "yellow", " in month ", view.month,
                         ": say how likely the target is reached, and the cause")});
  }
  return absl::OkStatus();
}

void TableDue::AddYearEnd(const TableModel& model, const std::vector<MissingItem>& missing) {
  for (const MissingItem& item : missing) {
    if (item.kind == v1::MISSING_KIND_REASON)
      AddRow(v1::DUE_KIND_REASON, model.rows[item.row], deadline_, item.action);
    if (item.kind == v1::MISSING_KIND_SCORE)
      AddRow(v1::DUE_KIND_SCORE, model.rows[item.row], deadline_, item.action);
  }
}

}  // namespace

absl::Status AddDue(const QueryContext& context, const Snapshot& now, const DueQuestion& question,
                    const std::shared_ptr<const TableModel>& model, std::vector<v1::DueItem>* items) {
  return TableDue(context, now, question, *model, items).AddAll();
}

void SortByUrgency(std::vector<v1::DueItem>* items) {
  std::stable_sort(items->begin(), items->end(), [](const v1::DueItem& a, const v1::DueItem& b) {
    return std::forward_as_tuple(-a.days_late(), a.kind(), a.name()) <
           std::forward_as_tuple(-b.days_late(), b.kind(), b.name());
  });
}

}  // namespace attain::engine
