#include "service/importing/columns/header.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "service/importing/columns/cell_traits.h"
#include "service/importing/values/months.h"
#include "service/importing/values/text.h"
#include "service/importing/values/words.h"

namespace attain::importing {
namespace {

constexpr size_t kLongestWord = 90;  // bytes of a header cell: longer ones are text

Column KindOf(absl::string_view key) {
  static constexpr std::pair<absl::string_view, Column> kKinds[] = {
      {"level1", Column::kLevel1},      {"level2", Column::kLevel2},
      {"name", Column::kName},          {"level4", Column::kLevel4},
      {"group", Column::kGroup},        {"description", Column::kDescription},
      {"nature", Column::kNature},      {"target", Column::kTarget},
      {"unit", Column::kUnit},          {"basis", Column::kBasis},
      {"prior", Column::kPrior},        {"weight", Column::kWeight},
      {"rule", Column::kRule},          {"evidence", Column::kEvidence},
      {"actual", Column::kActual},      {"score", Column::kScore},
      {"review", Column::kReview},      {"reached", Column::kReached},
      {"reason", Column::kReason},      {"monitored", Column::kActual},
      {"forecast", Column::kForecast},  {"likelihood", Column::kLikelihood},
      {"number", Column::kNumber},      {"ignored", Column::kIgnored},
      {"project", Column::kProject},    {"project_code", Column::kProjectCode},
      {"unit_name", Column::kUnitName}, {"department", Column::kIgnored},
      {"money", Column::kMoney},        {"goal", Column::kGoal},
      {"leader", Column::kLeader},      {"year", Column::kYear},
      {"period", Column::kIgnored}};
  for (const auto& [name, kind] : kKinds) {
    if (key == name) return kind;
  }
  return Column::kUnknown;
}

enum class Time { kNone, kPrior, kAnnual, kLong };

Time TimeOf(absl::string_view key) {
  return key == "prior"    ? Time::kPrior
         : key == "annual" ? Time::kAnnual
         : key == "long"   ? Time::kLong
                           : Time::kNone;
}

// A star marks what must be filled in, a colon what follows.
std::string Bare(absl::string_view word) {
  std::string bare;
  for (const std::string& c : Characters(word)) {
    if (c != "*" && c != "★" && c != "☆" && c != "※" && c != ":" && c != "\"") bare += c;
  }
  return bare;
}

// A word taken apart: its own, the time it speaks of and what stands in brackets.
class WordParts {
 public:
  WordParts(absl::string_view word, int year) : year_(year) {
    std::string bare = Bare(word);
    TakeBrackets(&bare);
    TakeYear(&bare);
    rest_ = bare;
  }
  Time time() const { return time_; }
  const std::string& inside() const { return inside_; }

  // The column of the word with or without its words of time.
  Column Kind() {
    const WordList& headers = WordList::Named("headers");
    const WordList& horizons = WordList::Named("horizons");
    if (Column kind = KindOf(headers.KeyOf(rest_)); kind != Column::kUnknown) {
      if (time_ == Time::kNone) TakeTimeWithin();
      return kind;
    }
    if (const auto begin = horizons.AtStart(rest_)) {
      const Column kind = KindOf(headers.KeyOf(absl::string_view(rest_).substr(begin.length)));
      if (kind != Column::kUnknown) return Timed(kind, TimeOf(begin.key));
    }
    if (const auto end = horizons.AtEnd(rest_)) {
      const Column kind =
          KindOf(headers.KeyOf(absl::string_view(rest_).substr(0, rest_.size() - end.length)));
      if (kind != Column::kUnknown) return Timed(kind, TimeOf(end.key));
    }
    if (const Column kind = OfMonths(); kind != Column::kUnknown) return kind;
    return WithinBrackets();
  }

 private:
  // "1-7月执行情况", "截至9月底完成情况": what was reached by then.
  Column OfMonths() const {
    const absl::string_view rest = WithoutMonths(rest_);
    if (rest.size() == rest_.size()) return Column::kUnknown;
    const Column kind = KindOf(WordList::Named("headers").KeyOf(rest));
    return kind == Column::kActual || kind == Column::kReached ? kind : Column::kUnknown;
  }

  Column Timed(Column kind, Time time) {
    if (time_ == Time::kNone) time_ = time;
    return kind;
  }

