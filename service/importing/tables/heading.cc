#include "service/importing/tables/heading.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "service/importing/cells/make_finding.h"
#include "service/importing/columns/header.h"
#include "service/importing/columns/labels.h"
#include "service/importing/tables/footing.h"
#include "service/importing/values/money.h"
#include "service/importing/values/months.h"
#include "service/importing/values/text.h"
#include "service/importing/values/units.h"
#include "service/importing/values/words.h"

namespace attain::importing {
namespace {

constexpr size_t kLongestLabel = 80;  // bytes
constexpr size_t kLongestLine = 300;  // of a heading; a longer one is prose

bool IsMoney(absl::string_view key) {
  return key == "total" || key == "fiscal" || key == "fiscal_part" || key == "other" || key == "carried";
}

// "资金总额35.33万元,其中:财政拨款30万元" → labels and amounts; empty unless every part is both.
std::vector<std::pair<std::string, std::string>> AmountsIn(absl::string_view text) {
  const std::vector<std::string> characters = Characters(Squeeze(Narrow(text)));
  std::vector<std::string> parts(1);
  for (size_t i = 0; i < characters.size(); ++i) {
    const std::string& c = characters[i];
    const bool digit = i + 1 < characters.size() && absl::ascii_isdigit(characters[i + 1][0]);
    const bool sign = (c == "," && !digit) || c == ";" || c == "，" || c == "；" || c == "。" || c == "、";
    if (sign) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  if (parts.back().empty()) parts.pop_back();
  std::vector<std::pair<std::string, std::string>> amounts;
  for (const std::string& part : parts) {
    absl::string_view rest = part;
    for (const absl::string_view before : {"其中:", "其中"}) absl::ConsumePrefix(&rest, before);
    const WordList::Match label = WordList::Named("labels").AtStart(rest);
    if (!label || !IsMoney(label.key)) return {};
    const std::string word(rest.substr(0, label.length));
    rest.remove_prefix(label.length);
    for (const absl::string_view sign : {":", "为"}) absl::ConsumePrefix(&rest, sign);
    const Money amount = ParseMoney(rest);
    if (!amount.value.has_value() || !amount.remark.empty()) return {};
    amounts.emplace_back(word, std::string(rest));
  }
  return amounts;
}

// What a note says of money: "单位：万元", "(金额单位:元)".
std::string NotedUnit(absl::string_view word) {
  if (word.size() > kLongestLabel || !absl::StrContains(word, "单位")) return "";
  if (const size_t by = word.find("为单位"); by != absl::string_view::npos) {
    const size_t from = word.substr(0, by).rfind("以");
    if (from != absl::string_view::npos) return MoneyUnitIn(word.substr(from)).word;
  }
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

void HeadingReader::LookForUnit(const Row& row) {
  for (const Cell& cell : row.cells) {
    if (unit_.empty() && LabelOf(cell.word).empty()) unit_ = NotedUnit(cell.word);
  }
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
    columns.push_back({std::string(key), cell.column, cell.last_column(), ""});
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
    NotKept(row->text, *row);
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
    if (IsMoneyColumn(key))
      columns.push_back({std::string(key), cell.column, cell.last_column(), MoneyUnitIn(cell.word).word});
    if (ParseMoney(cell.text).value.has_value()) return ReadMoneyPairs(row);
  }
  const auto has = [&](absl::string_view key) {
    return std::any_of(columns.begin(), columns.end(),
                       [&](const MoneyColumn& column) { return column.key == key; });
  };
  // One column of money alone is one where the other says that sources stand in it.
  const bool sources = std::any_of(row->cells.begin(), row->cells.end(), [](const Cell& cell) {
    return absl::StartsWith(cell.word, "资金来源") || absl::StartsWith(cell.word, "资金构成");
  });
  for (const Cell& cell : row->cells) {
    const std::string bare = WithoutBrackets(cell.word);
    if (sources && columns.empty() && (bare == "金额" || bare == "预算金额" || bare == "安排金额"))
      columns.push_back({"column_first", cell.column, cell.last_column(), MoneyUnitIn(cell.word).word});
  }
  if (columns.size() < (sources ? 1 : 2) ||
      !(has("column_first") || has("column_adjusted") || has("column_spent")))
    return false;
  for (Cell& cell : row->cells) {
    const absl::string_view key = LabelOf(cell.word);
    const bool column = IsMoneyColumn(key);
    if (key == "frame" || (!column && !MoneyUnitIn(cell.word).word.empty())) frame_unit_ = UnitFor(cell.word);
    MarkFurniture(&cell, "label");
  }
  // A unit that one column names and no other contradicts is that of all.
  for (const MoneyColumn& column : columns) {
    if (column.unit.empty() || !frame_unit_.empty()) continue;
    const bool same = std::all_of(columns.begin(), columns.end(), [&](const MoneyColumn& other) {
      return other.unit.empty() || other.unit == column.unit;
    });
    if (same) frame_unit_ = column.unit;
  }
  money_columns_ = std::move(columns);
  return true;
}

// "年初预算 | 60 | 全年预算 | 58 | 全年执行 | 55.1": columns in a row, each with its amount behind it.
bool HeadingReader::ReadMoneyPairs(Row* row) {
  ParsedMoney money;
  money.key = "total";
  Cell* frame = nullptr;
  for (size_t i = 0; i + 1 < row->cells.size(); ++i) {
    Cell& label = row->cells[i];
    Cell& value = row->cells[i + 1];
    const absl::string_view key = LabelOf(label.word);
    if (key == "frame" && !MoneyUnitIn(label.word).word.empty()) {
      frame_unit_ = UnitFor(label.word);
      frame = &label;
    }
    if (!IsMoneyColumn(key) || key == "column_prior" || !LabelOf(value.word).empty()) continue;
    if (key == "column_points" || key == "column_rate" || key == "column_score") {
      if (money.label.empty()) continue;
      (key == "column_points" ? money.points : key == "column_rate" ? money.rate : money.score) = value.text;
    } else {
      const Money amount = ParseMoney(value.text, UnitFor(label.word));
      TellMoney(*row, label, value, amount.findings);
      if (!amount.value.has_value()) continue;
      if (money.label.empty()) money.label = label.text;
      (key == "column_first"      ? money.first
       : key == "column_adjusted" ? money.adjusted
                                  : money.spent) = amount.value;
    }
    MarkFurniture(&label, "label");
    MarkRead(&value);
    ++i;
  }
  if (money.label.empty()) return false;
  if (frame != nullptr) MarkFurniture(frame, "label");
  money.place = PlaceOf(source_, *row);
  table_->money.push_back(std::move(money));
  return true;
}

bool HeadingReader::ReadMoneyRow(Row* row) {
  if (money_columns_.empty()) return false;
  Cell* label = nullptr;
  absl::string_view key;
  for (Cell& cell : row->cells) {
    key = IsSumWord(cell.word) ? "total" : LabelOf(cell.word);
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
    if (under == money_columns_.end() || under->key == "column_prior") continue;  // told as not read
    if (under->key == "column_points" || under->key == "column_rate" || under->key == "column_score") {
      (under->key == "column_points" ? money.points
       : under->key == "column_rate" ? money.rate
                                     : money.score) = cell.text;
      MarkRead(&cell);
      continue;
    }
    const bool own = !MoneyUnitIn(label->word).word.empty() || under->unit.empty();
    const Money amount = ParseMoney(cell.text, own ? UnitFor(label->word) : under->unit);
    if (amount.blank) MarkFurniture(&cell, "blank sign");
    TellMoney(*row, *label, cell, amount.findings);
    if (!amount.value.has_value()) {
      MarkTold(&cell);
      continue;
    }
    if (under->unit.empty()) TellUnitAssumed(*row, *label, cell, amount);
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
  const std::map<int, Cell> below = std::move(below_);
  below_.clear();
  if (below.empty()) return false;
  bool labels = false;
  for (const Cell& cell : row->cells) labels = labels || !LabelOf(cell.word).empty();
  if (labels) return false;
  for (Cell& cell : row->cells) {
    auto at = below.upper_bound(cell.column);
    if (at == below.begin()) continue;
    Cell label = (--at)->second;
    Take(LabelOf(label.word), row, &label, &cell, cell.text);
  }
  return true;
}

void HeadingReader::ReadLabels(Row* row) {
  std::map<int, Cell> open;
  bool value = false;
  for (size_t i = 0; i < row->cells.size(); ++i) {
    Cell& cell = row->cells[i];
    if (cell.fate != Fate::kOpen) continue;
    const absl::string_view key = KeyOf(cell.word);
    if (key.empty()) {
      if (!ReadPairs(row, &cell)) ReadWithin(row, &cell);
      continue;
    }
    MarkFurniture(&cell, "label");
    const bool last = i + 1 >= row->cells.size();
    if (key == "frame") {
      frame_unit_ = MoneyUnitIn(cell.word).word;
      if (!last && IsFrameOfAmount(cell, row->cells[i + 1])) i = TakeAmount("total", row, i);
      continue;
    }
    if (last || !LabelOf(row->cells[i + 1].word).empty()) {
      open.emplace(cell.column, cell);
      continue;
    }
    value = true;
    i = TakeAmount(key, row, i);
  }
  if (open.size() > 1 && !value) below_ = std::move(open);
  if (row->grid < 0 && !GoesOnWithGoal(row)) TellLine(row);
}

// A line of text right below a goal, and no label: the goal goes on over several lines.
bool HeadingReader::GoesOnWithGoal(Row* row) {
  Cell& cell = row->cells[0];
  if (!source_.text || goal_row_ == 0 || row->number != goal_row_ + 1 || cell.fate != Fate::kOpen)
    return false;
  if (ColumnOf(cell.word, 0).kind != Column::kUnknown || !LabelOf(cell.word).empty() ||
      IsOtherTime(cell.word))
    return false;
  table_->goal += cell.text;
  goal_row_ = row->number;
  MarkRead(&cell);
  return true;
}

// A line of a heading that says "label: …" or an amount of money is never lost, whatever its label.
void HeadingReader::TellLine(Row* row) {
  Cell& cell = row->cells[0];
  if (cell.fate != Fate::kOpen || cell.word.size() > kLongestLine) return;
  const bool labelled = absl::StrContains(cell.word, ":") && cell.word.find(':') < kLongestLabel;
  const size_t money = cell.word.find("元");
  const bool amount = money != std::string::npos &&
                      cell.word.substr(0, money).find_first_of("0123456789") != std::string::npos;
  if (!labelled && !amount) return;
  NotKept(cell.text, *row);
  MarkTold(&cell);
}

// "2026年度资金总额" is the total where the table is of that year.
absl::string_view HeadingReader::KeyOf(absl::string_view word) const {
  const absl::string_view key = LabelOf(word);
  absl::string_view rest = word;
  if (!key.empty() || table_->fiscal_year == 0) return key;
  if (!absl::ConsumePrefix(&rest, absl::StrCat(table_->fiscal_year, "年"))) return key;
  const absl::string_view of_year = LabelOf(absl::StripPrefix(rest, "度"));
  return IsMoney(of_year) || of_year == "goal" ? of_year : key;
}

// "项目名称：粮库维修 实施单位：储备中心": several labels with their values in one cell, blanks between them.
bool HeadingReader::ReadPairs(Row* row, Cell* cell) {
  std::vector<std::string> pairs;
  for (const absl::string_view part : absl::StrSplit(cell->text, ' ', absl::SkipEmpty())) {
    const std::string word = Squeeze(Narrow(part));
    bool begins = false;
    for (size_t colon = word.find(':'); colon != std::string::npos && !begins;
         colon = word.find(':', colon + 1))
      begins = !LabelOf(word.substr(0, colon)).empty();
    if (begins || pairs.empty()) {
      pairs.emplace_back(part);
    } else {
      absl::StrAppend(&pairs.back(), " ", part);
    }
  }
  if (pairs.size() < 2) return false;
  bool all = true;
  for (const std::string& pair : pairs) {
    Cell part = *cell;
    part.text = pair;
    part.word = Squeeze(Narrow(pair));
    ReadWithin(row, &part);
    all = all && part.fate == Fate::kRead;
    if (part.fate == Fate::kOpen) NotKept(pair, *row);
  }
  all ? MarkRead(cell) : MarkTold(cell);
  return true;
}

// Told with all that a heading says and no field takes.
void HeadingReader::NotKept(absl::string_view text, const Row& row) {
  table_->unused_heading.push_back(Shorten(text, 60));
  if (table_->unused_place.line == 0 && table_->unused_place.address.empty())
    table_->unused_place = PlaceOf(source_, row);
}

// Gives what stands behind the label at `at` to its field; the last cell that was taken. The unit of an
// amount may stand in a cell of its own: "资金总额 | 279000 | 元".
size_t HeadingReader::TakeAmount(absl::string_view key, Row* row, size_t at) {
  Cell& held = row->cells[at + 1];
  std::string text = held.text;
  Cell* const unit = at + 2 < row->cells.size() ? &row->cells[at + 2] : nullptr;
  const bool apart = unit != nullptr && IsMoney(key) && MoneyUnitIn(unit->word).word == unit->word &&
                     MoneyUnitIn(row->cells[at].word).word.empty() && ParseMoney(text).unit.empty();
  if (apart) text += unit->word;
  Take(key, row, &row->cells[at], &held, text);
  if (!apart) return at + 1;
  MarkFurniture(unit, "unit note");
  return at + 2;
}

// "项目资金 | 118.50": the words of a frame right before an amount are those of the whole.
bool HeadingReader::IsFrameOfAmount(const Cell& frame, const Cell& next) const {
  if (!absl::StrContains(frame.word, "资金") && !absl::StrContains(frame.word, "预算")) return false;
  if (!LabelOf(next.word).empty() || table_->total.has_value()) return false;
  const Money amount = ParseMoney(next.text);
  return amount.value.has_value() && amount.remark.empty();
}

// "项目名称：巡查经费", "其中：财政拨款：80万元"
bool HeadingReader::ReadWithin(Row* row, Cell* cell) {
  if (AmountsIn(cell->text).size() > 1) return ReadAmounts(row, cell);
  const std::string narrow = Tidy(Narrow(cell->text));
  absl::string_view held = cell->text;  // what stands behind the colon as it stands, not in half width
  for (size_t colon = narrow.find(':'); colon != std::string::npos; colon = narrow.find(':', colon + 1)) {
    const size_t wide = held.find("："), half = held.find(':');
    if (std::min(wide, half) == absl::string_view::npos) break;
    held.remove_prefix(wide < half ? wide + absl::string_view("：").size() : half + 1);
    const std::string label = Squeeze(narrow.substr(0, colon));
    const absl::string_view key = LabelOf(label);
    if (key == "frame" && colon + 1 < narrow.size()) {
      Cell frame = MakeCell(label, cell->column);
      const Cell amount = MakeCell(held, cell->column);
      if (!IsFrameOfAmount(frame, amount)) continue;
      TakeMoney("total", row, &frame, cell, Tidy(held));
      return true;
    }
    if (key.empty() || colon + 1 >= narrow.size()) break;
    Cell named = MakeCell(label, cell->column);
    Take(key, row, &named, cell, Tidy(held));
    return true;
  }
  return ReadAmounts(row, cell);
}

// "资金总额35.33万元，其中：财政拨款30万元，其他资金5.33万元": every part is a label and its amount, or
// nothing is taken.
bool HeadingReader::ReadAmounts(Row* row, Cell* cell) {
  const std::vector<std::pair<std::string, std::string>> amounts = AmountsIn(cell->text);
  if (amounts.empty()) return false;
  for (const auto& [label, amount] : amounts) {
    Cell named = MakeCell(label, cell->column);
    TakeMoney(LabelOf(label), row, &named, cell, amount);
  }
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
  if (field == &table_->goal) {
    table_->goal_address = value->address;
    goal_row_ = value->column >= row->cells.back().column ? row->number : 0;
  }
  MarkRead(value);
}

void HeadingReader::TakeMoney(absl::string_view key, Row* row, Cell* label, Cell* value,
                              const std::string& text) {
  const Money money = ParseMoney(text, UnitFor(label->word));
  TellMoney(*row, *label, *value, money.findings);
  if (money.blank) return MarkFurniture(value, "blank sign");
  if (!money.value.has_value()) return MarkTold(value);
  TellUnitAssumed(*row, *label, *value, money);
  // An amount that is said twice is said twice the same, or told.
  if (key == "total" && table_->total.has_value() && *table_->total != *money.value) return;
  if (key == "fiscal" && fiscal_said_ && *table_->fiscal != *money.value) return;
  MarkRead(value);
  SetMoney(key, label->word, *money.value);
}

// Nothing says a unit, and in 万元 it would be 100 million or more: perhaps it is in 元.
void HeadingReader::TellUnitAssumed(const Row& row, const Cell& label, const Cell& value,
                                    const Money& money) {
  const bool stated =
      !money.unit.empty() || !MoneyUnitIn(label.word).word.empty() || !frame_unit_.empty() || !unit_.empty();
  if (stated || !IsLargeForNoUnit(*money.value)) return;
  TellMoney(row, label, value, {UnitAssumed(value.text, *money.value)});
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

namespace {

// "二〇二六年" → "2026年": four numerals right before a 年.
std::string WithYearInDigits(std::string text) {
  constexpr size_t kNumeral = 3;  // bytes
  const WordList& numerals = WordList::Named("numerals");
  for (size_t at = text.find("年"); at != std::string::npos; at = text.find("年", at + 1)) {
    if (at < 4 * kNumeral) continue;
    std::string digits;
    for (size_t i = at - 4 * kNumeral; i < at; i += kNumeral) {
      const std::string c = text.substr(i, kNumeral);
      digits += c == "○" || c == "Ｏ" ? "0" : std::string(numerals.KeyOf(c));
    }
    if (digits.size() != 4 || digits[0] != '2') continue;
    text.replace(at - 4 * kNumeral, 4 * kNumeral, digits);
    at = text.find("年", at - 4 * kNumeral);
  }
  return text;
}

// "2025-2027年": the last year of a period is no year of its own.
bool EndsPeriod(absl::string_view before) {
  for (const absl::string_view sign : {"-", "—", "–", "~", "～", "至", "到"}) {
    if (!absl::ConsumeSuffix(&before, sign)) continue;
    for (absl::string_view rest : {sign, absl::string_view("年度"), absl::string_view("年")})
      absl::ConsumeSuffix(&before, rest);
    return !before.empty() && absl::ascii_isdigit(static_cast<unsigned char>(before.back()));
  }
  return false;
}

}  // namespace

int YearIn(absl::string_view text) {
  const std::string squeezed = WithYearInDigits(Squeeze(Narrow(text)));
  for (size_t at = squeezed.find("年"); at != std::string::npos; at = squeezed.find("年", at + 1)) {
    int year = 0;
    if (at < 4 || !absl::SimpleAtoi(squeezed.substr(at - 4, 4), &year) || year < 2000 || year > 2100)
      continue;
    if (EndsPeriod(absl::string_view(squeezed).substr(0, at - 4))) continue;
    const absl::string_view behind =
        absl::StripPrefix(absl::string_view(squeezed).substr(at + sizeof("年") - 1), "度");
    const bool begins =
        absl::StartsWith(behind, "-") || absl::StartsWith(behind, "—") || absl::StartsWith(behind, "至2");
    if (!begins) return year;
  }
  return 0;
}

int YearAlone(absl::string_view text) {
  std::string word = WithYearInDigits(Squeeze(Narrow(text)));
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
