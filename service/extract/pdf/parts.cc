#include "service/extract/pdf/parts.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>

#include "absl/strings/ascii.h"

namespace attain::extract {
namespace {

constexpr double kColumn = 3;  // how far a column line may move between two pages

using RowKey = std::vector<std::tuple<int, int, int, std::string>>;

// One key a row: where its cells begin, their spans and texts.
std::vector<RowKey> RowKeys(const PdfTable& table, int rows) {
  std::vector<RowKey> keys(rows);
  for (const PdfTable::Placed& placed : table.cells)
    if (placed.cell.row < rows)
      keys[placed.cell.row].emplace_back(placed.cell.column, placed.cell.column_span, placed.cell.row_span,
                                         placed.cell.text.text);
  for (RowKey& key : keys) std::sort(key.begin(), key.end());
  return keys;
}

int Texts(const RowKey& key) {
  return static_cast<int>(
      std::count_if(key.begin(), key.end(), [](const auto& cell) { return !std::get<3>(cell).empty(); }));
}

// Figures other than years: a row of words is a header, a row of figures is none.
bool HasFigures(const RowKey& key) {
  for (const auto& cell : key) {
    const std::string& text = std::get<3>(cell);
    for (size_t i = 0; i < text.size();) {
      size_t end = i;
      while (end < text.size() && absl::ascii_isdigit(text[end])) ++end;
      if (end > i && (end - i != 4 || text.compare(i, 2, "20") != 0)) return true;
      i = std::max(end, i + 1);
    }
  }
  return false;
}

// How many rows two tables have in common, one from `from` on, the other from its top, up to a row where no
// cell goes on.
int CommonRows(const std::vector<RowKey>& table, size_t from, const std::vector<RowKey>& part) {
  size_t count = 0;
  while (count < part.size() && from + count < table.size() && part[count] == table[from + count] &&
         !part[count].empty())
    ++count;
  for (size_t row = 0; row < count;) {
    size_t end = row + 1;
    for (const auto& cell : part[row]) end = std::max(end, row + std::get<2>(cell));
    if (end > count) count = row;
    row = end;
  }
  return static_cast<int>(count);
}

// Index in `xs` of each line of `part`; empty when one of them is not there.
std::vector<int> MapLines(const std::vector<double>& part, const std::vector<double>& xs) {
  std::vector<int> map;
  for (const double x : part) {
    size_t best = 0;
    for (size_t i = 1; i < xs.size(); ++i)
      if (std::fabs(xs[i] - x) < std::fabs(xs[best] - x)) best = i;
    if (std::fabs(xs[best] - x) >= kColumn || (!map.empty() && map.back() >= static_cast<int>(best)))
      return {};
    map.push_back(static_cast<int>(best));
  }
  return map;
}

bool SameSides(const std::vector<double>& a, const std::vector<double>& b) {
  return std::fabs(a.front() - b.front()) < kColumn && std::fabs(a.back() - b.back()) < kColumn;
}

void MoveColumns(const std::vector<int>& map, PdfTable* table) {
  for (PdfTable::Placed& placed : table->cells) {
    PdfCell& cell = placed.cell;
    const int end = map[cell.column + cell.column_span];
    cell.column = map[cell.column];
    cell.column_span = end - cell.column;
  }
}

}  // namespace

bool AlignColumns(PdfTable* table, PdfTable* part) {
  if (!SameSides(part->xs, table->xs)) return false;
  if (const std::vector<int> map = MapLines(part->xs, table->xs); !map.empty()) {
    MoveColumns(map, part);
    part->xs = table->xs;
    return true;
  }
  // The first part may have the fewer ones as well.
  const std::vector<int> map = MapLines(table->xs, part->xs);
  if (map.empty()) return false;
  MoveColumns(map, table);
  table->xs = part->xs;
  return true;
}

int RepeatedRows(const PdfTable& table, const PdfTable& part) {
  const std::vector<RowKey> before = RowKeys(table, table.first_part), keys = RowKeys(part, part.rows);
  int count = CommonRows(before, 0, keys);
  if (count > 0) {
    // Up to the last of the first rows of words: rows below the header may be the same on two pages by
    // chance.
    int header = 0;
    while (header < count && (Texts(keys[header]) < 3 || HasFigures(keys[header]))) ++header;
    while (header < count && Texts(keys[header]) >= 3 && !HasFigures(keys[header])) ++header;
    const bool words = header > 0 && Texts(keys[header - 1]) >= 3 && !HasFigures(keys[header - 1]);
    if (words) return header;
    // The same title and nothing else: a form that begins anew. Figures in a first row of several texts:
    // years, or numbers of columns.
    return Texts(keys[0]) >= 2 ? 1 : Texts(keys[0]) == 1 ? -1 : 0;
  }
  // A header further down, below a title: words only.
  for (size_t from = 1; !keys.empty() && Texts(keys[0]) >= 3 && from < before.size(); ++from) {
    count = CommonRows(before, from, keys);
    for (int row = 0; row < count; ++row)
      if (HasFigures(keys[row])) count = row;
    if (count > 0) return count;
  }
  return 0;
}

}  // namespace attain::extract
