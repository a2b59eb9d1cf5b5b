#include "service/importing/uses/figure_list.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "service/importing/cells/source.h"
#include "service/importing/tables/footing.h"
#include "service/importing/tables/ledger.h"
#include "service/importing/tables/source_of.h"
#include "service/importing/values/money.h"
#include "service/importing/values/text.h"

namespace attain::importing {
namespace {

constexpr int kHeaderRows = 8;  // of a grid that are looked at for a header

struct ListColumn {
  std::string key;  // of list_columns.txt; empty = not known
  std::string word;
  std::string money;  // unit of money that the header names
  int first = 0, last = 0;
  int unknown = 0;  // cells under it that nobody takes
  std::string sample, address;
};

std::string* FieldOf(const std::string& key, ListedFigure* figure) {
  static constexpr std::pair<absl::string_view, std::string ListedFigure::*> kFields[] = {
      {"unit", &ListedFigure::unit},           {"table", &ListedFigure::table},
      {"year", &ListedFigure::year},           {"indicator", &ListedFigure::indicator},
      {"level1", &ListedFigure::level1},       {"level2", &ListedFigure::level2},
      {"value", &ListedFigure::value},         {"date", &ListedFigure::date},
      {"note", &ListedFigure::note},           {"reason", &ListedFigure::reason},
      {"score", &ListedFigure::score},         {"deduction", &ListedFigure::deduction},
      {"numerator", &ListedFigure::numerator}, {"denominator", &ListedFigure::denominator},
      {"evidence", &ListedFigure::evidence},   {"spent", &ListedFigure::spent},
      {"adjusted", &ListedFigure::adjusted}};
  for (const auto& [name, field] : kFields) {
    if (key == name) return &(figure->*field);
  }
  return nullptr;
}

class ListReader {
 public:
  ListReader(const document::Document& from, ListKind kind) : source_(SourceOf(from)), kind_(kind) {}

  ParsedList Read(const ImportOptions& options) {
    for (size_t at = 0; at < source_.rows.size();) at = ReadGrid(at);
    if (list_.found) {
      ParsedDocument account;
      account.findings = std::move(list_.findings);
      CloseLedger(*options.profile, &source_, &account);
      list_.findings = std::move(account.findings);
      list_.ledger = std::move(account.ledger);
    }
    return std::move(list_);
  }

 private:
  // Reads the grid whose first row is at `at`; the row behind it.
  size_t ReadGrid(size_t at) {
    const int grid = source_.rows[at].grid;
    size_t end = at + 1;
    while (end < source_.rows.size() && source_.rows[end].grid == grid) ++end;
    if (grid < 0) return end;
    int looked = 0;
    for (size_t row = at; row < end && looked < kHeaderRows; ++row) {
      if (source_.rows[row].blank()) continue;
      ++looked;
      if (!TakeHeader(source_.rows[row])) continue;
      list_.found = true;
      TakeUnitNote(at, row);
      for (size_t i = at; i < row; ++i) MarkFurniture(&source_.rows[i], "title");
      MarkFurniture(&source_.rows[row], "header");
      header_ = &source_.rows[row];
      for (size_t i = row + 1; i < end; ++i) ReadLine(&source_.rows[i]);
      TellUnknown();
      break;
    }
    return end;
  }

  // "单位：元" above the header counts for amounts whose column names no unit.
  void TakeUnitNote(size_t from, size_t header) {
    std::string noted = MoneyUnitIn(source_.grids[static_cast<size_t>(source_.rows[from].grid)].title).word;
    for (size_t i = from; i < header; ++i) {
      for (const Cell& cell : source_.rows[i].cells) {
        if (std::string unit = MoneyUnitIn(cell.word).word; !unit.empty()) noted = std::move(unit);
      }
    }
    for (ListColumn& column : columns_) {
      if ((column.key == "spent" || column.key == "adjusted") && column.money.empty()) column.money = noted;
    }
  }

  bool TakeHeader(const Row& row) {
    columns_.clear();
    if (!IsListHeader(row.cells, kind_)) return false;
    for (const Cell& cell : row.cells) {
      ListColumn& column = columns_.emplace_back();
      column.key = ListColumnOf(cell.word);
      column.word = cell.text;
      column.first = cell.column;
      column.last = cell.last_column();
      if (column.key == "spent" || column.key == "adjusted") column.money = MoneyUnitIn(cell.word).word;
    }
    return true;
  }

  bool IsRepeatedHeader(const Row& row) const {
    return row.cells.size() == header_->cells.size() &&
           std::equal(row.cells.begin(), row.cells.end(), header_->cells.begin(),
                      [](const Cell& a, const Cell& b) { return a.word == b.word; });
  }

