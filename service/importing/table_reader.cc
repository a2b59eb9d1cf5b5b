#include "service/importing/table_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "service/importing/footing.h"
#include "service/importing/header.h"
#include "service/importing/heading.h"
#include "service/importing/quantity.h"
#include "service/importing/text.h"
#include "service/scoring/score.h"

namespace attain::importing {
namespace {

using scoring::RuleKind;

constexpr size_t kMaxComparator = 15;  // bytes: five characters

bool IsBlank(const Line& line) {
  return std::all_of(line.cells.begin(), line.cells.end(), [](const std::string& cell) { return Squeeze(cell).empty(); });
}

// One row's cells seen through the header, moved by `offset` columns: −1 = the row's cells stand one column too far left.
class RowView {
 public:
  RowView(const Header& header, const std::vector<std::string>& cells, int offset)
      : header_(header), cells_(cells), offset_(offset) {}
  std::string operator[](Column column) const {
    if (!header_.Has(column)) return "";
    // Level 1 never moves: it is the first column and blank below a merged cell.
    const int at = header_[column] + (column == Column::kLevel1 ? 0 : offset_);
    if (offset_ < 0 && column == Column::kLevel2) return "";
    if (at < 0 || at >= static_cast<int>(cells_.size())) return "";
    return Tidy(cells_[static_cast<size_t>(at)]);
  }
  // 指标性质 and 比较符 may be two columns: "正向" and "大于等于".
  std::string Nature() const {
    std::string words;
    for (const int column : header_.natures) {
      const int at = column + offset_;
      if (at >= 0 && at < static_cast<int>(cells_.size())) absl::StrAppend(&words, cells_[static_cast<size_t>(at)]);
    }
    return words;
  }
  bool LevelsFit() const {
    const std::string level2 = LevelName((*this)[Column::kLevel2]);
    return level2.empty() || IsLevel2(level2);
  }
  bool WeightFits() const { return ParseNumber((*this)[Column::kWeight]).has_value(); }
  bool RuleFits(const scoring::Profile& profile) const {
    return scoring::ResolveRule(profile, (*this)[Column::kRule]) != RuleKind::kUnmapped;
  }
  bool Fits(const scoring::Profile& profile) const {
    return LevelsFit() && WeightFits() && RuleFits(profile) && !(*this)[Column::kName].empty() && !IsLevel2(LevelName((*this)[Column::kName]));
  }

 private:
  const Header& header_;
  const std::vector<std::string>& cells_;
  const int offset_;
};

class RowReader {
 public:
  RowReader(const Header& header, int table_number, const ImportOptions& options, ParsedTable* table,
            std::vector<Finding>* findings)
      : header_(header), table_number_(table_number), options_(options), table_(table), findings_(findings) {}

  // In its place under every header, whatever stands around it.
  bool IsPlainRow(const Line& line) const {
    const RowView view(header_, line.cells, 0);
    const bool counted = ParseQuantity(view[Column::kTarget]).comparator != scoring::Comparator::kNone;
    const bool merged = header_.Has(Column::kWeight) && (header_.Has(Column::kRule) || counted);
    const std::string level2 = LevelName(view[Column::kLevel2]);
    return (level2.empty() ? merged : IsLevel2(level2)) && !view[Column::kName].empty() && !view[Column::kTarget].empty() &&
           (!header_.Has(Column::kWeight) || view.WeightFits()) &&
           (!header_.Has(Column::kRule) || view.RuleFits(*options_.profile));
  }

  void Read(const Line& line) {
    const std::optional<int> offset = FindOffset(line);
    if (!offset.has_value()) {
      Reject(line);
      return;
    }
    const RowView view(header_, line.cells, *offset);
    if (view[Column::kName].empty() && view[Column::kTarget].empty()) {
      // A level's own line above its rows, or nothing that could be an indicator.
      const std::string level1 = LevelName(view[Column::kLevel1]), level2 = LevelName(view[Column::kLevel2]);
      if (!IsLevel1(level1) && (!level1.empty() || !IsLevel2(level2))) return Reject(line);
      ParsedIndicator group;
      return FillLevels(view, &group);
    }
    ParsedIndicator row;
    row.line = line.number;
    row.raw = Shorten(Tidy(absl::StrJoin(line.cells, " | ")), 1000);
    FillLevels(view, &row);
    row.name = view[Column::kName];
    FillTarget(view, &row);
    row.basis = view[Column::kBasis];
    FillPrior(view[Column::kPrior], &row);
    row.weight = ParseNumber(view[Column::kWeight]);
    row.rule_text = view[Column::kRule];
    row.rule = scoring::ResolveRule(*options_.profile, row.rule_text);
    row.evidence = view[Column::kEvidence];
    table_->indicators.push_back(std::move(row));
    Report(*offset, view, table_->indicators.back());
  }