  // "目标(年度指标值)": where the word alone says nothing, the brackets may.
  Column WithinBrackets() const {
    return rest_.empty() && !inside_.empty() ? KindOf(WordList::Named("headers").KeyOf(inside_))
                                             : Column::kUnknown;
  }

  void TakeTimeWithin() {
    const auto begin = WordList::Named("horizons").AtStart(rest_);
    if (begin && begin.key == "prior") time_ = Time::kPrior;
    if (begin && begin.key == "long" && rest_.size() > begin.length) time_ = Time::kLong;
  }

  // "指标值(年度)", "目标值(A)", "权重(%)": the last brackets, unless the word is nothing else.
  void TakeBrackets(std::string* word) {
    for (size_t open = word->find('('); open != std::string::npos; open = word->find('(')) {
      const size_t close = std::min(word->find(')', open), word->size());
      const std::string inside = word->substr(open + 1, close - open - 1);
      if (inside_.empty()) inside_ = inside;
      if (time_ == Time::kNone) time_ = TimeOf(WordList::Named("horizons").KeyOf(inside));
      if (time_ == Time::kNone) TakeYearOf(inside);
      word->erase(open, close - open + 1);
    }
  }

  // "2025年指标值", "2024年度实际完成值"
  void TakeYear(std::string* word) {
    const size_t at = word->find("年");
    if (at == std::string::npos || at < 4 || !TakeYearOf(word->substr(at - 4))) return;
    const size_t behind = at + sizeof("年") - 1;
    word->erase(at - 4,
                behind - at + 4 + (absl::StartsWith(word->substr(behind), "度") ? sizeof("度") - 1 : 0));
  }

  bool TakeYearOf(absl::string_view text) {
    int said = 0;
    if (text.size() < 4 || !absl::SimpleAtoi(text.substr(0, 4), &said) || said < 2000 || said > 2100)
      return false;
    if (!absl::StartsWith(text.substr(4), "年") && text.size() != 4) return false;
    // Two years with a dash between them are a period.
    if (absl::StrContains(text, "-") || absl::StrContains(text, "至")) {
      time_ = Time::kLong;
    } else if (year_ != 0) {
      time_ = said < year_ ? Time::kPrior : said > year_ ? Time::kLong : Time::kAnnual;
    }
    return true;
  }

