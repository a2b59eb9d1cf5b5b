#include "service/extract/pdf/pages.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "service/extract/pdf/columns.h"

namespace attain::extract {
namespace {

constexpr double kMargin = 62;  // points: where running headers and footers stand
constexpr double kPlace = 4;    // how far the same line may move between two pages
constexpr double kTitle = 1.3;  // times the page's letters: a title, not a running header
constexpr int kToldOneByOne = 100;

std::string WithoutDigits(absl::string_view text) {
  std::string out;
  bool digits = false;
  for (const char c : text) {
    const bool digit = absl::ascii_isdigit(c);
    if (!digit && c != ' ') out += c;
    if (digit && !digits) out += '#';
    digits = digit;
  }
  return out;
}

// "1", "- 1 -", "第1页", "第 1 页 共 3 页", "1/3", "Page 1 of 3".
bool PageNumber(absl::string_view text) {
  static constexpr absl::string_view kWords[] = {"第", "页", "頁", "共", "Page", "page", "of",
                                                 "-",  "–",  "—",  "·",  "/",    "|",    ",",
                                                 "，", " ",  "(",  ")",  "（",   "）"};
  bool digits = false;
  while (!text.empty()) {
    size_t length = absl::ascii_isdigit(text.front()) ? 1 : 0;
    digits |= length == 1;
    for (const absl::string_view word : kWords)
      if (length == 0 && text.substr(0, word.size()) == word) length = word.size();
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return digits;
}

// "续表", "（续）": says itself that the table goes on.
bool SaysGoesOn(const std::string& text) {
  static const std::set<std::string> kWords = {
      "续表",     "(续表)", "（续表）",   "（续）",   "(续)", "续上表",      "（续上表）",
      "(续上表)", "接上页", "（接上页）", "(接上页)", "续",   "(continued)", "continued"};
  return kWords.contains(text);
}

double LetterHeight(const PageContent& content) {
  std::vector<double> heights;
  for (const TextLine& line : content.lines) heights.push_back(line.box.height());
  if (heights.empty()) return 0;
  std::nth_element(heights.begin(), heights.begin() + heights.size() / 2, heights.end());
  return heights[heights.size() / 2];
}

std::string Address(const PdfCell& cell) {
  return absl::StrCat("R", cell.row + 1, "C", cell.column + 1);
}

}  // namespace

void PdfPages::Add(int number, double height, PageContent content) {
  for (PdfGrid& grid : content.grids) {
    cells_ += grid.cells.size();
    grid.cell_at = {};
    grid.cells.shrink_to_fit();  // it stays until the last page is read
  }
  if (cells_ > limits_.cells)
    throw Refused("DOCUMENT_TOO_COSTLY",
                  absl::StrCat("the PDF holds more than ", limits_.cells, " cells: split it"));
  std::vector<bool> running(content.lines.size());
  pages_.push_back({number, height, std::move(content), std::move(running)});
}

void PdfPages::FindRunning() {
  struct Seen {
    size_t page, line;
    double y;
  };
  std::map<std::string, std::vector<Seen>> seen;
  for (size_t p = 0; p < pages_.size(); ++p) {
    Page& page = pages_[p];
    const double letters = LetterHeight(page.content);
    for (size_t i = 0; i < page.content.lines.size(); ++i) {
      const TextLine& line = page.content.lines[i];
      const bool top = line.box.mid_y()<kMargin, bottom = line.box.mid_y()> page.height - kMargin;
      if (!top && !bottom) continue;
      const std::string text = line.Text();
      if (PageNumber(text)) page.running[i] = true;
      if (top && line.box.height() > kTitle * letters) continue;
      seen[absl::StrCat(bottom ? "b" : "t", WithoutDigits(text))].push_back(
          {p, i, bottom ? page.height - line.box.mid_y() : line.box.mid_y()});
    }
  }
  for (auto& [text, places] : seen) {
    std::sort(places.begin(), places.end(), [](const Seen& a, const Seen& b) { return a.y < b.y; });
    for (size_t i = 1; i < places.size(); ++i) {
      const Seen &a = places[i - 1], &b = places[i];
      if (a.page != b.page && b.y - a.y < kPlace)
        pages_[a.page].running[a.line] = pages_[b.page].running[b.line] = true;
    }
  }
}

void PdfPages::AddLine(const Page& page, const TextLine& line, bool tabs) {
  std::string text = line.Text(tabs);
  if (!SaysGoesOn(text)) open_ = -1;
  items_.push_back({-1, std::move(text), page.number});
}

void PdfPages::Append(PdfTable* part, int repeated) {
  PdfTable& table = tables_[open_];
  if (repeated > 0) {
    std::string words;
    for (const PdfTable::Placed& placed : part->cells)
      if (placed.cell.row < repeated && !placed.cell.text.text.empty())
        words += absl::StrCat(words.empty() ? "" : " | ", placed.cell.text.text);
    Tell("REPEATED_HEADER", document::LEVEL_NOTE, part->first_page, "", repeated, words);
  }
  for (PdfTable::Placed& placed : part->cells) {
    if (placed.cell.row < repeated) continue;
    placed.cell.row += table.rows - repeated;
    table.cells.push_back(std::move(placed));
  }
  table.breaks.push_back(table.rows - 1);
  table.rows += part->rows - repeated;
  table.last_page = part->last_page;
}

bool PdfPages::Joined(PdfTable* part) {
  if (open_ < 0 || tables_[open_].last_page == part->first_page) return false;
  if (!AlignColumns(&tables_[open_], part)) return false;
  const int repeated = RepeatedRows(tables_[open_], *part);
  if (repeated < 0) return false;
  Append(part, repeated);
  return true;
}

PdfTable PdfPages::TableOf(const PdfGrid& grid, int page) {
  PdfTable table;
  table.first_page = table.last_page = page;
  table.xs = grid.xs;
  table.rows = table.first_part = grid.rows();
  for (const PdfCell& cell : grid.cells) table.cells.push_back({cell, page, ids_++});
  return table;
}

void PdfPages::AddGrids(const Page& page, size_t* next) {
  const std::vector<PdfGrid>& grids = page.content.grids;
  struct Put {
    int table, first_id;
  };
  std::map<int, Put> put;
  for (const size_t first = *next; *next < grids.size() && (*next == first || grids[*next].outer >= 0);
       ++*next) {
    const PdfGrid& grid = grids[*next];
    const int first_id = ids_;
    PdfTable table = TableOf(grid, page.number);
    if (*next == first && Joined(&table)) {
      put[static_cast<int>(first)] = {open_, first_id};
      continue;
    }
    const int index = static_cast<int>(tables_.size());
    if (grid.outer >= 0) {
      table.outer = put[grid.outer].table;
      table.outer_id = put[grid.outer].first_id + grid.outer_cell;
    } else {
      open_ = index;
    }
    put[static_cast<int>(*next)] = {index, first_id};
    tables_.push_back(std::move(table));
    items_.push_back({index, "", page.number});
  }
}

void PdfPages::AddPage(const Page& page) {
  const std::vector<TextLine>& lines = page.content.lines;
  std::vector<TextLine> kept;
  for (size_t i = 0; i < lines.size(); ++i)
    if (!page.running[i]) kept.push_back(lines[i]);
  size_t grid = 0, line = 0;
  while (grid < page.content.grids.size() || line < kept.size()) {
    const double top = grid < page.content.grids.size() ? page.content.grids[grid].box.y0 : 1e18;
    size_t end = line;
    while (end < kept.size() && kept[end].box.mid_y() < top) ++end;
    const std::vector<TextLine> between(kept.begin() + line, kept.begin() + end);
    const std::vector<bool> table = TableLines(between);
    const auto first = std::find(table.begin(), table.end(), true);
    if (first != table.end())
      Tell("TABLE_WITHOUT_LINES", document::LEVEL_WARNING, page.number, "",
           static_cast<int>(std::count(table.begin(), table.end(), true)),
           between[first - table.begin()].Text());
    for (size_t i = 0; i < between.size(); ++i) AddLine(page, between[i], table[i]);
    line = end;
    if (grid < page.content.grids.size()) AddGrids(page, &grid);
  }
}

std::string PdfPages::NestedIn(const PdfTable& table) const {
  if (table.outer < 0) return "";
  for (const PdfTable::Placed& placed : tables_[table.outer].cells)
    if (placed.id == table.outer_id) return Address(placed.cell);
  return "R1C1";  // in a header row that was left out as a repeated one
}

void PdfPages::WriteTable(PdfTable* table, const std::string& nested_in, BlockBytes* blocks) {
  const auto before = [](const PdfTable::Placed& a, const PdfTable::Placed& b) {
    return std::tie(a.cell.row, a.cell.column) < std::tie(b.cell.row, b.cell.column);
  };
  // Mostly in order already; sorting would take as much memory again.
  if (!std::is_sorted(table->cells.begin(), table->cells.end(), before))
    std::stable_sort(table->cells.begin(), table->cells.end(), before);
  document::Cell cell;
  for (; !table->cells.empty(); table->cells.pop_front()) {
    const PdfTable::Placed& placed = table->cells.front();
    cell.set_row(placed.cell.row);
    cell.set_column(placed.cell.column);
    cell.set_row_span(placed.cell.row_span);
    cell.set_column_span(placed.cell.column_span);
    cell.set_kind(document::CELL_KIND_TEXT);
    cell.set_address(Address(placed.cell));
    cell.set_page(placed.page);
    TellCell(placed, cell.address());
    cell.set_text(placed.cell.text.text);
    blocks->AddCell(cell);
  }
  document::Grid grid;
  grid.set_first_page(table->first_page);
  grid.set_last_page(table->last_page);
  grid.set_rows(table->rows);
  grid.set_columns(static_cast<int>(table->xs.size()) - 1);
  for (const int row : table->breaks) grid.add_page_breaks(row);
  grid.set_nested_in(nested_in);
  blocks->AddGrid(grid);
}

void PdfPages::TellCell(const PdfTable::Placed& placed, const std::string& address) {
  const CellText& text = placed.cell.text;
  if (placed.cell.irregular && !text.text.empty())
    Tell("TABLE_IRREGULAR", document::LEVEL_WARNING, placed.page, address, 0, text.text);
  if (placed.cell.over_line)
    Tell("TEXT_OVER_LINE", document::LEVEL_WARNING, placed.page, address, 0, text.text);
  if (absl::StrContains(text.text, kUnreadable))
    Tell("GLYPHS_UNREADABLE", document::LEVEL_WARNING, placed.page, address, 0, text.text);
  if (text.broken_number)
    Tell("NUMBER_OVER_LINES", document::LEVEL_WARNING, placed.page, address, 0, text.text);
}

void PdfPages::Tell(const char* code, document::Level level, int page, const std::string& address, int count,
                    const std::string& detail) {
  int& told = told_[code];
  if (++told > kToldOneByOne) return;
  document::Remark& remark = AddRemark(document_, code, level, detail);
  remark.set_page(page);
  remark.set_address(address);
  remark.set_count(count);
}

void PdfPages::Write(document::Document* document, BlockBytes* blocks) {
  document_ = document;
  FindRunning();
  std::map<std::string, std::pair<int, int>> running;  // first page and how often, by text
  for (Page& page : pages_) {
    for (size_t i = 0; i < page.running.size(); ++i) {
      if (!page.running[i]) continue;
      auto& [first, count] = running[page.content.lines[i].Text()];
      if (count++ == 0) first = page.number;
    }
    AddPage(page);
    page.content = {};  // a long document is not held twice
  }
  std::map<std::string, std::tuple<int, int, std::string>> by_shape;  // one remark for "Page 1", "Page 2", …
  for (const auto& [text, place] : running) {
    auto& [first, count, shown] = by_shape[WithoutDigits(text)];
    if (count == 0 || place.first < first) first = place.first, shown = text;
    count += place.second;
  }
  for (const auto& [shape, told] : by_shape)
    Tell("RUNNING_HEADER", document::LEVEL_NOTE, std::get<0>(told), "", std::get<1>(told), std::get<2>(told));
  pages_.clear();
  std::vector<std::string> nested_in;  // found while all tables still have their cells
  for (const PdfTable& table : tables_) nested_in.push_back(NestedIn(table));
  for (const Item& item : items_) {
    if (item.table >= 0) {
      WriteTable(&tables_[item.table], nested_in[item.table], blocks);
    } else {
      document::Line line;
      line.set_text(item.text);
      line.set_page(item.page);
      blocks->AddLine(line);
    }
  }
  for (const auto& [code, times] : told_)
    if (times > kToldOneByOne)
      AddRemark(document, code, document::LEVEL_WARNING, "more of the same, not told one by one")
          .set_count(times - kToldOneByOne);
}

}  // namespace attain::extract
