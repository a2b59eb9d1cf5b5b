#include "service/importing/tables/column_findings.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "service/importing/cells/make_finding.h"
#include "service/importing/values/target.h"
#include "service/importing/values/text.h"
#include "service/importing/values/weight.h"

namespace attain::importing {
namespace {

Text MessageOf(const HeaderColumn& column, int cells) {
  if (column.kind == Column::kOtherTime) {
    return {absl::StrCat("列“", column.word, "”是实施期或其他年度的目标，不是本年的承诺，", cells,
                         " 格没有导入。"),
            absl::StrCat("The column \"", column.word, "\" holds targets of another time than the year; its ",
                         cells, " cells were not imported.")};
  }
  if (column.kind == Column::kUnknown) {
    return {absl::StrCat("不认识列“", column.word, "”，其中 ", cells, " 格没有导入。"),
            absl::StrCat("The column \"", column.word, "\" is not known; its ", cells,
                         " cells were not imported.")};
  }
  return {absl::StrCat("列“", column.word, "”没有对应的字段，其中 ", cells, " 格没有导入。"),
          absl::StrCat("No field takes the column \"", column.word, "\"; its ", cells,
                       " cells were not imported.")};
}

Text RepairOf(Column kind) {
  if (kind == Column::kUnknown) {
    return {"如果它是目标表的一列，请把表头改成通用名称（如“指标值”“分值”）后重新导入。",
            "If it is a column of the target table, give it a usual name (指标值, 分值) and import again."};
  }
  return {"无需处理；如确需导入请核对表头名称。",
          "Nothing is to be done; check the header's word if it should be imported."};
}

// Weights written as shares of one: "0.45" and "0.55".
void TakeShares(const Header& header, const Place& place, int number, ParsedTable* table,
                std::vector<Finding>* findings) {
  std::vector<Decimal> weights;
  for (const ParsedIndicator& row : table->indicators) {
    if (row.weight.has_value()) weights.push_back(*row.weight);
  }
  if (!AreShares(weights)) return;
  for (ParsedIndicator& row : table->indicators) {
    if (row.weight.has_value()) row.weight = *row.weight * Decimal::FromInt(100);
  }
  Finding finding = MakeFinding(Severity::kWarning, "WEIGHTS_ARE_SHARES", *table, number, 0, place,
                                header.Word(Column::kWeight));
  finding.raw = weights[0].ToString();
  finding.understood = (weights[0] * Decimal::FromInt(100)).ToString();
  finding.message = {"权重写成了小数（合计为 1），已乘以 100。",
                     "The weights are shares that sum to one; they were multiplied by 100."};
  finding.repair = {"请核对。", "Check it."};
  findings->push_back(std::move(finding));
}

// The usual form has no column of rules: each row gets the usual rule for its kind of target, and that is
// told. Where there is a column, what it says counts and nothing is guessed.
void AssumeRules(const Header& header, const Place& place, int number, ParsedTable* table,
                 std::vector<Finding>* findings) {
  if (header.Has(Column::kRule)) return;
  Decimal points;
  for (const ParsedIndicator& row : table->indicators) points = points + row.weight.value_or(Decimal());
  if (points.is_zero()) return;
  for (ParsedIndicator& row : table->indicators) {
    if (row.target.has_value() || !row.target_text.empty())
      row.rule = AssumedRule(row.target.has_value(), row.target_text);
  }
  Finding finding = MakeFinding(Severity::kWarning, "RULE_ASSUMED", *table, number, 0, place, "指标赋分规则");
  finding.points = points;
  finding.understood = "PROPORTIONAL / RATING / DIRECT";
  finding.message = {
      "表中没有赋分规则列：数值目标按完成比例赋分，文字目标按评判等级赋分，日期目标直接赋分。",
      "The table has no column of scoring rules: numbers are scored by proportion, words by rating, dates "
      "by yes or no."};
  finding.repair = {"如另有规定，请在导入前加上“赋分规则”列，或在表生效前改正。",
                    "If other rules apply, add the column 赋分规则 before importing, or change them before "
                    "the table is in force."};
  findings->push_back(std::move(finding));
}

void TellMissingLevels(const Header& header, const Place& place, int number, ParsedTable* table,
                       std::vector<Finding>* findings) {
  if (header.Has(Column::kLevel1) || header.Has(Column::kLevel2) || table->indicators.empty()) return;
  Finding finding = MakeFinding(Severity::kWarning, "LEVELS_MISSING", *table, number, 0, place, "一级指标");
  finding.message = {"表中没有一级指标和二级指标列。", "The table has no columns of level 1 and level 2."};
  finding.repair = {"请在导入前补上，或在草稿中为每个指标填写。",
                    "Add them before importing, or fill them in for each row of the draft."};
  findings->push_back(std::move(finding));
}

}  // namespace

void ColumnFindings::SetHeader(const Header* header, const Place& place, bool uneven) {
  header_ = header;
  place_ = place;
  uneven_ = uneven;
  told_ = false;
  counts_.assign(header->columns().size(), Count());
}

void ColumnFindings::Add(const Source& source, const RowView& view) {
  Row& row = view.row();
  const bool by_row = row.joins && (uneven_ || view.alignment().moved);
  std::vector<std::string> unkept;
  for (size_t i = 0; i < row.cells.size(); ++i) {
    Cell& cell = row.cells[i];
    const int at = view.alignment().column[i];
    if (at < 0 || cell.fate == Fate::kTold || cell.fate == Fate::kFurniture) continue;
    if (header_->columns()[static_cast<size_t>(at)].kind == Column::kActual) ++actuals_;
    if (cell.fate != Fate::kOpen) continue;
    MarkTold(&cell);
    if (by_row) {
      unkept.push_back(cell.text);
      continue;
    }
    Count& count = counts_[static_cast<size_t>(at)];
    if (count.cells++ > 0) continue;
    count.first = cell.text;
    count.address = cell.address;
  }
  if (!unkept.empty()) TellRow(source, view, std::move(unkept));
}

void ColumnFindings::TellRow(const Source& source, const RowView& view, std::vector<std::string> cells) {
  Finding finding;
  finding.severity = Severity::kNote;
  finding.code = "CELLS_NOT_READ";
  finding.place = PlaceOf(source, view.row());
  finding.indicator_name = view[Column::kName];
  finding.raw = Shorten(absl::StrJoin(cells, " | "));
  finding.message = {"这一行有单元格没有读入任何字段；各行的格数与表头不同，它们也可能属于相邻的列。",
                     "Cells of this row were read into no field; rows of this table have more or fewer cells "
                     "than the header, "
                     "so they may belong to the columns beside."};
  finding.repair = {"请核对这一行；如有错位请在表头补上缺少的列名。",
                    "Check the row; if it stands in the wrong columns, give the header the word it lacks."};
  rows_.push_back(std::move(finding));
}

void ColumnFindings::OtherTime(const Source& source, Row* row) {
  if (other_rows_++ == 0) {
    other_place_ = PlaceOf(source, *row);
    other_first_ =
        absl::StrJoin(row->cells, " | ", [](std::string* out, const Cell& cell) { *out += cell.text; });
  }
  for (Cell& cell : row->cells) MarkTold(&cell);
}

void ColumnFindings::Flush(const ParsedTable& table, int table_number, std::vector<Finding>* findings) {
  for (size_t i = 0; i < counts_.size(); ++i) {
    const HeaderColumn& column = header_->columns()[i];
    // A word that nobody knows is told even where nothing stands below it.
    const bool empty = counts_[i].cells == 0;
    if (empty && (column.kind != Column::kUnknown || told_)) continue;
    const bool unknown = column.kind == Column::kUnknown || column.kind == Column::kOtherTime;
    const char* code = column.kind == Column::kUnknown     ? "COLUMN_UNKNOWN"
                       : column.kind == Column::kOtherTime ? "OTHER_TIME_LEFT_OUT"
                                                           : "COLUMN_NOT_KEPT";
    Finding finding = MakeFinding(unknown && !empty ? Severity::kWarning : Severity::kNote, code, table,
                                  table_number, 0, place_, column.word);
    if (!counts_[i].address.empty()) finding.place.address = counts_[i].address;
    finding.raw = Shorten(counts_[i].first);
    finding.message = MessageOf(column, counts_[i].cells);
    finding.repair = RepairOf(column.kind);
    findings->push_back(std::move(finding));
  }
  if (other_rows_ > 0) {
    Finding finding =
        MakeFinding(Severity::kWarning, "OTHER_TIME_LEFT_OUT", table, table_number, 0, other_place_, "");
    finding.raw = Shorten(other_first_);
    finding.message = {
        absl::StrCat("实施期（中长期）的 ", other_rows_, " 行不是本年的承诺，没有导入。"),
        absl::StrCat(other_rows_,
                     " rows are targets of another time than the year; they were not imported.")};
    finding.repair = {"无需处理；如果是本年目标，请放到年度绩效指标下。",
                      "Nothing is to be done; if they are of this year, put them below 年度绩效指标."};
    findings->push_back(std::move(finding));
  }
  if (actuals_ > 0) {
    Finding finding =
        MakeFinding(Severity::kNote, "ACTUALS_NOT_TAKEN", table, table_number, 0, place_, "实际完成值");
    finding.message = {absl::StrCat("表中还有 ", actuals_, " 个实际完成值，导入目标表时不记录。"),
                       absl::StrCat("The form also holds ", actuals_,
                                    " actual values; an import of targets does not record them.")};
    finding.repair = {"目标表生效后，用自评表方式再导入一次即可记录。",
                      "Import it again as a self-evaluation once the table is in force to record them."};
    findings->push_back(std::move(finding));
  }
  for (Finding& finding : rows_) {
    finding.table_name = table.name;
    finding.place.table = table_number;
    findings->push_back(std::move(finding));
  }
  rows_.clear();
  told_ = true;
  if (header_ != nullptr) counts_.assign(header_->columns().size(), Count());
  other_rows_ = actuals_ = 0;
}

void SettleColumns(const Header& header, const Place& place, int number, ParsedTable* table,
                   std::vector<Finding>* findings) {
  TakeShares(header, place, number, table, findings);
  AssumeRules(header, place, number, table, findings);
  TellMissingLevels(header, place, number, table, findings);
}

}  // namespace attain::importing