  const int year_;
  std::string rest_, inside_;
  Time time_ = Time::kNone;
};

// "2024年", "上年", "本年": says a time and nothing else.
bool IsTimeWord(absl::string_view word) {
  if (WordList::Named("horizons").Has(word)) return true;
  std::string rest(word);
  for (const absl::string_view tail : {"年度", "年"}) {
    if (!absl::EndsWith(rest, tail) || rest.size() != tail.size() + 4) continue;
    return rest.find_first_not_of("0123456789") == 4;
  }
  return false;
}

// "(A)", "B", "①": what formulas call a column.
bool IsSign(absl::string_view word) {
  absl::ConsumePrefix(&word, "(");
  absl::ConsumeSuffix(&word, ")");
  const bool letter = word.size() == 1 && absl::ascii_isupper(static_cast<unsigned char>(word[0]));
  return letter || (word.size() == 3 && word >= "①" && word <= "⑳");
}

bool IsOwn(Column kind) {
  return kind == Column::kLevel1 || kind == Column::kLevel2 || kind == Column::kNature ||
         kind == Column::kWeight || kind == Column::kRule;
}

bool IsSureWord(absl::string_view word) {
  for (const absl::string_view part : {"指标", "分值", "权重", "比较符", "计算符", "运算符"}) {
    if (absl::StrContains(word, part)) return true;
  }
  return false;
}

// The column of names under a word that nobody knows: the one right behind both levels, before the target. −1
// when there is none.
int UnknownName(const Header& header) {
  const int level2 = header.At(Column::kLevel2), target = header.At(Column::kTarget);
  if (!header.Has(Column::kLevel1) || level2 < header.At(Column::kLevel1) || target <= level2 + 1) return -1;
  return header.columns()[static_cast<size_t>(level2) + 1].kind == Column::kUnknown ? level2 + 1 : -1;
}

bool IsEnough(const Header& header) {
  if (UnknownName(header) >= 0) return true;
  const bool name = header.Has(Column::kName) || header.Has(Column::kGroup) ||
                    header.Has(Column::kDescription) || header.Has(Column::kLevel4);
  const bool levels = header.Has(Column::kLevel1) || header.Has(Column::kLevel2);
  // Names and targets may share their cells.
  if (name && header.Has(Column::kLevel1) && header.Has(Column::kLevel2)) return true;
  const bool target = header.Has(Column::kTarget) || (levels && header.Has(Column::kActual));
  const bool more = levels || header.Has(Column::kNature) || header.Has(Column::kWeight) ||
                    header.Has(Column::kRule) || header.Has(Column::kUnit) || header.Has(Column::kPrior);
  return name && target && more;
}

// "一级指标 | 分值 | 二级指标 | 分值 | 三级指标 | 指标值 | 分值": points right behind a level are the level's
// where the rows have their own.
void LeaveLevelPoints(Header* header) {
  std::vector<HeaderColumn>& columns = header->columns();
  const auto of = [&](Column kind) {
    return std::count_if(columns.begin(), columns.end(),
                         [&](const HeaderColumn& column) { return column.kind == kind; });
  };
  for (size_t i = 1; i < columns.size() && of(Column::kWeight) > 1; ++i) {
    const Column before = columns[i - 1].kind;
    if (columns[i].kind == Column::kWeight && (before == Column::kLevel1 || before == Column::kLevel2))
      columns[i].kind = Column::kIgnored;
  }
}

// "1-3月完成值 | 1-6月完成值": the last of them says what is reached.
void LeaveEarlierMonths(Header* header) {
  HeaderColumn* last = nullptr;
  for (HeaderColumn& column : header->columns()) {
    if (column.kind != Column::kActual || WithoutMonths(column.word).size() == column.word.size()) continue;
    if (last != nullptr) last->kind = Column::kIgnored;
    last = &column;
  }
}

// 绩效指标 and 指标内容 are the name's column only where nothing else is. Of two names the later is the name
// when the earlier one is the group's.
void Settle(Header* header) {
  if (const int level4 = header->At(Column::kLevel4); level4 >= 0) {
    if (const int name = header->At(Column::kName); name >= 0)
      header->columns()[static_cast<size_t>(name)].kind = Column::kDescription;
    header->columns()[static_cast<size_t>(level4)].kind = Column::kName;
  }
  if (header->Has(Column::kName)) return;
  const int other =
      header->At(Column::kDescription) >= 0 ? header->At(Column::kDescription) : header->At(Column::kGroup);
  if (other >= 0) {
    header->columns()[static_cast<size_t>(other)].kind = Column::kName;
  } else if (const int unknown = UnknownName(*header); unknown >= 0) {
    header->columns()[static_cast<size_t>(unknown)].kind = Column::kName;
    header->columns()[static_cast<size_t>(unknown)].assumed = true;
  }
}

Header HeaderFrom(const std::vector<Cell>& cells, int year) {
  Header header;
  for (const Cell& cell : cells) {
    HeaderColumn column = ColumnOf(cell.word, year);
    column.first = cell.column;
    column.last = cell.last_column();
    header.columns().push_back(std::move(column));
  }
  return header;
}

// The national form has 二级指标, 三级指标 and 指标值 twice below one 一级指标: first those of the
// implementation period, then the year's (财预〔2015〕88号). A block whose columns all come again behind its
// target is the period's, whether it says so or not.
void LeaveEarlierBlock(Header* header) {
  std::vector<HeaderColumn>& columns = header->columns();
  const auto again = [&](Column kind, size_t from) {
    return std::any_of(columns.begin() + static_cast<std::ptrdiff_t>(from), columns.end(),
                       [&](const HeaderColumn& c) { return c.kind == kind; });
  };
  const int target = header->At(Column::kTarget), name = header->At(Column::kName);
  if (target < 0 || name < 0 || name > target) return;
  const auto behind = static_cast<size_t>(target) + 1;
  if (!again(Column::kTarget, behind) || !again(Column::kName, behind)) return;
  if (header->At(Column::kLevel1) < 0 || again(Column::kLevel1, behind)) return;
  for (size_t i = 0; i < behind; ++i) {
    if (columns[i].kind != Column::kLevel1 && again(columns[i].kind, behind))
      columns[i].kind = Column::kOtherTime;
  }
}

// Of columns that speak of the year and of another time, the year's count; of two columns of a kind the
// first, except comparators and units.
void DropOtherTimes(Header* header) {
  bool annual = false;
  for (const HeaderColumn& column : header->columns())
    annual = annual || (column.kind == Column::kTarget && !column.other_time);
  LeaveEarlierBlock(header);
  for (HeaderColumn& column : header->columns()) {
    if (column.other_time && annual) column.kind = Column::kOtherTime;
  }
}

// Two columns named 单位: the first is the office's, the second the measure's.
void TellUnitsApart(Header* header) {
  const int unit = header->At(Column::kUnit), target = header->At(Column::kTarget);
  if (unit < 0 || target < 0) return;
  for (size_t i = static_cast<size_t>(unit) + 1; i < header->columns().size(); ++i) {
    if (header->columns()[i].kind == Column::kUnit && !header->Has(Column::kUnitName)) {
      header->columns()[static_cast<size_t>(unit)].kind = Column::kUnitName;
      return;
    }
  }
}

// "经费保障 | 制度保障 | … | 确定能 | 有可能" below 偏差原因分析 and 完成目标可能性: words under cells of the
// row above that stand over several columns, and nothing else.
bool IsDetail(const Header& top, const Row& row) {
  bool between = false;
  int group = -1;
  for (const Cell& cell : row.cells) {
    int over = -1;
    for (size_t i = 0; i < top.columns().size() && top.columns()[i].first <= cell.column; ++i)
      over = static_cast<int>(i);
    if (over < 0) return false;
    const HeaderColumn& above = top.columns()[static_cast<size_t>(over)];
    if (above.kind != Column::kReason && above.kind != Column::kLikelihood) return false;
    if (cell.word.size() > 30 || cell.word.find_first_of("0123456789") != std::string::npos) return false;
    between = between || (over == group && cell.column > above.first);
    group = over;
  }
  return between;
}

// A second row of a header: words below a cell that is merged over them or has nothing beside it.
bool IsSecondRow(const Header& top, const Row& row, int year) {
  if (row.cells.size() < 2) return false;
  if (IsDetail(top, row)) return true;
  bool known = false;
  for (const Cell& cell : row.cells) {
    const HeaderColumn column = ColumnOf(cell.word, year);
    if (column.kind == Column::kUnknown && !IsTimeWord(cell.word) && !IsSign(cell.word)) return false;
    const int over = top.Over(cell.column);
    known = known || over >= 0 || column.kind != Column::kUnknown;
  }
  // 绩效指标 | 指标值 | 权重 has its levels in the row below.
  const bool bare = !top.Has(Column::kLevel1) && !top.Has(Column::kLevel2) && !top.Has(Column::kName);
  return known && (bare || LikenessOf(row).own < 3);
}

// The two rows of a header as one: each word below gets the word above it.
Header Combined(const Row& top, const Row& below, int year) {
  std::vector<Cell> cells;
  for (size_t i = 0; i < top.cells.size(); ++i) {
    const Cell& above = top.cells[i];
    // Without merged cells a word stands over all columns up to the next word.
    const int next = i + 1 < top.cells.size() ? top.cells[i + 1].column : above.last_column() + 100;
    const int last = above.columns > 1 ? above.last_column() : next - 1;
    bool covered = false;
    for (const Cell& under : below.cells) {
      if (under.column < above.column || under.column > last) continue;
      Cell cell = under;
      const bool alone = ColumnOf(under.word, year).kind != Column::kUnknown && !IsTimeWord(under.word);
      cell.word = alone ? under.word : IsSign(under.word) ? above.word : absl::StrCat(under.word, above.word);
      covered = covered || under.column == above.column;
      cells.push_back(std::move(cell));
    }
    if (covered) continue;
    Cell cell = above;
    if (above.columns > 1 && cells.size() > 0 && cells.back().column > above.column) cell.columns = 1;
    cells.push_back(std::move(cell));
  }
  std::stable_sort(cells.begin(), cells.end(),
                   [](const Cell& a, const Cell& b) { return a.column < b.column; });
  Header both = HeaderFrom(cells, year);
  // A tick below 偏差原因分析 is no reason: only 原因说明 holds one.
  for (HeaderColumn& column : both.columns()) {
    if (column.kind != Column::kUnknown) continue;
    if (absl::EndsWith(column.word, "可能性")) column.kind = Column::kLikelihood;
  }
  return both;
}

}  // namespace

int Header::At(Column kind) const {
  for (size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].kind == kind) return static_cast<int>(i);
  }
  return -1;
}

