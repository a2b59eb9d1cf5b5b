#include "service/engine/due_view.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "attain/v1/amendment.pb.h"
#include "attain/v1/evaluation.pb.h"
#include "attain/v1/table.pb.h"
#include "service/engine/calendar.h"
#include "service/engine/errors.h"
#include "service/engine/keys.h"
#include "service/engine/macros.h"
#include "service/engine/monitoring_view.h"
#include "service/engine/text_limits.h"

namespace attain::engine {
namespace {

constexpr size_t kMaxReasonShown = 200;
constexpr int kDeadlineDay = 31;  // of January after the year: self-evaluation and what it needs

// One table's items. Lives for one call of AddDue.
class TableDue {
 public:
  TableDue(const QueryContext& context, const Snapshot& now, const DueQuestion& question, const TableModel& model,
           std::vector<v1::DueItem>* items)
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
  void AddRow(v1::DueKind kind, size_t row, absl::CivilDay due, const Text& action) {
    Add(kind, absl::StrCat(model_.state.name(), "/indicators/", model_.rows[row].id), model_.rows[row].name, due, action);
  }
  void AddReturned(const std::string& reason, absl::CivilDay since) {
    const std::string why(CutText(reason, kMaxReasonShown));
    AddTable(v1::DUE_KIND_RETURNED, since,
             {absl::StrCat("已退回，请修改后重新提交：", why), absl::StrCat("returned; correct it and hand it in again: ", why)});
  }
  bool CallerIsNot(const std::string& actor) const {
    return !context_.caller.actor.empty() && context_.caller.actor != actor;
  }

