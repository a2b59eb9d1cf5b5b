#include "service/importing/columns/row_view.h"

#include "absl/strings/str_cat.h"
#include "service/importing/values/text.h"

namespace attain::importing {

RowView::RowView(const Header& header, Row* row, const LevelNames& levels, const scoring::Profile& profile)
    : header_(header), row_(row) {
  traits_.reserve(row->cells.size());
  for (const Cell& cell : row->cells) traits_.push_back(TraitsOf(cell, levels, profile));
  alignment_ =
      row->loose ? LooseBest(header, row->cells, traits_) : BestOf(header, row->cells, traits_, row->joins);
}

std::string RowView::operator[](Column column) const {
  const int at = header_.At(column);
  std::string text;
  for (size_t i = 0; at >= 0 && i < alignment_.column.size(); ++i) {
    if (row_->cells[i].kind == document::CELL_KIND_ERROR) continue;  // told, and no value
    if (alignment_.column[i] == at) absl::StrAppend(&text, text.empty() ? "" : " ", row_->cells[i].text);
  }
  return text;
}

Cell* RowView::At(Column column) const {
  const int at = header_.At(column);
  for (size_t i = 0; at >= 0 && i < alignment_.column.size(); ++i) {
    if (alignment_.column[i] == at) return &row_->cells[i];
  }
  return nullptr;
}

std::string RowView::Nature() const {
  std::string words;
  for (size_t i = 0; i < alignment_.column.size(); ++i) {
    const int at = alignment_.column[i];
    if (at >= 0 && header_.columns()[static_cast<size_t>(at)].kind == Column::kNature)
      absl::StrAppend(&words, row_->cells[i].text);
  }
  return words;
}

CellTraits RowView::Traits(Column column) const {
  const Cell* cell = At(column);
  return cell == nullptr ? CellTraits() : traits_[static_cast<size_t>(cell - row_->cells.data())];
}

bool RowView::IsPlain() const {
  const CellTraits level2 = Traits(Column::kLevel2), weight = Traits(Column::kWeight),
                   rule = Traits(Column::kRule);
  const bool counted = Traits(Column::kTarget).compared;
  const bool merged = header_.Has(Column::kWeight) && (header_.Has(Column::kRule) || counted);
  if (At(Column::kName) == nullptr || At(Column::kTarget) == nullptr) return false;
  if (level2.empty ? !(merged || counted) : !level2.level2) return false;
  return (!header_.Has(Column::kWeight) || weight.weight) && (!header_.Has(Column::kRule) || rule.rule);
}

bool RowView::IsLikely() const {
  if (!alignment_.fits) return false;
  const CellTraits target = Traits(Column::kTarget);
  return target.compared || Traits(Column::kLevel1).level1 || Traits(Column::kLevel2).level2 ||
         Traits(Column::kNature).comparator || (!target.empty && Traits(Column::kWeight).weight);
}

bool RowView::IsLevelsOnly() const {
  if (row_->cells.empty()) return false;
  for (size_t i = 0; i < traits_.size(); ++i) {
    const bool level = traits_[i].level1 || traits_[i].level2;
    const int at = alignment_.column[i];
    const Column kind = at < 0 ? Column::kUnknown : header_.columns()[static_cast<size_t>(at)].kind;
    if (!level || (kind != Column::kLevel1 && kind != Column::kLevel2 && kind != Column::kGroup))
      return false;
  }
  return true;
}

int RowView::Shift() const {
  const Cell* name = At(Column::kName);
  if (name == nullptr || !alignment_.moved) return 0;
  return header_.Over(name->column) < 0 ? 0 : header_.Over(name->column) - header_.At(Column::kName);
}

}  // namespace attain::importing
