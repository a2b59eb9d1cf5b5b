#include "service/extract/web/html_table.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "service/extract/common/clean.h"
#include "service/extract/office/decimal.h"
#include "service/extract/office/shown.h"
#include "service/extract/web/html_text.h"
#include "service/extract/web/html_tree.h"

namespace attain::extract {
namespace {

constexpr int kMaxColumnSpan = 1000;  // HTML Living Standard, 4.9.11
constexpr int kMaxRowSpan = 65534;
constexpr uint64_t kMaxWork = 50'000'000;  // spans looked at in all rows
constexpr int kMaxHiddenColumns = 1000;

}  // namespace

void HtmlSlots::NextRow() {
  ++row_;
  work_ += above_.size() + below_.size();
  if (work_ > kMaxWork)
    throw Refused("DOCUMENT_TOO_COSTLY", "a table with too many spans over too many rows");
  above_.insert(above_.end(), below_.begin(), below_.end());
  below_.clear();
  above_.erase(
      std::remove_if(above_.begin(), above_.end(), [this](const Span& span) { return span.until <= row_; }),
      above_.end());
  std::sort(above_.begin(), above_.end(), [](const Span& a, const Span& b) { return a.begin < b.begin; });
  next_ = 0;
  column_ = 0;
}

int HtmlSlots::Take(int rows, int columns) {
  while (next_ < above_.size() && above_[next_].begin <= column_)
    column_ = std::max(column_, above_[next_++].end);
  const int place = column_;
  column_ += columns;
  if (rows > 1) below_.push_back({place, column_, row_ + rows});
  return place;
}

HtmlTable::HtmlTable(document::Document* document, Budget* budget, Remarks* remarks,
                     const std::string& nested_in, bool hidden)
    : grid_(document, budget, nested_in), remarks_(remarks), hidden_(hidden) {}

void HtmlTable::Read(xmlNode* table) {
  HideColumns(table);
  ReadRows(table, false);
  ReadRows(table, true);  // shown last, wherever they stand
  grid_.Finish(row_ + 1);
}

void HtmlTable::HideColumns(xmlNode* table) {
  int column = 0;
  for (xmlNode* group = table->children; group != nullptr; group = group->next) {
    const bool is_group = Name(group) == "colgroup";
    if (!is_group && Name(group) != "col") continue;
    for (xmlNode* col = is_group ? group->children : group; col != nullptr; col = col->next) {
      if (Name(col) == "col") {
        const int span = HtmlNumber(col, "span", 1, 1, kMaxColumnSpan);
        for (int i = 0; i < span && IsHtmlHidden(col) && column + i < kMaxHiddenColumns; ++i)
          hidden_columns_.push_back(column + i);
        column = std::min(column + span, kMaxHiddenColumns);
      }
      if (!is_group) break;
    }
  }
}

void HtmlTable::ReadRows(xmlNode* node, bool footers) {
  for (xmlNode* child = node->children; child != nullptr; child = child->next) {
    const absl::string_view name = Name(child);
    if (name == "tfoot") {
      if (footers) ReadRows(child, false);
      continue;
    }
    if (footers) continue;
    if (name == "tr") {
      ReadRow(child, IsHtmlHidden(child) || IsHtmlHidden(node));
      in_row_ = false;
    } else if (name == "td" || name == "th") {  // without a row of its own
      if (!in_row_) {
        ++row_;
        slots_.NextRow();
        in_row_ = true;
      }
      ReadCell(child, false);
    } else if (child->type == XML_TEXT_NODE) {
      AppendHtmlText(reinterpret_cast<const char*>(child->content), &stray_);
    } else if (!name.empty() && name != "caption" && name != "table" && !IsHtmlUnseen(name)) {
      ReadRows(child, false);
    } else if (name == "table") {
      nested_.push_back({child, ""});
    }
  }
}

void HtmlTable::ReadRow(xmlNode* row, bool hidden) {
  ++row_;
  slots_.NextRow();
  if (hidden && !Clean(HtmlTextOf(row)).empty())
    remarks_->Count("HIDDEN_ROWS", document::LEVEL_WARNING, RowColumn(row_, 0), HtmlTextOf(row));
  ReadCells(row, hidden);
}

void HtmlTable::ReadCells(xmlNode* row, bool hidden) {
  for (xmlNode* child = row->children; child != nullptr; child = child->next) {
    const absl::string_view name = Name(child);
    if (name == "td" || name == "th") {
      ReadCell(child, hidden);
    } else if (name == "tr") {  // a row inside a row that was not closed
      ReadRow(child, hidden || IsHtmlHidden(child));
    } else if (child->type == XML_TEXT_NODE) {
      AppendHtmlText(reinterpret_cast<const char*>(child->content), &stray_);
    } else if (!name.empty() && !IsHtmlUnseen(name)) {
      ReadCells(child, hidden);
    }
  }
}

void HtmlTable::ReadCell(xmlNode* node, bool hidden) {
  if (!hidden && IsHtmlHidden(node)) {  // takes no place in its row
    const std::string text = HtmlTextOf(node);
    if (!Clean(text).empty())
      remarks_->Count("HIDDEN_CELLS", document::LEVEL_WARNING, RowColumn(row_, 0), text);
    return;
  }
  int rows = HtmlNumber(node, "rowspan", 1, 0, kMaxRowSpan);
  if (rows == 0) rows = kMaxRowSpan;  // down to the last row
  const int columns = HtmlNumber(node, "colspan", 1, 1, kMaxColumnSpan);
  const int column = slots_.Take(rows, columns);
  HtmlCellText text(remarks_, RowColumn(row_, column));
  text.Read(node);
  document::Cell* cell = grid_.Add(row_, column, rows, columns, text.text());
  cell->set_struck(text.struck());
  if (text.partly_struck())
    remarks_->Tell("PARTLY_STRUCK", document::LEVEL_WARNING, cell->address(), text.text());
  const bool in_hidden_column = std::binary_search(hidden_columns_.begin(), hidden_columns_.end(), column);
  if (in_hidden_column && !cell->text().empty())
    remarks_->Count("HIDDEN_COLUMNS", document::LEVEL_WARNING, cell->address(), cell->text());
  cell->set_hidden(hidden || hidden_ || in_hidden_column);
  ReadStored(node, cell);
  for (xmlNode* table : text.tables()) nested_.push_back({table, cell->address()});
}

// Excel writes the stored number beside the text that it shows.
void HtmlTable::ReadStored(xmlNode* node, document::Cell* cell) {
  const std::optional<std::string> plain = PlainDecimal(HtmlAttribute(node, "x:num"));
  if (!plain.has_value()) return;
  const ShownNumber number = CompareShown(*plain, absl::StrContains(cell->text(), "%"), cell->text());
  if (!number.rounded && !number.shown.empty())
    return;  // a date, or formatted otherwise: what is shown stays
  cell->set_exact(*plain);
  cell->set_kind(number.kind);
  cell->set_text(number.text);
  cell->set_shown(number.shown);
  if (number.rounded)
    remarks_->Tell("VALUE_SHOWN_ROUNDED", document::LEVEL_NOTE, cell->address(),
                   number.text + " shown as " + number.shown);
}

}  // namespace attain::extract