  // The usual form has no column of rules: each row gets the usual rule for its kind of target, and that is
  // told. Where there is a column, what it says counts and nothing is guessed.
  void AssumeRules(int header_line) {
    if (header_.Has(Column::kRule)) return;
    Decimal points;
    for (const ParsedIndicator& row : table_->indicators) points = points + row.weight.value_or(Decimal());
    if (points.is_zero()) return;
    for (ParsedIndicator& row : table_->indicators) {
      const Quantity words = ParseQuantity(row.target_text);
      if (row.target.has_value() || words.unclear) {
        row.rule = RuleKind::kProportional;
      } else if (words.is_date) {
        row.rule = RuleKind::kDirect;
      } else if (!words.text.empty()) {
        row.rule = RuleKind::kRating;
      }
    }
    Finding finding = MakeFinding(Severity::kWarning, "RULE_ASSUMED", *table_, table_number_, 0, header_line,
                                  "指标赋分规则");
    finding.points = points;
    finding.understood = "PROPORTIONAL / RATING / DIRECT";
    finding.message = {
        "表中没有赋分规则列：数值目标按完成比例赋分，文字目标按评判等级赋分，日期目标直接赋分。",
        "The table has no column of scoring rules: numbers are scored by proportion, words by rating, dates "
        "by yes or no."};
    finding.repair = {"如另有规定，请在导入前加上“赋分规则”列，或在表生效前改正。",
                      "If other rules apply, add the column 赋分规则 before importing, or change them before "
                      "the table is in force."};
    findings_->push_back(std::move(finding));
  }

 private:
  std::optional<int> FindOffset(const Line& line) const {
    const scoring::Profile& profile = *options_.profile;
    if (!header_.Has(Column::kRule) || !header_.Has(Column::kWeight)) return 0;
    if (RowView(header_, line.cells, 0).Fits(profile)) return 0;
    std::vector<int> fitting;
    for (const int offset : {-1, 1}) {
      if (RowView(header_, line.cells, offset).Fits(profile)) fitting.push_back(offset);
    }
    if (fitting.size() == 1) return fitting[0];
    const RowView plain(header_, line.cells, 0);
    // In its place, but with a rule nobody has mapped or words where the weight belongs: taken as it stands
    // and told. So is one that lacks nothing but its name.
    const bool named = !plain[Column::kName].empty() || (plain.WeightFits() && plain.RuleFits(profile));
    if (plain.LevelsFit() && named && !plain[Column::kTarget].empty() && fitting.empty()) return 0;
    return std::nullopt;
  }

  void Reject(const Line& line) {
    Finding finding = MakeFinding(Severity::kError, "ROW_REJECTED", *table_, table_number_,
                                  static_cast<int>(table_->indicators.size()) + 1, line.number, "");
    finding.raw = Shorten(Tidy(absl::StrJoin(line.cells, " | ")));
    finding.message = {"这一行的各列对不上表头，无法确定各单元格的含义，未导入。", "The cells of this row fit the header in no unique way; it was not imported."};
    finding.repair = {"请按表头补齐或移动单元格后重新导入。", "Put the cells under their headers and import again."};
    findings_->push_back(std::move(finding));
  }

  void FillLevels(const RowView& view, ParsedIndicator* row) {
    const std::string level1 = LevelName(view[Column::kLevel1]), level2 = LevelName(view[Column::kLevel2]);
    if (!level1.empty() && level1 != level1_) {
      level1_ = level1;
      level2_.clear();
    }
    if (!level2.empty()) level2_ = level2;
    row->level1 = level1_;
    row->level2 = level2_;
  }