  void AddBeforeApproval();
  absl::Status AddInForce();
  absl::Status AddAmendments();
  absl::Status AddRows(const Board& board);
  absl::Status AddOutlooks();
  // Year-end items; false in `complete` when something keeps the self-evaluation from being handed in.
  void AddYearEnd(const Board& board, bool* complete);
  absl::StatusOr<disk::EvaluationState> Evaluation() const;

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
    AddReturned(state.return_reason(), due);
  } else if (draft) {
    AddTable(v1::DUE_KIND_SUBMIT, due, {"提交审批", "submit the table for approval"});
  } else {
    AddTable(v1::DUE_KIND_APPROVE, due, {"批准或退回", "approve or return the table"});
  }
}

absl::StatusOr<disk::EvaluationState> TableDue::Evaluation() const {
  disk::EvaluationState state;
  ASSIGN_OR_RETURN(const std::optional<storage::Versioned> value,
                   now_.reader().Get(EvaluationKey(model_.unit, model_.table)));
  if (value.has_value() && !state.ParseFromString(value->value)) {
    return absl::DataLossError("an evaluation does not parse");
  }
  return state;
}

absl::Status TableDue::AddInForce() {
  RETURN_IF_ERROR(AddAmendments());
  ASSIGN_OR_RETURN(const disk::EvaluationState evaluation, Evaluation());
  if (evaluation.state() == v1::EVALUATION_STATE_CONFIRMED) return absl::OkStatus();
  const absl::CivilDay handed_in = DayInChina(evaluation.submit_time_us());
  if (evaluation.state() == v1::EVALUATION_STATE_SUBMITTED) {
    AddTable(v1::DUE_KIND_REVIEW, handed_in, {"复核并确认自评", "review and confirm the self-evaluation"});
    return absl::OkStatus();
  }
  if (evaluation.state() == v1::EVALUATION_STATE_RETURNED) AddReturned(evaluation.return_reason(), handed_in);
  ASSIGN_OR_RETURN(const TableView view, now_.GetBoard({ResourceName::kTable, model_.unit, model_.table, "", "", ""}));
  RETURN_IF_ERROR(AddRows(*view.board));
  bool complete = true;
  AddYearEnd(*view.board, &complete);
  if (complete && evaluation.state() != v1::EVALUATION_STATE_RETURNED) {
    AddTable(v1::DUE_KIND_EVALUATION, deadline_, {"提交自评", "hand in the self-evaluation"});
  }
  return absl::OkStatus();
}

absl::Status TableDue::AddAmendments() {
  absl::Status failed;
  const KeyRange range = AmendmentsOf(model_.unit, model_.table);
  RETURN_IF_ERROR(now_.reader().Scan(range.begin, range.end, [&](absl::string_view, storage::Revision, absl::string_view value) {
    disk::AmendmentState state;
    if (!state.ParseFromArray(value.data(), static_cast<int>(value.size()))) {
      failed = absl::DataLossError("an amendment does not parse");
      return false;
    }
    if (state.state() != v1::AMENDMENT_STATE_PROPOSED) return true;
    Add(v1::DUE_KIND_AMENDMENT, state.name(), model_.state.display_name(), DayInChina(state.propose_time_us()),
        {absl::StrCat("批准或驳回第 ", state.number(), " 次调整"),
         absl::StrCat("approve or reject amendment ", state.number())},
        CallerIsNot(state.proposer()));
    return true;
  }));
  return failed;
}

absl::Status TableDue::AddRows(const Board& board) {
  const absl::CivilDay due = std::min(absl::CivilDay(absl::CivilMonth(question_.by)) - 1, year_end_);
  if (due < year_begin_) return absl::OkStatus();  // no month of the year has ended
  const std::string due_text = ToText(due);
  bool running = false;
  for (size_t row = 0; row < model_.rows.size(); ++row) {
    if (model_.rows[row].not_applicable) continue;
    const scoring::Reported& reported = board.cells[row].reported;
    running = running || reported.reported;
    if (!reported.reported) {
      AddRow(v1::DUE_KIND_ACTUAL, row, due, {"上报实际完成值", "report the actual value"});
    } else if (reported.date < due_text) {
      AddRow(v1::DUE_KIND_LATE, row, due,
             {absl::StrCat("更新实际完成值，最近一次为 ", reported.date),
              absl::StrCat("report again; the newest report is of ", reported.date)});
    }
  }
  if (board.budget.adjusted.has_value() && board.budget.adjusted->sign() > 0 && !board.budget.spent.has_value()) {
    AddTable(v1::DUE_KIND_SPENDING, due, {"上报支出", "record what was spent"});
  }
  return running && due < year_end_ ? AddOutlooks() : absl::OkStatus();
}

absl::Status TableDue::AddOutlooks() {
  const absl::CivilDay due = absl::CivilDay(absl::CivilMonth(question_.by)) - 1;
  const ResourceName table{ResourceName::kTable, model_.unit, model_.table, "", "", ""};
  ASSIGN_OR_RETURN(const MonthView view, ViewMonth(context_, now_, question_.read, table, due.month()));
  const TableModel& then = *view.table.model;  // the targets in force at the end of that month
  for (size_t row = 0; row < then.rows.size(); ++row) {
    if (!WantsOutlook(view.progress[row]) || !model_.row_by_id.contains(then.rows[row].id)) continue;
    ResourceName name = table;
    name.indicator = then.rows[row].id;
    ASSIGN_OR_RETURN(const auto outlook, OutlookBy(now_, name, view.last_day));
    if (!MissesOutlook(view.progress[row], outlook)) continue;
    const bool red = view.progress[row].signal == scoring::Signal::kRed;
    Add(v1::DUE_KIND_OUTLOOK, name.Indicator(), then.rows[row].name, due,
        {absl::StrCat(view.month, " 月为", red ? "红" : "黄", "灯，填报完成目标可能性和偏差原因"),
         absl::StrCat(red ? "red" : "yellow", " in month ", view.month, ": say how likely the target is reached, and the cause")});
  }
  return absl::OkStatus();
}

void TableDue::AddYearEnd(const Board& board, bool* complete) {
  const bool money_known = board.budget.adjusted.has_value() && board.budget.adjusted->sign() > 0;
  *complete = !model_.rows.empty() && (!money_known || board.budget.spent.has_value());
  for (size_t row = 0; row < model_.rows.size(); ++row) {
    const scoring::IndicatorScore& score = board.scores[row];
    if (score.status == scoring::ScoreStatus::kNotApplicable) continue;
    const bool no_reason = (score.flags & scoring::kFlagReasonRequired) != 0 && board.cells[row].reason.empty();
    const bool no_score = score.status == scoring::ScoreStatus::kUnscored;
    if (no_reason) AddRow(v1::DUE_KIND_REASON, row, deadline_, {"说明偏差原因及改进措施", "explain the deviation and the improvement"});
    if (no_score) AddRow(v1::DUE_KIND_SCORE, row, deadline_, {"给出得分", "type the score"});
    if (no_reason || no_score || !score.reported || score.status == scoring::ScoreStatus::kUnmapped) *complete = false;
  }
}

}  // namespace

absl::Status AddDue(const QueryContext& context, const Snapshot& now, const DueQuestion& question,
                    const std::shared_ptr<const TableModel>& model, std::vector<v1::DueItem>* items) {
  return TableDue(context, now, question, *model, items).AddAll();
}

void SortByUrgency(std::vector<v1::DueItem>* items) {
  std::stable_sort(items->begin(), items->end(), [](const v1::DueItem& a, const v1::DueItem& b) {
    return std::forward_as_tuple(-a.days_late(), a.kind(), a.name()) < std::forward_as_tuple(-b.days_late(), b.kind(), b.name());
  });
}

}  // namespace attain::engine
