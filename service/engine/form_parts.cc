#include "service/engine/form_parts.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "attain/v1/table.pb.h"
#include "service/engine/errors.h"
#include "service/engine/form_words.h"
#include "service/engine/keys.h"
#include "service/engine/macros.h"

namespace attain::engine {
namespace {

using scoring::Decimal;

constexpr int kMoneyDecimals = 2, kChinaOffsetSeconds = 8 * 3600;

}  // namespace

void FormMaker::Line(const scoring::Text& label, const std::string& value, v1::FormField* field) {
  field->set_label(Say(label));
  field->set_value(value);
}

absl::Status FormMaker::HeadOfTable(const TableModel& model) {
  ASSIGN_OR_RETURN(const Found<disk::UnitState> unit, now_.GetUnit(model.unit));
  if (!unit.state.parent().empty()) {
    ASSIGN_OR_RETURN(const ResourceName parent, ParseUnitName("parent", unit.state.parent()));
    ASSIGN_OR_RETURN(const Found<disk::UnitState> department, now_.GetUnit(parent.unit));
    Head({"主管部门", "Department"}, department.state.display_name());
  }
  Head({"预算单位", "Budget unit"}, unit.state.display_name());
  if (model.state.kind() == v1::TABLE_KIND_PROJECT) Head({"项目名称", "Project"}, model.state.display_name());
  Head({"预算年度", "Fiscal year"}, absl::StrCat(model.state.fiscal_year()));
  Head({"负责人", "Leader"}, model.state.leader());
  return absl::OkStatus();
}

absl::Status FormMaker::Sign(const scoring::Text& label, int64_t revision, bool with_actor) {
  std::string line;
  RETURN_IF_ERROR(context_.store.ReadJournal(static_cast<uint64_t>(revision), [&](const storage::JournalRecord& record) {
    line = absl::StrCat(Say({"修订 ", "revision "}), record.revision, "  ",
                        absl::FormatTime("%Y-%m-%d %H:%M:%S", record.time, absl::FixedTimeZone(kChinaOffsetSeconds)));
    disk::EntryPayload payload;
    if (with_actor && payload.ParseFromString(record.payload) && !payload.actor().empty()) {
      absl::StrAppend(&line, "  ", payload.actor());
    }
    absl::StrAppend(&line, "  SHA-256 ", absl::BytesToHexString(record.hash));
    return false;
  }));
  Foot(label, line);
  return absl::OkStatus();
}

absl::Status FormMaker::Signatures(const TableModel& model, const disk::EvaluationState& evaluation) {
  const std::pair<v1::SignatureKind, int64_t> acts[] = {
      {v1::SIGNATURE_KIND_TABLE_APPROVED, model.state.approve_revision()},
      {v1::SIGNATURE_KIND_AMENDMENT_APPROVED, model.state.amend_revision()},
      {v1::SIGNATURE_KIND_EVALUATION_SUBMITTED, evaluation.submit_revision()},
      {v1::SIGNATURE_KIND_EVALUATION_CONFIRMED, evaluation.confirm_revision()}};
  for (const auto& [kind, revision] : acts) {
    if (revision > 0) RETURN_IF_ERROR(Sign(WordsOf(kind), revision, /*with_actor=*/true));
  }
  return Sign({"打印自", "Printed from"}, static_cast<int64_t>(now_.revision()), /*with_actor=*/false);
}

void GridMaker::Write(std::string title, v1::FormGrid* grid) const {
  grid->set_title(std::move(title));
  std::vector<size_t> kept;
  for (size_t i = 0; i < columns_.size(); ++i) {
    bool any = columns_[i].need == kAlways;
    for (const auto& row : rows_) any = any || !row[i].empty();
    if (!any) continue;
    kept.push_back(i);
    grid->add_columns(columns_[i].text);
  }
  for (const auto& row : rows_) {
    v1::FormRow* out = grid->add_rows();
    for (const size_t i : kept) out->add_cells(row[i]);
  }
}

std::string MoneyText(const std::string& amount) {
  const absl::StatusOr<Decimal> money = Decimal::ParseStored(amount);
  return money.ok() ? money->ToAtLeast(kMoneyDecimals) : "";
}

std::string PercentText(const std::string& number) { return number.empty() ? "" : absl::StrCat(number, "%"); }

std::string RuleText(const FormMaker& maker, const disk::IndicatorState& row) {
  if (!row.rule().text().empty()) return row.rule().text();
  return maker.Say(WordsOf(static_cast<v1::RuleKind>(row.rule().kind())));
}

std::string PriorText(const disk::IndicatorState& row) {
  if (row.prior_value().empty()) return row.prior_text();
  const std::string& unit = row.target().unit();
  return absl::StrCat(row.prior_value(), unit.empty() || unit == "%" ? "" : " ", unit);
}

absl::StatusOr<disk::EvaluationState> ReadEvaluation(const Snapshot& now, const TableModel& model) {
  disk::EvaluationState state;
  ASSIGN_OR_RETURN(const std::optional<storage::Versioned> value,
                   now.reader().Get(EvaluationKey(model.unit, model.table)));
  if (value.has_value() && !state.ParseFromString(value->value)) {
    return absl::DataLossError("an evaluation does not parse");
  }
  return state;
}

}  // namespace attain::engine