  void FillTarget(const RowView& view, ParsedIndicator* row) {
    const std::string text = view[Column::kTarget];
    Quantity quantity = ParseQuantity(text);
    if (quantity.comparator == scoring::Comparator::kNone) quantity.comparator = ParseComparator(view.Nature());
    if (quantity.comparator == scoring::Comparator::kNone) quantity.comparator = ComparatorInName(row->name);
    by_direction_ = quantity.comparator == scoring::Comparator::kNone && quantity.value.has_value();
    if (by_direction_) quantity.comparator = DirectionOf(view.Nature());
    by_direction_ = by_direction_ && quantity.comparator != scoring::Comparator::kNone;
    if (quantity.value.has_value() && quantity.unit.empty()) quantity.unit = Squeeze(view[Column::kUnit]);
    if (quantity.value.has_value() && quantity.unit.empty()) quantity.unit = UnitInName(row->name);
    row->target = quantity.value;
    row->unit = quantity.unit;
    row->target_text = quantity.text;
    row->comparator = quantity.value.has_value() ? quantity.comparator : scoring::Comparator::kNone;
    approximate_ = quantity.approximate;
  }

  // 正向 and 反向 say which way is better, so they say which bound a bare number is; 定量 and 约束性 do not.
  static scoring::Comparator DirectionOf(const std::string& nature) {
    const std::string squeezed = Squeeze(nature);
    if (absl::StartsWith(squeezed, "正向")) return scoring::Comparator::kAtLeast;
    if (absl::StartsWith(squeezed, "反向") || absl::StartsWith(squeezed, "逆向"))
      return scoring::Comparator::kAtMost;
    return scoring::Comparator::kNone;
  }

  // "培训人次(≥)", "办结天数不超过" → the comparator at the name's end.
  static scoring::Comparator ComparatorInName(const std::string& name) {
    const std::string narrow = Squeeze(Narrow(name));
    absl::string_view rest = narrow;
    absl::ConsumeSuffix(&rest, ")");
    for (size_t at = 0; at < rest.size(); ++at) {
      if ((static_cast<unsigned char>(rest[at]) & 0xC0) == 0x80 || rest.size() - at > kMaxComparator) continue;
      if (IsComparator(rest.substr(at))) return ParseComparator(rest.substr(at));
    }
    return scoring::Comparator::kNone;
  }

  // "系统故障率(%)" → "%"
  static std::string UnitInName(const std::string& name) {
    const std::string narrow = Squeeze(Narrow(name));
    const size_t open = narrow.rfind('(');
    if (open == std::string::npos || narrow.back() != ')') return "";
    return narrow.substr(open + 1, narrow.size() - open - 2);
  }

  void FillPrior(const std::string& text, ParsedIndicator* row) {
    const std::string squeezed = Squeeze(text);
    if (squeezed.empty() || absl::StrContains(squeezed, "无上年") || squeezed == "无" || squeezed == "-" || squeezed == "/") return;
    const Quantity quantity = ParseQuantity(text);
    row->prior_value = quantity.value;
    row->prior_text = quantity.text;
  }

  Finding Make(Severity severity, std::string code, Column column) const {
    const ParsedIndicator& row = table_->indicators.back();
    Finding finding = MakeFinding(severity, std::move(code), *table_, table_number_, static_cast<int>(table_->indicators.size()),
                                  row.line, header_.Word(column));
    finding.indicator_name = row.name;
    finding.points = row.weight;
    return finding;
  }

