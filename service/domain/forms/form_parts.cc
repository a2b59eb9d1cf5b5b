#include "service/domain/forms/form_parts.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "attain/v1/table.pb.h"
#include "service/api/errors.h"
#include "service/api/form_words.h"
#include "service/api/macros.h"
#include "service/domain/evaluations/signatures.h"
#include "service/state/require.h"

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
  ASSIGN_OR_RETURN(const Found<disk::UnitState> unit, RequireUnit(now_.reads(), model.unit));
  if (!unit.state.parent().empty()) {
    ASSIGN_OR_RETURN(const ResourceName parent, ParseUnitName("parent", unit.state.parent()));
    ASSIGN_OR_RETURN(const Found<disk::UnitState> department, RequireUnit(now_.reads(), parent.unit));
    Head({"主管部门", "Department"}, department.state.display_name());
  }
  Head({"预算单位", "Budget unit"}, unit.state.display_name());
  if (model.state.kind() == v1::TABLE_KIND_PROJECT) Head({"项目名称", "Project"}, model.state.display_name());
  Head({"预算年度", "Fiscal year"}, absl::StrCat(model.state.fiscal_year()));
  Head({"负责人", "Leader"}, model.state.leader());
  return absl::OkStatus();
}

absl::Status FormMaker::Signatures(const TableModel& model) {
  v1::Evaluation signed_by;
  RETURN_IF_ERROR(FillSignatures(now_, model, context_, &signed_by));
  for (const v1::Signature& signature : signed_by.signatures()) {
    const absl::Time time = absl::FromUnixSeconds(signature.record_time().seconds());
    Foot(WordsOf(signature.kind()), Pinned(signature.revision(), time, signature.actor(), signature.hash()));
  }
  return context_.store.ReadJournal(now_.revision(), [&](const storage::JournalRecord& record) {
    Foot({"打印自", "Printed from"},
         Pinned(static_cast<int64_t>(record.revision), record.time, "", absl::BytesToHexString(record.hash)));
    return false;
  });
}

std::string FormMaker::Pinned(int64_t revision, absl::Time time, const std::string& actor,
                              const std::string& hash) const {
  return absl::StrCat(Say({absl::StrCat("第 ", revision, " 次记录"), absl::StrCat("revision ", revision)}),
                      "  ",
                      absl::FormatTime("%Y-%m-%d %H:%M:%S", time, absl::FixedTimeZone(kChinaOffsetSeconds)),
                      actor.empty() ? "" : "  ", actor, "  SHA-256 ", hash);
}

void GridMaker::Write(std::string title, v1::FormGrid* grid) const {
  grid->set_title(std::move(title));
  std::vector<size_t> kept;
  for (size_t i = 0; i < columns_.size(); ++i) {
    bool any = columns_[i].kind != kIfAny;
    for (const auto& row : rows_) any = any || !row[i].text.empty();
    if (!any) continue;
    kept.push_back(i);
    grid->add_columns(columns_[i].text);
  }
  for (size_t row = 0; row < rows_.size(); ++row) {
    v1::FormRow* const out = grid->add_rows();
    for (const size_t i : kept) {
      const GridCell& from = rows_[row][i];
      v1::FormCell* const cell = out->add_cells();
      cell->set_text(from.text);
      if (!from.number.empty()) cell->set_number(from.number);
      cell->set_source(from.source);
      if (const int span = columns_[i].kind == kMerged ? SpanOf(row, i) : 0; span > 1)
        cell->set_span_rows(span);
    }
  }
}

// With the cell above, and so in the merged column before it.
bool GridMaker::SameAbove(size_t row, size_t column) const {
  if (row == 0 || rows_[row][column].text != rows_[row - 1][column].text) return false;
  return column == 0 || columns_[column - 1].kind != kMerged || SameAbove(row, column - 1);
}

int GridMaker::SpanOf(size_t row, size_t column) const {
  if (rows_[row][column].text.empty() || SameAbove(row, column)) return 0;
  int span = 1;
  while (row + static_cast<size_t>(span) < rows_.size() && SameAbove(row + static_cast<size_t>(span), column))
    ++span;
  return span;
}

std::string MoneyText(const std::string& amount) {
  const absl::StatusOr<Decimal> money = Decimal::ParseStored(amount);
  return money.ok() ? money->ToAtLeast(kMoneyDecimals) : "";
}

GridCell MoneyCell(const std::string& amount, std::string source) {
  GridCell cell = MoneyText(amount);
  if (!cell.text.empty()) cell.number = amount;
  cell.source = std::move(source);
  return cell;
}

GridCell PercentCell(const std::string& number, std::string source) {
  GridCell cell = PercentText(number);
  cell.number = number;
  cell.source = std::move(source);
  return cell;
}

GridCell NumberCell(const std::string& number, std::string source) {
  GridCell cell = number;
  cell.number = number;
  cell.source = std::move(source);
  return cell;
}

GridCell TextCell(const std::string& text, std::string source) {
  GridCell cell = text;
  cell.source = std::move(source);
  return cell;
}

std::string SourceOf(absl::string_view resource, absl::string_view field) {
  return absl::StrCat(resource, "#", field);
}

std::string PercentText(const std::string& number) {
  return number.empty() ? "" : absl::StrCat(number, "%");
}

std::string RuleText(const FormMaker& maker, const disk::IndicatorState& row) {
  if (!row.rule().text().empty()) return row.rule().text();
  return maker.Say(WordsOf(static_cast<v1::RuleKind>(row.rule().kind())));
}

std::string PriorText(const disk::IndicatorState& row) {
  if (row.prior_value().empty()) return row.prior_text();
  const std::string& unit = row.target().unit();
  return absl::StrCat(row.prior_value(), unit.empty() || unit == "%" ? "" : " ", unit);
}

}  // namespace attain::engine
