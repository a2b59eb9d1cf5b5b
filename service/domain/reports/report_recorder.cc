#include "service/domain/reports/report_recorder.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "attain/v1/table.pb.h"
#include "service/api/dates.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/api/text_limits.h"
#include "service/domain/reports/report_reader.h"
#include "service/model/mirror.h"

namespace attain::engine {
namespace {

constexpr size_t kMaxNote = 2000;

absl::Status ReadAmounts(const v1::Spending& spending, disk::SpendingState* state,
                         std::vector<importing::Finding>* notes) {
  const auto read = [&](absl::string_view field, const std::string& text, std::string* money,
                        std::string* typed) -> absl::Status {
    const size_t before = notes->size();
    ASSIGN_OR_RETURN(const scoring::Decimal amount, ReadMoney(field, text, notes));
    *money = amount.ToString();
    if (notes->size() > before) *typed = text;
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(
      read("spending.spent", spending.spent(), state->mutable_spent(), state->mutable_spent_text()));
  if (spending.adjusted_budget().empty()) return absl::OkStatus();
  return read("spending.adjusted_budget", spending.adjusted_budget(), state->mutable_adjusted_budget(),
              state->mutable_adjusted_budget_text());
}

}  // namespace

absl::Status RecordReport(const std::string& indicator, const v1::ActualReport& report,
                          const std::string& corrects, const std::string& change_reason, Transaction& txn,
                          ReportTarget* target, Judgement* judgement, v1::Actual* out) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseIndicatorName("indicator", indicator));
  RETURN_IF_ERROR(LocateReport(name, txn, target));
  ASSIGN_OR_RETURN(disk::ActualState actual, ReadReport(*target->working->model, target->row, report,
                                                        txn.time_us(), &judgement->findings));
  RETURN_IF_ERROR(JudgeActual(*target, actual, corrects, txn, judgement));
  actual.set_actor(txn.caller().actor);
  actual.set_record_time_us(txn.time_us());
  actual.set_revision(static_cast<int64_t>(txn.revision()));
  actual.set_corrects(corrects);
  actual.set_change_reason(change_reason);
  const std::string id = txn.NextActualId(indicator).ToString();
  if (out != nullptr) FillPublic(actual, indicator, id, target->working->model->rows[target->row].unit, out);
  disk::Event event;
  disk::ActualRecorded* recorded = event.mutable_actual_recorded();
  recorded->set_table(target->working->model->state.name());
  recorded->set_indicator(name.indicator);
  recorded->set_actual_id(id);
  *recorded->mutable_actual() = actual;
  RETURN_IF_ERROR(txn.Emit(std::move(event)));
  Remember(*target, actual, corrects);
  return absl::OkStatus();
}

absl::Status RecordMoney(const std::string& table, const v1::Spending& spending, Transaction& txn,
                         Judgement* judgement, WorkingTable** working, v1::Spending* out) {
  ASSIGN_OR_RETURN(const ResourceName name, ParseTableName("parent", table));
  ASSIGN_OR_RETURN(*working, txn.GetTable(name));
  if ((*working)->model->state.state() != v1::TABLE_STATE_APPROVED) return NotInForce(*(*working)->model);
  RETURN_IF_ERROR(CheckLength("spending.note", spending.note(), kMaxNote));
  disk::SpendingState state;
  RETURN_IF_ERROR(ReadAmounts(spending, &state, &judgement->findings));
  const std::string day = ReadSerialDay(spending.date(), &judgement->findings);
  ASSIGN_OR_RETURN(*state.mutable_date(),
                   ReadDate("spending.date", (*working)->model->state.fiscal_year(), day, txn.time_us()));
  RETURN_IF_ERROR(JudgeSpending(**working, state, spending.spent(), judgement));
  state.set_note(spending.note());
  state.set_actor(txn.caller().actor);
  state.set_record_time_us(txn.time_us());
  state.set_revision(static_cast<int64_t>(txn.revision()));
  CopyByName(state, out);
  out->set_name(absl::StrCat(table, "/spendings/", txn.revision()));
  *out->mutable_record_time() = ToTimestamp(txn.time_us());
  disk::Event event;
  event.mutable_spending_recorded()->set_table(table);
  *event.mutable_spending_recorded()->mutable_spending() = std::move(state);
  return txn.Emit(std::move(event));
}

}  // namespace attain::engine