  void Report(int offset, const RowView& view, const ParsedIndicator& row) {
    if (offset != 0) {
      Finding finding = Make(Severity::kWarning, "ROW_REALIGNED", Column::kLevel2);
      finding.raw = Shorten(row.raw);
      finding.understood = absl::StrCat(row.level2, " / ", row.name, " / ", view[Column::kTarget]);
      finding.message = offset < 0 ? Text{"这一行整体左移了一列。", "This row stands one column too far left."}
                                   : Text{"这一行整体右移了一列。", "This row stands one column too far right."};
      finding.repair = {"已按唯一合理的位置归位。", "It was moved to the only place where it fits."};
      findings_->push_back(std::move(finding));
    }
    if (header_.Has(Column::kWeight) && !row.weight.has_value() && !view[Column::kWeight].empty()) {
      Finding finding = Make(Severity::kWarning, "WEIGHT_NOT_A_NUMBER", Column::kWeight);
      finding.raw = view[Column::kWeight];
      finding.message = {"权重列不是数字，按没有权重处理。", "The weight is not a number; the row is taken as unweighted."};
      finding.repair = {"如应有权重，请补填分值。", "Fill in the points if there should be any."};
      findings_->push_back(std::move(finding));
    }
    if (by_direction_) {
      Finding finding = Make(Severity::kNote, "COMPARATOR_BY_NATURE", Column::kNature);
      finding.raw = absl::StrCat(view.Nature(), " ", view[Column::kTarget]);
      finding.understood = absl::StrCat(row.comparator == scoring::Comparator::kAtLeast ? "≥" : "≤",
                                        row.target->ToString(), " ", row.unit);
      finding.message = {"指标值没有写比较符，按指标性质确定。",
                         "The target has no comparator; it was taken from the indicator's nature."};
      finding.repair = {"请核对。", "Check it."};
      findings_->push_back(std::move(finding));
    }
    if (approximate_) {
      Finding finding = Make(Severity::kWarning, "TARGET_APPROXIMATE", Column::kTarget);
      finding.raw = view[Column::kTarget];
      finding.understood = absl::StrCat(row.comparator == scoring::Comparator::kNone ? "≈" : "≥",
                                        row.target->ToString(), " ", row.unit);
      finding.message = {"指标值是概数。", "The target is an approximate number."};
      finding.repair = {"请核对并写明确切的指标值。", "Check it and state an exact target."};
      findings_->push_back(std::move(finding));
    }
  }

  const Header& header_;
  const int table_number_;
  const ImportOptions& options_;
  ParsedTable* table_;
  std::vector<Finding>* findings_;
  std::string level1_, level2_;
  bool approximate_ = false, by_direction_ = false;
};

}  // namespace

Finding MakeFinding(Severity severity, std::string code, const ParsedTable& table, int table_number, int row, int line,
                    std::string cell) {
  Finding finding;
  finding.severity = severity;
  finding.code = std::move(code);
  finding.place.line = line;
  finding.place.table = table_number;
  finding.place.row = row;
  finding.place.cell = std::move(cell);
  finding.table_name = table.name;
  return finding;
}

bool ReadSection(const Section& section, int table_number, const ImportOptions& options, ParsedTable* table,
                 std::vector<Finding>* findings) {
  table->kind = section.kind;
  table->first_line = section.title_line;
  Header header;
  size_t at = 0;
  for (; at < section.lines.size() && !ParseHeader(section.lines[at].cells, &header); ++at) ReadHeading(section.lines[at], table);
  if (table->fiscal_year == 0) table->fiscal_year = section.title_year;
  if (at == section.lines.size()) {
    Finding finding = MakeFinding(Severity::kError, "HEADER_MISSING", *table, table_number, 0, section.title_line, "");
    finding.message = {"绩效目标表没有可识别的表头（需有三级指标、指标值等列）。", "The table has no header row that can be recognised (name and target columns are needed)."};
    finding.repair = {"请检查文件是否完整。", "Check that the document is complete."};
    findings->push_back(std::move(finding));
    return false;
  }
  if (table->kind == ParsedTable::Kind::kUnit && table->name.empty()) table->name = table->unit_name;
  if (!table->total.has_value() && (table->fiscal.has_value() || table->other.has_value())) {
    table->total = table->fiscal.value_or(Decimal()) + table->other.value_or(Decimal());
  }
  RowReader reader(header, table_number, options, table, findings);
  const int header_line = table->last_line = section.lines[at].number;
  // Behind the table comes prose, and within it may come a page's foot and the next page's head: once a line of text was met,
  // only what is plainly a row goes on.
  bool prose = false;
  for (++at; at < section.lines.size(); ++at) {
    const Line& line = section.lines[at];
    Header repeated;
    if (IsBlank(line) || ParseHeader(line.cells, &repeated)) continue;
    const Footing footing = FootingOf(line.cells);
    prose = prose || line.cells.size() < 2 || footing == Footing::kEnd;
    if (footing != Footing::kNone) continue;
    if (line.cells.size() < 2 || (prose && !reader.IsPlainRow(line))) continue;
    reader.Read(line);
    table->last_line = line.number;
  }
  reader.AssumeRules(header_line);
  for (const Line& line : section.lines) {
    if (line.number > table->last_line) break;
    absl::StrAppend(&table->raw, line.text, "\n");
  }
  return true;
}

}  // namespace attain::importing