  ListColumn* Over(const Cell& cell) {
    for (ListColumn& column : columns_) {
      if (column.first <= cell.column && cell.column <= column.last) return &column;
    }
    return nullptr;
  }

  void ReadLine(Row* row) {
    if (row->blank()) return;
    if (IsRepeatedHeader(*row)) return MarkFurniture(row, "repeated header");
    if (const Footing footing = FootingOf(row->cells); footing != Footing::kNone)
      return MarkFurniture(row, FurnitureOf(footing));
    ListedFigure figure;
    std::string measure;
    for (Cell& cell : row->cells) {
      ListColumn* const column = Over(cell);
      if (column == nullptr) continue;  // under no header: the ledger tells it
      std::string* field = column->key == "measure" ? &measure : FieldOf(column->key, &figure);
      if (column->key == "number") {
        MarkFurniture(&cell, "row number");
      } else if (field == nullptr || !field->empty()) {
        AddUnknown(column, &cell);
      } else {
        *field = absl::StrCat(cell.text, MoneyUnitIn(cell.word).word.empty() ? column->money : "");
        MarkRead(&cell);
      }
    }
    AddMeasure(measure, &figure);
    figure.place = PlaceOf(source_, *row);
    figure.place.row = ++number_;
    figure.raw = Shorten(
        absl::StrJoin(row->cells, " | ", [](std::string* out, const Cell& cell) { *out += cell.text; }));
    if (IsComplete(figure)) {
      list_.lines.push_back(std::move(figure));
    } else {
      TellIncomplete(figure);
    }
  }

  static void AddUnknown(ListColumn* column, Cell* cell) {
    if (column->unknown++ == 0) {
      column->sample = cell->text;
      column->address = cell->address;
    }
    MarkTold(cell);
  }

  // "29" under 实际完成值 and "个" under 计量单位.
  static void AddMeasure(const std::string& measure, ListedFigure* figure) {
    if (measure.empty() || figure->value.empty()) return;
    const char last = figure->value.back();
    if (absl::ascii_isdigit(static_cast<unsigned char>(last))) absl::StrAppend(&figure->value, " ", measure);
  }

  bool IsComplete(const ListedFigure& figure) const {
    if (kind_ == ListKind::kSpending) return !figure.table.empty() && !figure.spent.empty();
    const bool value = !figure.value.empty() || (!figure.numerator.empty() && !figure.denominator.empty());
    return !figure.indicator.empty() && value;
  }

  void TellIncomplete(const ListedFigure& figure) {
    Finding& finding = list_.findings.emplace_back();
    finding.severity = Severity::kError;
    finding.code = "LIST_LINE_INCOMPLETE";
    finding.place = figure.place;
    finding.raw = figure.raw;
    const bool money = kind_ == ListKind::kSpending;
    finding.message = {absl::StrCat("这一行缺少", money ? "项目或支出" : "指标或实际完成值", "，没有记录。"),
                       absl::StrCat("This line lacks its ", money ? "table or amount" : "indicator or value",
                                    "; it was not recorded.")};
    finding.repair = {"请补齐后重新导入；也可接受 LIST_LINE_INCOMPLETE，其余各行照常记录。",
                      "Fill it in and import again, or accept LIST_LINE_INCOMPLETE to record the rest."};
  }

  void TellUnknown() {
    for (const ListColumn& column : columns_) {
      if (column.unknown == 0) continue;
      Finding& finding = list_.findings.emplace_back();
      finding.severity = Severity::kWarning;
      finding.code = "LIST_COLUMN_UNKNOWN";
      finding.place = PlaceOf(source_, *header_);
      finding.place.cell = column.word;
      finding.place.address = column.address;
      finding.raw = Shorten(column.sample);
      finding.message = {
          absl::StrCat("清单的列“", column.word, "”没有对应的字段，其中 ", column.unknown, " 格没有导入。"),
          absl::StrCat("No field takes the column \"", column.word, "\" of the list; its ", column.unknown,
                       " cells were not imported.")};
      finding.repair = {"无需处理；如确需导入请核对表头名称。",
                        "Nothing is to be done; check the header's word if it should be imported."};
    }
  }

  Source source_;
  const ListKind kind_;
  ParsedList list_;
  std::vector<ListColumn> columns_;
  const Row* header_ = nullptr;
  int number_ = 0;
};

}  // namespace

ParsedList ReadFigureList(const document::Document& from, ListKind kind, const ImportOptions& options) {
  return ListReader(from, kind).Read(options);
}

}  // namespace attain::importing