int Header::Over(int column) const {
  for (size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].first <= column && column <= columns_[i].last) return static_cast<int>(i);
  }
  return -1;
}

bool Header::SameAs(const Header& other) const {
  return std::equal(columns_.begin(), columns_.end(), other.columns_.begin(), other.columns_.end(),
                    [](const HeaderColumn& a, const HeaderColumn& b) { return a.word == b.word; });
}

bool Header::LeavesOut(absl::string_view word, int year) const {
  if (ColumnOf(word, year).kind != Column::kUnknown || IsTimeWord(word) || IsSign(word)) return false;
  return std::none_of(columns_.begin(), columns_.end(),
                      [&](const HeaderColumn& column) { return absl::StrContains(column.word, word); });
}

Header Header::TakeSide() {
  Header side;
  const size_t half = columns_.size() / 2;
  if (half < 3 || columns_.size() != half * 2) return side;
  for (size_t i = 0; i < half; ++i) {
    if (columns_[i].word != columns_[half + i].word) return side;
  }
  side.columns_.assign(columns_.begin() + static_cast<std::ptrdiff_t>(half), columns_.end());
  columns_.resize(half);
  return side;
}

HeaderColumn ColumnOf(absl::string_view word, int year) {
  HeaderColumn column;
  column.word = std::string(word);
  if (word.size() > kLongestWord) return column;
  // Most cells are figures, and no header has any but a year, months and those in brackets.
  const bool figures = std::any_of(word.begin(), word.end(),
                                   [](char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); });
  if (figures && !absl::StrContains(word, "年") && !absl::StrContains(word, "月") &&
      !absl::StrContains(word, "季度") && !absl::StrContains(word, "(")) {
    return column;
  }
  WordParts parts(word, year);
  column.kind = parts.Kind();
  const bool value = column.kind == Column::kTarget || column.kind == Column::kActual;
  if (value && parts.time() == Time::kPrior) column.kind = Column::kPrior;
  column.other_time = parts.time() == Time::kLong;
  if (column.kind == Column::kPrior || column.kind == Column::kUnknown) column.other_time = false;
  return column;
}

