#include "service/importing/tables/row_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "service/importing/cells/make_finding.h"
#include "service/importing/tables/name_target.h"
#include "service/importing/values/comparators.h"
#include "service/importing/values/quantity.h"
#include "service/importing/values/target.h"
#include "service/importing/values/text.h"
#include "service/importing/values/units.h"
#include "service/importing/values/weight.h"
#include "service/importing/values/words.h"
#include "service/scoring/score.h"

namespace attain::importing {
namespace {

constexpr size_t kMaxRaw = 1000;  // bytes
constexpr size_t kMaxRejected = 400;

std::string RawOf(const Row& row, size_t limit) {
  return Shorten(
      Tidy(absl::StrJoin(row.cells, " | ", [](std::string* out, const Cell& cell) { *out += cell.text; })),
      limit);
}

// As the row stands in a text: blank cells show where something is missing.
std::string RawRow(const Row& row, bool text, size_t limit) {
  if (!text || row.joins || row.loose) return RawOf(row, limit);
  std::string raw = row.text;
  for (size_t at = raw.find('\t'); at != std::string::npos; at = raw.find('\t', at + 3))
    raw.replace(at, 1, " | ");
  return Shorten(Tidy(raw), limit);
}

// "3", "十二", "1.2"
bool IsRowNumber(absl::string_view word) {
  for (const std::string& c : Characters(word)) {
    const bool digit = c.size() == 1 && c[0] >= '0' && c[0] <= '9';
    if (!digit && c != "." && c != "(" && c != ")" && c != "、" && c != "十" &&
        !WordList::Named("numerals").Has(c))
      return false;
  }
  return word.size() <= 4 || (word.size() <= 9 && !absl::StrContains(word, "."));
}

// "年度目标值(%)": the unit of targets that name none of their own.
std::string UnitOfHeader(absl::string_view word, absl::string_view value) {
  const size_t open = word.rfind('(');
  if (open == absl::string_view::npos || !absl::ConsumeSuffix(&word, ")")) return "";
  const absl::string_view inside = word.substr(open + 1);
  return IsKnownUnit(inside) && ParseQuantity(value).unit.empty() ? std::string(inside) : "";
}

// What the target is read with: "≥", "正向", "约束性".
bool IsNature(absl::string_view word) {
  return IsComparator(word) || WordList::Named("cells").Has(word) || WordList::Named("directions").Has(word);
}

}  // namespace

void RowReader::SetTable(ParsedTable* table, int number) {
  if (number != table_number_) {
    level1_.clear();
    level2_.clear();
    last_told_ = 0;
  }
  table_ = table;
  table_number_ = number;
}

bool RowReader::Read(const RowView& view) {
  Row& from = view.row();
  last_whole_ = std::exchange(this_whole_, !from.loose && view.alignment().column[0] == 0);
  TellErrors(view);
  if (view.IsLevelsOnly()) {
    ParsedIndicator group;
    FillLevels(view, &group);
    for (Cell& cell : from.cells) MarkRead(&cell);
    return false;
  }
  if (TakeBlankForm(view)) return false;
  const bool named = view.At(Column::kName) != nullptr, targeted = view.At(Column::kTarget) != nullptr;
  const CellTraits level2 = view.Traits(Column::kLevel2);
  const bool certain = view.Traits(Column::kWeight).weight && view.Traits(Column::kRule).rule;
  // Cells that blanks or line ends tell apart have an order and no columns.
  const bool ordered = from.joins || from.loose || IsOfLines(from);
  const bool stands = !ordered && FitOf(view.Traits(Column::kName), Column::kName) > kWrong && targeted &&
                      (named || certain) && FitOf(level2, Column::kLevel2) > kWrong;
  // Cells of one a line, some of them blank, without a level to begin with: only a figure with a comparator
  // says that it is a row at all. And one cell alone is no indicator, unless it names one.
  const bool lost = from.loose && view.At(Column::kLevel1) == nullptr &&
                    view.At(Column::kLevel2) == nullptr && !view.Traits(Column::kTarget).compared;
  const bool nameless = from.single() && !named;
  if (lost || nameless || (!(view.alignment().fits && (named || targeted)) && !stands)) {
    Reject(view);
    return false;
  }
  ParsedIndicator row;
  row.line = from.line;
  row.raw = RawRow(from, source_.text, kMaxRaw);
  FillLevels(view, &row);
  std::string target;
  FillName(view, &row, &target);
  std::vector<Finding> told = FillTarget(view, target, &row);
  row.basis = view[Column::kBasis];
  FillPrior(view[Column::kPrior], &row);
  Weight weight = ParseWeight(view[Column::kWeight]);
  row.weight = weight.value;
  row.rule_text = view[Column::kRule];
  row.rule = scoring::ResolveRule(*options_.profile, row.rule_text);
  row.evidence = view[Column::kEvidence];
  row.actual = view[Column::kActual];
  row.score = view[Column::kScore];
  row.review = view[Column::kReview];
  row.reached = view[Column::kReached];
  row.reason = view[Column::kReason];
  FillPlaces(view, &row);
  table_->indicators.push_back(std::move(row));
  if (view[Column::kTarget].empty() && !target.empty()) TellCut(view, target);
  TellMoved(view);
  if (header_->Has(Column::kWeight)) AddNotes(view, Column::kWeight, std::move(weight.findings));
  AddNotes(view, Column::kTarget, std::move(told));
  TellShared(view);
  MarkCells(view);
  return true;
}

void RowReader::Reject(const RowView& view) {
  Finding finding =
      MakeFinding(Severity::kError, "ROW_REJECTED", *table_, table_number_,
                  static_cast<int>(table_->indicators.size()) + 1, PlaceOf(source_, view.row()), "");
  finding.raw = RawRow(view.row(), source_.text, kMaxRejected);
  if (const CellTraits weight = view.Traits(Column::kWeight); weight.weight)
    finding.points = ParseWeight(view[Column::kWeight]).value;
  finding.message = {"这一行的各列对不上表头，无法确定各单元格的含义，未导入。",
                     "The cells of this row fit the header in no unique way; it was not imported."};
  finding.repair = {"请按表头补齐或移动单元格后重新导入。",
                    "Put the cells under their headers and import again."};
  findings_->push_back(std::move(finding));
  for (Cell& cell : view.row().cells) MarkTold(&cell);
  TellMixed(view, table_->indicators.size());
}

void RowReader::FillLevels(const RowView& view, ParsedIndicator* row) {
  const std::string level1 = LevelName(view[Column::kLevel1]);
  std::string level2 = LevelName(view[Column::kLevel2]);
  if (!level1.empty() && level1 != level1_) {
    level1_ = level1;
    level2_.clear();
  }
  // A cell that is merged over both columns is the name of both.
  const Cell* cell = view.At(Column::kLevel1);
  const int column2 = header_->At(Column::kLevel2);
  if (level2.empty() && cell != nullptr && column2 >= 0 && cell->columns > 1 &&
      header_->Over(cell->last_column()) >= column2 &&
      header_->Over(cell->last_column()) != header_->At(Column::kLevel1)) {
    level2 = level1;
  }
  if (!level2.empty()) level2_ = level2;
  row->level1 = level1_;
  row->level2 = level2_;
}

// "指标2：……", "无" and nothing else: a line of the form that nobody filled in.
bool RowReader::TakeBlankForm(const RowView& view) {
  const Cell* name = view.At(Column::kName);
  if (name == nullptr || !IsBlankName(name->text)) return false;
  for (const Column column : {Column::kTarget, Column::kWeight, Column::kActual}) {
    const Cell* cell = view.At(column);
    if (cell != nullptr && !IsBlankName(cell->text)) return false;
  }
  ParsedIndicator levels;
  FillLevels(view, &levels);
  for (size_t i = 0; i < view.row().cells.size(); ++i) {
    const int at = view.alignment().column[i];
    if (at == header_->At(Column::kLevel1) || at == header_->At(Column::kLevel2)) {
      MarkRead(&view.row().cells[i]);
    } else if (IsBlankName(view.row().cells[i].text)) {
      MarkFurniture(&view.row().cells[i], "blank sign");
    }
  }
  return true;
}

void RowReader::FillName(const RowView& view, ParsedIndicator* row, std::string* target) {
  row->name = WithoutIndicatorNumber(view[Column::kName]);
  *target = view[Column::kTarget];
  if (row->name.empty() && absl::StartsWith(header_->Word(Column::kDescription), "三级")) {
    // A form of four levels whose row has none but three.
    row->name = view[Column::kDescription];
    if (Cell* cell = view.At(Column::kDescription); cell != nullptr) MarkRead(cell);
  }
  std::string name;
  if (target->empty() && CutTarget(row->name, &name, target)) row->name = name;
}

void RowReader::TellCut(const RowView& view, const std::string& target) {
  Finding finding = Make(Severity::kNote, "TARGET_IN_NAME", view, Column::kName);
  finding.raw = Shorten(view[Column::kName]);
  finding.understood = absl::StrCat(table_->indicators.back().name, " / ", target);
  finding.message = {"指标名称和指标值写在同一格里，已在比较符处分开。",
                     "Name and target stand in one cell; they were taken apart at the comparator."};
  finding.repair = {"请核对。", "Check it."};
  findings_->push_back(std::move(finding));
}

std::vector<Finding> RowReader::FillTarget(const RowView& view, const std::string& value,
                                           ParsedIndicator* row) {
  TargetCells cells;
  cells.value = value;
  cells.nature = view.Nature();
  if (!view.Traits(Column::kUnit).no_prior) cells.unit = view[Column::kUnit];
  if (!header_->Has(Column::kUnit)) cells.unit = UnitOfHeader(header_->Word(Column::kTarget), value);
  cells.level1 = row->level1;
  cells.level2 = row->level2;
  cells.name = row->name;
  TargetReading reading = ReadTarget(cells);
  row->comparator = reading.comparator;
  row->target = reading.target;
  row->unit = std::move(reading.unit);
  row->target_text = std::move(reading.text);
  return std::move(reading.findings);
}

void RowReader::FillPrior(const std::string& text, ParsedIndicator* row) {
  const std::string squeezed = Squeeze(text);
  if (squeezed.empty() || absl::StrContains(squeezed, "无上年") || squeezed == "无" || squeezed == "-" ||
      squeezed == "/")
    return;
  const Quantity quantity = ParseQuantity(text);
  // A value's unit is the target's. What is no unit must not get lost with it.
  const bool whole =
      quantity.unit.empty() || IsKnownUnit(quantity.unit) || WordList::Named("measures").Has(quantity.unit);
  if (whole) row->prior_value = quantity.value;
  row->prior_text = whole ? quantity.text : text;
}

void RowReader::FillPlaces(const RowView& view, ParsedIndicator* row) {
  static constexpr std::pair<Column, const char*> kWords[] = {
      {Column::kLevel1, "一级指标"},   {Column::kLevel2, "二级指标"},  {Column::kName, "三级指标"},
      {Column::kTarget, "指标值"},     {Column::kWeight, "分值权重"},  {Column::kRule, "指标赋分规则"},
      {Column::kEvidence, "佐证资料"}, {Column::kPrior, "上年完成值"}, {Column::kBasis, "指标值设置依据"},
      {Column::kActual, "实际完成值"}, {Column::kScore, "得分"},       {Column::kReason, "偏差原因"}};
  row->place = PlaceOf(source_, view.row());
  for (const auto& [column, word] : kWords) {
    const Cell* cell = view.At(column);
    if (cell != nullptr && !cell->address.empty()) row->addresses[word] = cell->address;
  }
  if (const auto name = row->addresses.find("三级指标"); name != row->addresses.end())
    row->place.address = name->second;
}

// What a field takes is read; what no field takes is told by the column (table_reader.cc).
void RowReader::MarkCells(const RowView& view) {
  for (size_t i = 0; i < view.row().cells.size(); ++i) {
    Cell& cell = view.row().cells[i];
    const int at = view.alignment().column[i];
    if (at < 0) continue;
    const Column kind = header_->columns()[static_cast<size_t>(at)].kind;
    switch (kind) {
      case Column::kNumber:
        // Where blanks tell cells apart, a figure may have come to stand here from beside.
        if (IsRowNumber(cell.word) && !(view.row().joins && i > 0)) MarkFurniture(&cell, "row number");
        break;
      case Column::kUnit:
        // A unit that nobody knows beside words is content that no field takes.
        if (header_->At(kind) == at && (view.TraitsAt(i).unit || view.TraitsAt(i).no_prior ||
                                        table_->indicators.back().target.has_value()))
          MarkRead(&cell);
        break;
      case Column::kGroup:
        // The group's own word; anything else is content that no field takes.
        if (IsOtherTime(cell.word) || ColumnOf(cell.word, 0).kind == Column::kGroup)
          MarkFurniture(&cell, "header");
        break;
      case Column::kUnknown:
      case Column::kIgnored:
      case Column::kOtherTime:
      case Column::kForecast:
      case Column::kLikelihood:
      case Column::kDescription:
        break;
      case Column::kProject:
      case Column::kProjectCode:
      case Column::kUnitName:
      case Column::kMoney:
      case Column::kGoal:
      case Column::kLeader:
      case Column::kYear:
        break;  // the table's, not the row's
      default:
        if (kind == Column::kNature ? IsNature(cell.word) : header_->At(kind) == at) MarkRead(&cell);
    }
  }
}

Finding RowReader::Make(Severity severity, std::string code, const RowView& view, Column column) const {
  const ParsedIndicator& row = table_->indicators.back();
  Place place = row.place;
  const Cell* cell = view.At(column);
  if (cell != nullptr && !cell->address.empty()) place.address = cell->address;
  Finding finding = MakeFinding(severity, std::move(code), *table_, table_number_,
                                static_cast<int>(table_->indicators.size()), place, header_->Word(column));
  finding.indicator_name = row.name;
  finding.points = row.weight;
  return finding;
}

void RowReader::TellMoved(const RowView& view) {
  const ParsedIndicator& row = table_->indicators.back();
  if (!view.alignment().moved) return;
  const int shift = view.Shift();
  // Only levels that stand above are left out, and everything behind them follows in order.
  const bool levels = view.row().cells[0].column == 0 &&
                      row.weight.has_value() == header_->Has(Column::kWeight) &&
                      !view[Column::kTarget].empty();
  // Blanks say nothing of which cell is missing; what no field takes is told by its row (column_findings.h).
  if (view.row().joins || (view.row().loose && levels)) return;
  Finding finding = Make(Severity::kWarning, "ROW_REALIGNED", view, Column::kLevel2);
  finding.raw = Shorten(row.raw);
  finding.understood = absl::StrCat(row.level2, " / ", row.name, " / ", view[Column::kTarget]);
  finding.message = shift == -1 ? Text{"这一行整体左移了一列。", "This row stands one column too far left."}
                    : shift == 1
                        ? Text{"这一行整体右移了一列。", "This row stands one column too far right."}
                        : Text{"这一行缺少单元格，与表头没有对齐。",
                               "Cells of this row are left out; they do not stand under their headers."};
  finding.repair = {"已按唯一合理的位置归位。", "It was moved to the only place where it fits."};
  findings_->push_back(std::move(finding));
  TellMixed(view, table_->indicators.size() - 1);
  last_told_ = table_->indicators.size();
}

bool RowReader::IsOfLines(const Row& row) const {
  return row.grid >= 0 && source_.grids[static_cast<size_t>(row.grid)].separator == document::SEPARATOR_LINE;
}

void RowReader::TellMixed(const RowView& view, size_t above) {
  // A row that begins with its first column has lost nothing to a row above it that is whole.
  const bool whole = last_whole_ && view.alignment().column[0] == 0;
  if (!IsOfLines(view.row()) || above == 0 || last_told_ == above || whole) return;
  last_told_ = above;
  const ParsedIndicator& row = table_->indicators[above - 1];
  Finding finding = MakeFinding(Severity::kWarning, "ROW_REALIGNED", *table_, table_number_,
                                static_cast<int>(above), row.place, "");
  finding.indicator_name = row.name;
  finding.points = row.weight;
  finding.raw = Shorten(row.raw);
  finding.understood = absl::StrCat(row.level2, " / ", row.name);
  finding.message = {"下一行的单元格对不上表头，其中的单元格可能属于这一行。",
                     "The cells of the next row do not fit the header; some may belong to this row."};
  finding.repair = {"请对照原文核对这两行。", "Check both rows against the document."};
  findings_->push_back(std::move(finding));
}

// Findings of single cells get their place: that of the column they speak of.
void RowReader::AddNotes(const RowView& view, Column column, std::vector<Finding> notes) {
  for (Finding& note : notes) {
    const bool nature = note.code == "COMPARATOR_BY_NATURE" || note.code == "DIRECTION_CONTRADICTION";
    const Finding at = Make(note.severity, note.code, view, nature ? Column::kNature : column);
    note.place = at.place;
    note.table_name = at.table_name;
    note.indicator_name = at.indicator_name;
    if (!note.points.has_value()) note.points = at.points;
    findings_->push_back(std::move(note));
  }
}

// Points or a target that stand once for several rows are the first row's; the others are told.
void RowReader::TellShared(const RowView& view) {
  const Row& row = view.row();
  const Cell* weight = view.At(Column::kWeight);
  const Cell* target = view.At(Column::kTarget);
  const bool same = row.grid == shared_grid_;
  if (weight == nullptr && same && row.grid_row <= shared_weight_) {
    Finding finding = Make(Severity::kError, "WEIGHT_SHARED", view, Column::kWeight);
    finding.message = {
        "分值单元格跨了几行，只有一个分值，算在第一行。",
        "One cell of points stands for several rows; the points were given to the first of them."};
    finding.repair = {"请给每一行写明分值。", "Give each row its own points."};
    findings_->push_back(std::move(finding));
  }
  if (target == nullptr && same && row.grid_row <= shared_target_) {
    Finding finding = Make(Severity::kError, "TARGET_SHARED", view, Column::kTarget);
    finding.message = {"指标值单元格跨了几行，算在第一行。",
                       "One target stands for several rows; it was given to the first of them."};
    finding.repair = {"请给每一行写明指标值。", "Give each row its own target."};
    findings_->push_back(std::move(finding));
  }
  if (!same) shared_weight_ = shared_target_ = -1;
  if (weight != nullptr && weight->rows > 1) shared_weight_ = row.grid_row + weight->rows - 1;
  if (target != nullptr && target->rows > 1) shared_target_ = row.grid_row + target->rows - 1;
  shared_grid_ = row.grid;
}

void RowReader::TellErrors(const RowView& view) {
  for (const Cell& cell : view.row().cells) {
    if (cell.kind != document::CELL_KIND_ERROR) continue;
    Place place = PlaceOf(source_, view.row());
    place.address = cell.address;
    Finding finding = MakeFinding(Severity::kError, "CELL_ERROR", *table_, table_number_,
                                  static_cast<int>(table_->indicators.size()) + 1, place, "");
    finding.raw = cell.text;
    finding.message = {absl::StrCat("单元格是错误值 ", cell.text, "：公式算不出结果。"),
                       absl::StrCat("The cell holds the error ", cell.text, ": its formula has no result.")};
    finding.repair = {
        "请在原文件中改正后重新导入；以“=”开头的文字要设为文本格式。",
        "Correct it in the file and import again; text that begins with \"=\" needs the text format."};
    findings_->push_back(std::move(finding));
  }
}

void RowReader::JoinLevel(Row* row) {
  if (row->cells.empty() || header_ == nullptr || table_ == nullptr || level1_.empty()) return;
  const int column = header_->At(Column::kLevel1);
  Cell& cell = row->cells[0];
  if (column < 0 || header_->Over(cell.column) != column || (levels_.Of(cell.word) & 1) != 0) return;
  for (const absl::string_view behind : {"", "指标"}) {
    const std::string joined = absl::StrCat(level1_, behind, cell.word);
    if ((levels_.Of(joined) & 1) == 0) continue;
    for (ParsedIndicator& indicator : table_->indicators) {
      if (indicator.level1 == level1_) indicator.level1 = LevelName(joined);
    }
    level1_ = LevelName(joined);
    MarkFurniture(&cell, "continued cell");
    cell.text.clear();
    cell.word.clear();
    return;
  }
}

}  // namespace attain::importing
