#include "service/importing/tables/page_breaks.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "service/importing/columns/labels.h"
#include "service/importing/tables/footing.h"

namespace attain::importing {
namespace {

Cell* CellAt(Row* row, int column) {
  for (Cell& cell : row->cells) {
    if (cell.column == column) return &cell;
  }
  return nullptr;
}

// The half below goes to the half above it.
void Join(Row* above, Row* below) {
  for (Cell& cell : below->cells) {
    Cell* const first = CellAt(above, cell.column);
    if (first == nullptr) {
      above->cells.push_back(cell);
    } else {
      first->text += cell.text;
      first->word += cell.word;
    }
    cell.fate = Fate::kFurniture;
    cell.furniture = "continued cell";
  }
  std::stable_sort(above->cells.begin(), above->cells.end(),
                   [](const Cell& a, const Cell& b) { return a.column < b.column; });
}

}  // namespace

void JoinHeaderHalves(Source* source, size_t at, size_t end, int year) {
  Row& above = source->rows[at];
  if (!above.page_ends || at + 1 >= end || source->rows[at + 1].grid != above.grid) return;
  Row& below = source->rows[at + 1];
  if (below.blank() || above.blank() || below.cells[0].fate != Fate::kOpen) return;
  int joined = 0;
  for (const Cell& cell : below.cells) {
    const Cell* const first = CellAt(&above, cell.column);
    if (first == nullptr) return;
    const bool known = ColumnOf(absl::StrCat(first->word, cell.word), year).kind != Column::kUnknown;
    if (!known) return;
    if (ColumnOf(cell.word, year).kind == Column::kUnknown) ++joined;
  }
  if (joined == 0) return;
  Join(&above, &below);
  // What was joined is no row any more; its cells keep their fate in the row above.
  source->rows[at + 1].loose = false;
}

bool JoinBrokenRow(Source* source, size_t at, const RowReader& rows, size_t end) {
  Row& above = source->rows[at];
  if (!above.page_ends || at + 1 >= end || source->rows[at + 1].grid != above.grid) return false;
  Row& below = source->rows[at + 1];
  if (below.blank() || below.single() == false ? below.cells.size() > 6 : false) return false;
  if (below.blank()) return false;
  const RowView view = rows.View(&below);
  const CellTraits target = view.Traits(Column::kTarget);
  if (view.At(Column::kLevel1) != nullptr && view.Traits(Column::kLevel1).level1) return false;
  if (view.Traits(Column::kWeight).weight || target.compared || target.measured || target.number)
    return false;
  for (const Cell& cell : below.cells) {
    const Cell* const first = CellAt(&above, cell.column);
    if (first == nullptr) return false;
    const CellTraits traits = view.Traits(Column::kLevel2);
    if (!traits.empty && traits.level2) return false;
  }
  Join(&above, &below);
  return true;
}

bool JoinWrappedRow(Source* source, size_t at, const RowReader& rows, const Header& header, size_t end) {
  Row& above = source->rows[at];
  if (!source->text || above.joins || above.loose || above.cells.empty() || at + 1 >= end) return false;
  Row& below = source->rows[at + 1];
  const int last = header.columns().back().last;
  const int cut = above.cells.back().column;
  if (below.cells.size() < 2 || below.joins || below.loose || below.grid != above.grid) return false;
  if (FootingOf(below.cells) != Footing::kNone) return false;  // 合计
  // Labels of a heading that came to stand below the header are no names.
  if (!LabelOf(above.cells[0].word).empty() || !LabelOf(below.cells[0].word).empty()) return false;
  if (below.cells[0].column != 0 || cut == 0 || cut + below.cells.back().column > last) return false;
  const RowView first = rows.View(&above), second = rows.View(&below);
  const CellTraits begin = second.TraitsAt(0);
  if (begin.level1 || begin.level2 || begin.compared || begin.number || begin.measured) return false;
  if (header.Over(cut) != header.At(Column::kName) || first.IsPlain() || first.At(Column::kTarget) != nullptr)
    return false;
  // What stands behind the break must be the columns behind the name.
  Row joined = above;
  joined.cells.back().text += below.cells[0].text;
  joined.cells.back().word += below.cells[0].word;
  for (size_t i = 1; i < below.cells.size(); ++i) {
    joined.cells.push_back(below.cells[i]);
    joined.cells.back().column += cut;
  }
  const RowView whole = rows.View(&joined);
  if (whole.alignment().moved || !whole.IsLikely() || whole.At(Column::kTarget) == nullptr) return false;
  above = std::move(joined);
  absl::StrAppend(&above.text, " ", below.text);
  ++above.joined;
  below.cells.clear();
  return true;
}

}  // namespace attain::importing
