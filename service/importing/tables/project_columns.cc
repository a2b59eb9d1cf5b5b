#include "service/importing/tables/project_columns.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "service/importing/cells/make_finding.h"
#include "service/importing/columns/labels.h"
#include "service/importing/tables/heading.h"
#include "service/importing/values/money.h"
#include "service/importing/values/text.h"

namespace attain::importing {

int ProjectColumns::TableOf(const RowView& view) {
  Cell* const name = view.At(Column::kProject);
  Cell* const code = view.At(Column::kProjectCode);
  if (name == nullptr && code == nullptr) {
    if (current_ >= 0) Fill(view, &tables_[static_cast<size_t>(current_)]);
    return current_;
  }
  const std::string key =
      absl::StrCat(code == nullptr ? "" : code->word, "\t", name == nullptr ? "" : name->word);
  const auto [at, fresh] = index_.emplace(key, static_cast<int>(tables_.size()));
  current_ = at->second;
  if (fresh) {
    ParsedTable& table = tables_.emplace_back(heading_);
    table.name = name != nullptr ? name->text : code->text;
    table.place = PlaceOf(source_, view.row());
    table.first_line = view.row().line;
    table.first_row = view.row().number;
    table.kind = ParsedTable::Kind::kProject;
  }
  if (name != nullptr) MarkRead(name);
  if (code != nullptr) MarkRead(code);
  Fill(view, &tables_[static_cast<size_t>(current_)]);
  return current_;
}

// A cell that says the same again is read; one that says something else stays open and is told.
void ProjectColumns::Fill(const RowView& view, ParsedTable* table) {
  const std::pair<Column, std::string*> texts[] = {{Column::kUnitName, &table->unit_name},
                                                   {Column::kGoal, &table->goal},
                                                   {Column::kLeader, &table->leader}};
  for (const auto& [column, field] : texts) {
    Cell* const cell = view.At(column);
    if (cell == nullptr) continue;
    const bool of_heading = column == Column::kUnitName && *field == heading_.unit_name;
    if (field->empty() || of_heading) *field = cell->text;
    if (*field == cell->text) MarkRead(cell);
  }
  if (Cell* const cell = view.At(Column::kYear); cell != nullptr) {
    int year = 0;
    if (absl::SimpleAtoi(cell->word.substr(0, 4), &year)) table->fiscal_year = year;
    if (year != 0) MarkRead(cell);
  }
  FillMoney(view, table);
}

void ProjectColumns::FillMoney(const RowView& view, ParsedTable* table) {
  // Of several columns of money the one that is no part of the whole.
  Cell* cell = view.At(Column::kMoney);
  std::string word = view.header().Word(Column::kMoney);
  const std::vector<HeaderColumn>& columns = view.header().columns();
  for (size_t i = 0; i < view.row().cells.size() && absl::StartsWith(LabelOf(word), "fiscal"); ++i) {
    const int at = view.alignment().column[i];
    if (at < 0 || columns[static_cast<size_t>(at)].kind != Column::kMoney) continue;
    if (LabelOf(columns[static_cast<size_t>(at)].word) != "total") continue;
    cell = &view.row().cells[i];
    word = columns[static_cast<size_t>(at)].word;
  }
  if (cell == nullptr) return;
  const std::string own = MoneyUnitIn(word).word;
  const Money amount = ParseMoney(cell->text, own.empty() ? unit_ : own);
  if (amount.blank) return MarkFurniture(cell, "blank sign");
  if (amount.value.has_value()) {
    if (!table->total.has_value()) {
      table->total = amount.value;
      if (own.empty() && unit_.empty() && amount.unit.empty() && IsLargeForNoUnit(*amount.value)) {
        Finding assumed = UnitAssumed(cell->text, *amount.value);
        const Finding at =
            MakeFinding(assumed.severity, assumed.code, *table, static_cast<int>(table - tables_.data()) + 1,
                        0, PlaceOf(source_, view.row()), word);
        assumed.place = at.place;
        assumed.place.address = cell->address;
        assumed.table_name = at.table_name;
        findings_.push_back(std::move(assumed));
      }
    }
    if (*table->total == *amount.value) MarkRead(cell);
    return;
  }
  Finding finding =
      MakeFinding(Severity::kError, "MONEY_NOT_READ", *table, static_cast<int>(table - tables_.data()) + 1, 0,
                  PlaceOf(source_, view.row()), word);
  finding.place.address = cell->address;
  finding.raw = cell->text;
  finding.message = {"这一格读不出金额，按空白处理。",
                     "No amount could be read from this cell; it is taken as blank."};
  finding.repair = {"请写成数和单位，例如 35.33 万元。", "Write a number and its unit, like 35.33 万元."};
  findings_.push_back(std::move(finding));
  MarkTold(cell);
}

}  // namespace attain::importing
