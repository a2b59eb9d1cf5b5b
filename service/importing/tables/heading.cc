#include "service/importing/tables/heading.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "service/importing/cells/make_finding.h"
#include "service/importing/columns/header.h"
#include "service/importing/columns/labels.h"
#include "service/importing/tables/footing.h"
#include "service/importing/values/money.h"
#include "service/importing/values/months.h"
#include "service/importing/values/text.h"
#include "service/importing/values/words.h"

namespace attain::importing {
namespace {

constexpr size_t kLongestLabel = 80;  // bytes

bool IsMoney(absl::string_view key) {
  return key == "total" || key == "fiscal" || key == "fiscal_part" || key == "other" || key == "carried";
}

// What a note says of money: "单位：万元", "(金额单位:元)".
std::string NotedUnit(absl::string_view word) {
  if (word.size() > kLongestLabel || !absl::StrContains(word, "单位")) return "";
  const size_t at = word.find("单位");
  return MoneyUnitIn(word.substr(at)).word;
}

// 全年执行数 beside 年初预算数: the columns of money that a row's words name.
bool IsMoneyColumn(absl::string_view key) {
  return absl::StartsWith(key, "column_");
}

}  // namespace

bool BeginsHeading(const Row& row) {
  if (row.cells.empty() || row.cells.size() > 12) return false;
  const absl::string_view word = row.cells[0].word;
  const absl::string_view key = LabelOf(word.substr(0, std::min(word.find(':'), word.size())));
  if (key != "unit_name" && key != "project") return false;
  // A header's 项目名称 stands beside 一级指标, a label's beside what it names.
  return LikenessOf(row).own == 0;
}

void HeadingReader::Read(Row* row) {
  if (row->blank()) return;
  if (row->single() && YearIn(row->cells[0].text) != 0 && table_->fiscal_year == 0) {
    table_->fiscal_year = YearIn(row->cells[0].text);
    if (YearAlone(row->cells[0].word) != 0) MarkRead(&row->cells[0]);
  } else if (row->single() && YearAlone(row->cells[0].word) != 0) {
    MarkFurniture(row, "title");
  }
  ReadNotes(row);
  if (FootingOf(row->cells) == Footing::kPage) return MarkFurniture(row, "page number");
  FindLongMoney(*row);
  if (ReadTaskRow(row) || ReadBelow(row) || ReadMoneyHeader(row) || ReadMoneyRow(row) || ReadTaskHeader(row))
    return;
  ReadLabels(row);
}

void HeadingReader::ReadTitle(Row* row) {
  ReadNotes(row);
  MarkFurniture(row, "title");
}

// "中期资金总额 | 960 | 年度资金总额 | 320": what stands under the first of them is not the year's.
void HeadingReader::FindLongMoney(const Row& row) {
  int from = -1;
  for (const Cell& cell : row.cells) {
    const absl::string_view key = LabelOf(cell.word);
    if (key == "long_total") from = cell.column;
    if (key == "total" && from >= 0) {
      long_from_ = from;
      long_to_ = cell.column;
    }
  }
}

bool HeadingReader::ReadTaskHeader(Row* row) {
  std::vector<MoneyColumn> columns;
  for (const Cell& cell : row->cells) {
    const absl::string_view key = LabelOf(cell.word);
    if (!IsMoney(key)) return false;
    columns.push_back({std::string(key), cell.column, cell.last_column()});
  }
  if (columns.size() < 2) return false;
  MarkFurniture(row, "label");
  task_columns_ = std::move(columns);
  return true;
}

// The sum of the tasks is the money of the table; the tasks themselves are told.
bool HeadingReader::ReadTaskRow(Row* row) {
  if (task_columns_.empty()) return false;
  const bool sum = std::any_of(row->cells.begin(), row->cells.end(), [](const Cell& cell) {
    return cell.word == "金额合计" || IsSumWord(cell.word);
  });
  if (!sum && !LabelOf(row->cells[0].word).empty()) {
    task_columns_.clear();
    return false;
  }
  if (!sum) {
    table_->unused_heading.push_back(Shorten(row->text, 60));
    if (table_->unused_place.line == 0 && table_->unused_place.address.empty())
      table_->unused_place = PlaceOf(source_, *row);
    for (Cell& cell : row->cells) MarkTold(&cell);
    return true;
  }
  for (Cell& cell : row->cells) {
    const auto under = std::find_if(
        task_columns_.begin(), task_columns_.end(),
        [&](const MoneyColumn& column) { return column.first <= cell.column && cell.column <= column.last; });
    if (under == task_columns_.end()) {
      MarkFurniture(&cell, "label");
    } else {
      const Cell label = MakeCell(under->key == "total"   ? "总额"
                                  : under->key == "other" ? "其他资金"
                                                          : "财政拨款",
                                  under->first);
      Cell named = label;
      TakeMoney(under->key, row, &named, &cell, cell.text);
    }
  }
  return true;
}

void HeadingReader::ReadNotes(Row* row) {
  for (Cell& cell : row->cells) {
    const std::string unit = NotedUnit(cell.word);
    if (unit.empty() || !LabelOf(cell.word).empty()) continue;
    unit_ = unit;
    MarkFurniture(&cell, "unit note");
  }
}

std::string HeadingReader::UnitFor(absl::string_view label) const {
  const std::string own = MoneyUnitIn(label).word;
  return !own.empty() ? own : !frame_unit_.empty() ? frame_unit_ : !unit_.empty() ? unit_ : "万元";
}

// "项目资金(万元) | | 年初预算数 | 全年预算数 | 全年执行数"
bool HeadingReader::ReadMoneyHeader(Row* row) {
  std::vector<MoneyColumn> columns;
  for (const Cell& cell : row->cells) {
    const absl::string_view key = LabelOf(cell.word);
    if (IsMoneyColumn(key)) columns.push_back({std::string(key), cell.column, cell.last_column()});
  }
  const auto has = [&](absl::string_view key) {
    return std::any_of(columns.begin(), columns.end(),
                       [&](const MoneyColumn& column) { return column.key == key; });
  };
  if (columns.size() < 2 || !(has("column_first") || has("column_adjusted") || has("column_spent")))
    return false;
  for (Cell& cell : row->cells) {
    if (LabelOf(cell.word) == "frame" || !MoneyUnitIn(cell.word).word.empty())
      frame_unit_ = UnitFor(cell.word);
    MarkFurniture(&cell, "label");
  }
  money_columns_ = std::move(columns);
  return true;
}

bool HeadingReader::ReadMoneyRow(Row* row) {
  if (money_columns_.empty()) return false;
  Cell* label = nullptr;
  absl::string_view key;
  for (Cell& cell : row->cells) {
    key = LabelOf(cell.word);
    if (IsMoney(key)) {
      label = &cell;
      break;
    }
    if (key != "frame") break;
  }
  if (label == nullptr) {
    money_columns_.clear();
    return false;
  }
  ParsedMoney money;
  money.key = std::string(key);
  money.label = label->text;
  money.place = PlaceOf(source_, *row);
  MarkFurniture(label, "label");
  for (Cell& cell : row->cells) {
    if (&cell == label) continue;
    const auto under = std::find_if(
        money_columns_.begin(), money_columns_.end(),
        [&](const MoneyColumn& column) { return column.first <= cell.column && cell.column <= column.last; });
    if (under == money_columns_.end()) continue;
    if (under->key == "column_points" || under->key == "column_rate" || under->key == "column_score") {
      (under->key == "column_points" ? money.points
       : under->key == "column_rate" ? money.rate
                                     : money.score) = cell.text;
      MarkRead(&cell);
      continue;
    }
    const Money amount = ParseMoney(cell.text, UnitFor(label->word));
    if (amount.blank) MarkFurniture(&cell, "blank sign");
    TellMoney(*row, *label, cell, amount.findings);
    if (!amount.value.has_value()) {
      MarkTold(&cell);
      continue;
    }
    (under->key == "column_first"      ? money.first
     : under->key == "column_adjusted" ? money.adjusted
                                       : money.spent) = amount.value;
    MarkRead(&cell);
  }
  table_->money.push_back(std::move(money));
  return true;
}

// Labels without values over a row of values: "预期目标 | 实际完成情况".
bool HeadingReader::ReadBelow(Row* row) {
  const std::map<int, std::string> below = std::move(below_);
  below_.clear();
  if (below.empty()) return false;
  bool labels = false;
  for (const Cell& cell : row->cells) labels = labels || !LabelOf(cell.word).empty();
  if (labels) return false;
  for (Cell& cell : row->cells) {
    auto at = below.upper_bound(cell.column);
    if (at == below.begin()) continue;
    Take((--at)->second, row, nullptr, &cell, cell.text);
  }
  return true;
}

void HeadingReader::ReadLabels(Row* row) {
  std::map<int, std::string> open;
  bool value = false;
  for (size_t i = 0; i < row->cells.size(); ++i) {
    Cell& cell = row->cells[i];
    if (cell.fate != Fate::kOpen) continue;
    const absl::string_view key = LabelOf(cell.word);
    if (key.empty()) {
      ReadWithin(row, &cell);
      continue;
    }
    MarkFurniture(&cell, "label");
    if (key == "frame") {
      frame_unit_ = MoneyUnitIn(cell.word).word;
      continue;
    }
    const bool last = i + 1 >= row->cells.size();
    if (last || !LabelOf(row->cells[i + 1].word).empty()) {
      open[cell.column] = std::string(key);
      continue;
    }
    value = true;
    Cell& held = row->cells[++i];
    Take(key, row, &cell, &held, held.text);
  }
  if (open.size() > 1 && !value) below_ = std::move(open);
}

// "项目名称：巡查经费"
bool HeadingReader::ReadWithin(Row* row, Cell* cell) {
  const std::string narrow = Tidy(Narrow(cell->text));
  const size_t colon = narrow.find(':');
  if (colon == std::string::npos || colon + 1 >= narrow.size()) return false;
  const std::string label = Squeeze(narrow.substr(0, colon));
  const absl::string_view key = LabelOf(label);
  if (key.empty() || key == "frame") return false;
  Cell named = MakeCell(label, cell->column);
  // What stands behind the colon as it stands, not in half width.
  absl::string_view held = cell->text;
  for (const absl::string_view sign : {"：", ":"}) {
    const size_t at = held.find(sign);
    if (at != absl::string_view::npos) {
      held.remove_prefix(at + sign.size());
      break;
    }
  }
  Take(key, row, &named, cell, Tidy(held));
  return true;
}

void HeadingReader::Take(absl::string_view key, Row* row, Cell* label, Cell* value, const std::string& text) {
  const bool other_time = label != nullptr && long_from_ <= label->column && label->column < long_to_;
  if (IsMoney(key) && label != nullptr && !other_time) return TakeMoney(key, row, label, value, text);
  if (key == "year" && table_->fiscal_year == 0 &&
      absl::SimpleAtoi(Squeeze(Narrow(text)).substr(0, 4), &table_->fiscal_year))
    return MarkRead(value);
  if (key == "contact") return MarkFurniture(value, "contact");
  std::string* const field = key == "unit_name" ? &table_->unit_name
                             : key == "project" ? &table_->name
                             : key == "leader"  ? &table_->leader
                             : key == "goal"    ? &table_->goal
                             : key == "result"  ? &table_->result
                                                : nullptr;
  if (field == nullptr) {
    table_->unused_heading.push_back(
        absl::StrCat(label == nullptr ? std::string(key) : label->text, " ", Shorten(text, 60)));
    if (table_->unused_place.line == 0 && table_->unused_place.address.empty())
      table_->unused_place = PlaceOf(source_, *row);
    return MarkTold(value);
  }
  // A heading that is said twice is said twice the same, or told.
  if (!field->empty() && *field != text) return;
  *field = field == &table_->goal ? Tidy(WithoutTags(text)) : text;
  if (field == &table_->goal) table_->goal_address = value->address;
  MarkRead(value);
}

void HeadingReader::TakeMoney(absl::string_view key, Row* row, Cell* label, Cell* value,
                              const std::string& text) {
  const Money money = ParseMoney(text, UnitFor(label->word));
  TellMoney(*row, *label, *value, money.findings);
  if (money.blank) return MarkFurniture(value, "blank sign");
  if (!money.value.has_value()) return MarkTold(value);
  // An amount that is said twice is said twice the same, or told.
  if (key == "total" && table_->total.has_value() && *table_->total != *money.value) return;
  if (key == "fiscal" && fiscal_said_ && *table_->fiscal != *money.value) return;
  MarkRead(value);
  SetMoney(key, label->word, *money.value);
}

void HeadingReader::SetMoney(absl::string_view key, absl::string_view label, const Decimal& amount) {
  const auto add = [&](std::optional<Decimal>* sum) { *sum = sum->value_or(Decimal()) + amount; };
  if (key == "total") {
    if (!table_->total.has_value()) table_->total = amount;
  } else if (key == "fiscal") {
    fiscal_said_ = true;
    table_->fiscal = amount;
  } else if (key == "fiscal_part") {
    // The parts of what is said as a whole are no more money.
    if (!fiscal_said_) add(&table_->fiscal);
  } else if (key == "carried") {
    add(&table_->other);
  } else if (absl::StripSuffix(label, ":") == "其他" && !other_said_) {
    add(&table_->other);
  } else {
    other_said_ = true;
    add(&table_->other);
  }
}

void HeadingReader::TellMoney(const Row& row, const Cell& label, const Cell& value,
                              const std::vector<Finding>& notes) {
  for (Finding note : notes) {
    const Finding at =
        MakeFinding(note.severity, note.code, *table_, table_number_, 0, PlaceOf(source_, row), label.text);
    note.place = at.place;
    if (!value.address.empty()) note.place.address = value.address;
    note.table_name = at.table_name;
    findings_->push_back(std::move(note));
  }
}

void HeadingReader::Finish() {
  for (const ParsedMoney& money : table_->money) {
    if (money.key == "total") {
      table_->adjusted = money.adjusted;
      table_->spent = money.spent;
    }
    const std::optional<Decimal>& planned = money.first.has_value() ? money.first : money.adjusted;
    if (planned.has_value()) SetMoney(money.key, "", *planned);
  }
  if (!table_->total.has_value() && (table_->fiscal.has_value() || table_->other.has_value())) {
    table_->total = table_->fiscal.value_or(Decimal()) + table_->other.value_or(Decimal());
  }
}

int YearIn(absl::string_view text) {
  const std::string squeezed = Squeeze(Narrow(text));
  for (size_t at = squeezed.find("年"); at != std::string::npos; at = squeezed.find("年", at + 1)) {
    int year = 0;
    if (at >= 4 && absl::SimpleAtoi(squeezed.substr(at - 4, 4), &year) && year >= 2000 && year <= 2100)
      return year;
  }
  return 0;
}

int YearAlone(absl::string_view text) {
  std::string word = Squeeze(Narrow(text));
  if (word.size() > 24) return 0;
  absl::string_view rest = word;
  if (absl::ConsumePrefix(&rest, "(")) absl::ConsumeSuffix(&rest, ")");
  for (const absl::string_view before : {"年度:", "预算年度:", "绩效年度:"})
    absl::ConsumePrefix(&rest, before);
  int year = 0;
  if (rest.size() < 4 || !absl::SimpleAtoi(rest.substr(0, 4), &year) || year < 2000 || year > 2100) return 0;
  rest.remove_prefix(4);
  return rest == "年" || rest == "年度" ? year : 0;
}

}  // namespace attain::importing