bool IsHeaderOf(const std::vector<Cell>& cells) {
  if (cells.size() < 3) return false;
  return IsEnough(HeaderFrom(cells, 0));
}

HeaderLikeness LikenessOf(const Row& row) {
  HeaderLikeness likeness;
  for (const Cell& cell : row.cells) {
    const Column kind = ColumnOf(cell.word, 0).kind;
    likeness.known += kind != Column::kUnknown ? 1 : 0;
    likeness.own += IsOwn(kind) ? 1 : 0;
    likeness.listed += kind == Column::kName || kind == Column::kTarget ? 1 : 0;
    likeness.sure += IsOwn(kind) && kind != Column::kRule && IsSureWord(cell.word) ? 1 : 0;
  }
  return likeness;
}

bool ParseHeader(const std::vector<Row>& all, size_t at, size_t end, int year, Header* header, size_t* rows) {
  if (all[at].cells.size() < 3) return false;
  Header parsed = HeaderFrom(all[at].cells, year);
  *rows = 1;
  if (!IsEnough(parsed)) return false;
  if (at + 1 < end && IsSecondRow(parsed, all[at + 1], year)) {
    Header both = Combined(all[at], all[at + 1], year);
    if (IsEnough(both)) {
      parsed = std::move(both);
      *rows = 2;
    }
  }
  Settle(&parsed);
  LeaveLevelPoints(&parsed);
  LeaveEarlierMonths(&parsed);
  DropOtherTimes(&parsed);
  TellUnitsApart(&parsed);
  *header = std::move(parsed);
  return true;
}

bool IsOtherTime(absl::string_view word) {
  std::string bare = Bare(word);
  for (const absl::string_view behind : {"绩效指标", "绩效目标", "指标", "目标"}) {
    absl::string_view rest = bare;
    if (!absl::ConsumeSuffix(&rest, behind)) continue;
    return WordList::Named("horizons").KeyOf(rest) == "long";
  }
  return false;
}

}  // namespace attain::importing
