#include "service/importing/linter.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "service/importing/cells/make_finding.h"
#include "service/importing/goal_check.h"
#include "service/importing/target_lint.h"
#include "service/importing/values/text.h"

namespace attain::importing {
namespace {

// Whether the profile names this level; one without names leaves it to the usual ones.
bool IsKnown(absl::string_view cell, const std::vector<std::string>& names,
             bool (*usual)(absl::string_view)) {
  const std::string level = LevelName(cell);
  if (names.empty()) return usual(level);
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return LevelName(name) == level; });
}

class Linter {
 public:
  Linter(const ParsedTable& table, int number, const scoring::Profile& profile)
      : table_(table), number_(number), profile_(profile) {}

  std::vector<Finding> Run() {
    for (const ParsedIndicator& row : table_.indicators) {
      weighted_ = weighted_ || row.weight.has_value();
      evidence_ = evidence_ || !row.evidence.empty();
    }
    CheckTable();
    CheckBudget();
    for (size_t i = 0; i < table_.indicators.size(); ++i)
      CheckRow(table_.indicators[i], static_cast<int>(i) + 1);
    if (weighted_) CheckShape();
    for (Finding& finding : CheckGoal(table_, number_)) findings_.push_back(std::move(finding));
    return std::move(findings_);
  }

 private:
  Finding& Add(Severity severity, const char* code, int row, const char* cell, Text message, Text repair) {
    const ParsedIndicator* indicator = row > 0 ? &table_.indicators[static_cast<size_t>(row) - 1] : nullptr;
    Place place = indicator != nullptr ? indicator->place : table_.place;
    place.line = indicator != nullptr ? indicator->line : table_.first_line;
    if (indicator != nullptr) {
      const auto at = indicator->addresses.find(cell);
      if (at != indicator->addresses.end()) place.address = at->second;
    }
    Finding finding = MakeFinding(severity, code, table_, number_, row, place, cell);
    if (indicator != nullptr) {
      finding.indicator_name = indicator->name;
      finding.points = indicator->weight;
    }
    finding.message = std::move(message);
    finding.repair = std::move(repair);
    return findings_.emplace_back(std::move(finding));
  }

  void CheckTable() {
    if (table_.name.empty()) {
      Add(Severity::kError, "NAME_EMPTY", 0, "项目名称", {"没有项目名称。", "The table has no name."},
          {"请补填。", "Fill it in."});
    }
    if (table_.fiscal_year < 2000 || table_.fiscal_year > 2100) {
      Add(Severity::kError, "YEAR_MISSING", 0, "年度",
          {"没有找到预算年度。", "The fiscal year was not found."},
          {"请在表上方写明（YYYY 年）。", "State it above the table as (YYYY 年)."});
    }
    if (table_.kind == ParsedTable::Kind::kProject && table_.leader.empty()) {
      Add(Severity::kWarning, "LEADER_MISSING", 0, "项目负责人",
          {"没有填写项目负责人。", "No project leader is named."}, {"请补填。", "Fill it in."});
    }
    if (table_.indicators.empty()) {
      Add(Severity::kError, "NO_INDICATORS", 0, "", {"表中没有指标。", "The table has no indicators."},
          {"请补填指标。", "Add indicators."});
    } else if (!weighted_) {
      Add(Severity::kNote, "UNWEIGHTED", 0, "分值权重",
          {"表中没有权重，只显示完成情况，不计分。",
           "The table has no weights: completion is shown, there is no score."},
          {"如需计分，请补填权重。", "Add weights if it is to be scored."});
    } else if (!evidence_) {
      // Said once: many forms have no such column.
      Add(Severity::kWarning, "EVIDENCE_MISSING", 0, "佐证资料",
          {"整张表都没有写明佐证资料。", "No row of the table names evidence."},
          {"请补填；没有代为编造。", "Name it; nothing was invented."});
    }
  }

  void CheckBudget() {
    const std::pair<const char*, const std::optional<Decimal>*> amounts[] = {
        {"年度预算总额", &table_.total}, {"财政拨款", &table_.fiscal}, {"其他资金", &table_.other}};
    for (const auto& [cell, amount] : amounts) {
      if (amount->has_value() && (*amount)->sign() < 0) {
        Add(Severity::kError, "MONEY_NEGATIVE", 0, cell, {"金额为负数。", "The amount is negative."},
            {"请改正。", "Correct it."});
      }
    }
    if (!table_.total.has_value() || !table_.fiscal.has_value() || !table_.other.has_value()) return;
    const Decimal sum = *table_.fiscal + *table_.other;
    const Decimal gap = sum > *table_.total ? sum - *table_.total : *table_.total - sum;
    if (gap <= Decimal(1, 2)) return;
    Finding& finding =
        Add(Severity::kError, "BUDGET_SUM", 0, "年度预算总额",
            {"财政拨款与其他资金之和不等于总额。", "Fiscal and other money do not sum to the total."},
            {"请核对三个金额。", "Check the three amounts."});
    finding.understood = absl::StrCat(table_.fiscal->ToString(), " + ", table_.other->ToString(), " ≠ ",
                                      table_.total->ToString());
  }

  void CheckRow(const ParsedIndicator& row, int number) {
    if (row.name.empty()) {
      Add(Severity::kError, "INDICATOR_NAME_EMPTY", number, "三级指标",
          {"指标没有名称。", "The indicator has no name."}, {"请补填。", "Fill it in."});
    } else if (!names_.insert(Squeeze(row.name)).second) {
      Add(Severity::kError, "INDICATOR_NAME_DUPLICATE", number, "三级指标",
          {"指标名称重复。", "The indicator's name occurs twice."}, {"请改名或合并。", "Rename or merge."});
    }
    CheckLevels(row, number);
    CheckTarget(row, number);
    if (weighted_) CheckWeight(row, number);
    CheckHabits(row, number);
  }

  void CheckLevels(const ParsedIndicator& row, int number) {
    if (!IsKnown(row.level1, profile_.level1_names, &IsLevel1)) {
      Add(Severity::kError, "LEVEL1_UNKNOWN", number, "一级指标",
          {absl::StrCat("未知的一级指标 “", row.level1, "”。"),
           absl::StrCat("Unknown level 1 \"", row.level1, "\".")},
          {"请改用规定的一级指标名称。", "Use a known level-1 name."})
          .raw = row.level1;
    }
    if (!IsKnown(row.level2, profile_.level2_names, &IsLevel2)) {
      Add(Severity::kError, "LEVEL2_UNKNOWN", number, "二级指标",
          {absl::StrCat("未知的二级指标 “", row.level2, "”。"),
           absl::StrCat("Unknown level 2 \"", row.level2, "\".")},
          {"请改用规定的二级指标名称。", "Use a known level-2 name."})
          .raw = row.level2;
    }
  }

  void CheckTarget(const ParsedIndicator& row, int number) {
    for (Finding& note : LintTarget(row, weighted_, profile_)) {
      Finding& finding = Add(note.severity, note.code.c_str(), number, note.place.cell.c_str(),
                             std::move(note.message), std::move(note.repair));
      finding.raw = std::move(note.raw);
      finding.understood = std::move(note.understood);
    }
  }

  void CheckWeight(const ParsedIndicator& row, int number) {
    if (!row.weight.has_value()) {
      Add(Severity::kError, "WEIGHT_MISSING", number, "分值权重", {"没有权重。", "There is no weight."},
          {"请补填分值。", "Fill in the points."});
    } else if (row.weight->sign() <= 0) {
      Add(Severity::kError, "WEIGHT_NOT_POSITIVE", number, "分值权重",
          {"权重须大于 0。", "The weight must be above 0."}, {"请改正。", "Correct it."});
    } else if (*row.weight * Decimal::FromInt(10) > profile_.indicator_points * Decimal::FromInt(3)) {
      Add(Severity::kWarning, "WEIGHT_HEAVY", number, "分值权重",
          {absl::StrCat("一个指标占 ", row.weight->ToString(), " 分，超过总分值的 30%。"),
           absl::StrCat("One indicator carries ", row.weight->ToString(), " points, more than 30 % of all.")},
          {"请考虑拆分。", "Consider splitting it."});
    }
  }

  void CheckHabits(const ParsedIndicator& row, int number) {
    const std::string name = Squeeze(row.name);
    if (absl::StrContains(name, "拨付率") || absl::StrContains(name, "支付率") ||
        absl::StrContains(name, "预算执行率")) {
      Add(Severity::kWarning, "PAYMENT_RATE", number, "三级指标",
          {"资金支付类指标已在预算执行率中计分。", "A payment rate is already counted in budget execution."},
          {"请换成反映产出质量的指标。", "Replace it by an indicator of the output's quality."});
    }
    if (Squeeze(row.basis) == "预算支出标准" && !absl::StrContains(row.level1, "成本") &&
        !absl::StrContains(row.level2, "成本")) {
      Add(Severity::kWarning, "BASIS_MISMATCH", number, "指标值设置依据",
          {"非成本指标以预算支出标准为依据。",
           "An indicator that is no cost is based on a spending standard."},
          {"请改用计划标准、行业标准或历史标准。", "Use a plan, an industry standard or history."})
          .raw = row.basis;
    }
    if (evidence_ && row.evidence.empty() && weighted_) {
      Add(Severity::kWarning, "EVIDENCE_MISSING", number, "佐证资料",
          {"没有写明佐证资料。", "No evidence is named."},
          {"请补填；没有代为编造。", "Name it; nothing was invented."});
    }
    if (UnitIsOdd(name, row.unit)) {
      Add(Severity::kWarning, "UNIT_ODD", number, "指标值",
          {absl::StrCat("计量单位 “", row.unit, "” 与指标名称不符。"),
           absl::StrCat("The unit \"", row.unit, "\" does not fit the name.")},
          {"请核对计量单位。", "Check the unit."})
          .raw = row.unit;
    }
  }

  static bool UnitIsOdd(const std::string& name, const std::string& unit) {
    if (unit.empty() || unit == "%") return false;
    static const std::pair<const char*, std::set<std::string>> kFitting[] = {
        {"城市数", {"座", "个"}},
        {"国家数", {"个", "国"}},
        {"企业数", {"家", "个", "户"}},
        {"人数", {"人", "人次", "名"}},
        {"次数", {"次", "场", "场次", "批次"}}};
    for (const auto& [word, units] : kFitting) {
      if (absl::StrContains(name, word) && units.count(unit) == 0) return true;
    }
    return false;
  }

  void CheckShape() {
    Decimal sum;
    std::map<std::string, Decimal> level1;
    std::set<std::string> level2;
    for (const ParsedIndicator& row : table_.indicators) {
      const Decimal weight = row.weight.value_or(Decimal());
      sum = sum + weight;
      const std::string name = LevelName(row.level1);
      level1[name] = level1[name] + weight;
      level2.insert(LevelName(row.level2));
    }
    if (sum != profile_.indicator_points) {
      Finding& finding = Add(
          Severity::kError, "WEIGHT_SUM", 0, "分值权重",
          {absl::StrCat("权重合计 ", sum.ToString(), "，应为 ", profile_.indicator_points.ToString(), "。"),
           absl::StrCat("The weights sum to ", sum.ToString(), ", they must sum to ",
                        profile_.indicator_points.ToString(), ".")},
          {"请调整权重。", "Adjust the weights."});
      finding.points =
          sum > profile_.indicator_points ? sum - profile_.indicator_points : profile_.indicator_points - sum;
    }
    if (table_.kind == ParsedTable::Kind::kUnit) return;
    const auto missing = [&](bool present, const char* code, const char* what_zh, const char* what_en) {
      if (present) return;
      Add(Severity::kWarning, code, 0, "",
          {absl::StrCat("没有", what_zh, "指标。"), absl::StrCat("There is no ", what_en, " indicator.")},
          {"请考虑补充。", "Consider adding one."});
    };
    const bool satisfaction =
        level1.count("满意度") > 0 || level2.count("满意度") > 0 || level2.count("服务对象满意度") > 0;
    missing(level1.count("产出") > 0, "NO_OUTPUT", "产出", "output");
    missing(level1.count("效益") > 0, "NO_BENEFIT", "效益", "benefit");
    missing(satisfaction, "NO_SATISFACTION", "满意度", "satisfaction");
    missing(level2.count("时效") > 0, "NO_TIMELINESS", "时效", "timeliness");
    missing(level2.count("质量") > 0, "NO_QUALITY", "质量", "quality");
    const Decimal output = level1["产出"] + level1["成本"], benefit = level1["效益"],
                  content = level1["满意度"];
    const auto is = [](const Decimal& value, int64_t points) { return value == Decimal::FromInt(points); };
    const bool usual =
        is(output, 50) && (satisfaction ? is(benefit, 30) && is(content, 10) : is(benefit, 40));
    if (profile_.indicator_points == Decimal::FromInt(90) && !usual) {
      Finding& finding =
          Add(Severity::kWarning, "SPLIT_UNUSUAL", 0, "分值权重",
              {"分值结构与常用的 50/30/10 不同。", "The points are not split in the usual way, 50/30/10."},
              {"请确认。", "Make sure it is meant."});
      finding.understood = absl::StrCat(output.ToString(), "/", benefit.ToString(), "/", content.ToString());
    }
  }

  const ParsedTable& table_;
  const int number_;
  const scoring::Profile& profile_;
  bool weighted_ = false, evidence_ = false;  // whether any row has a weight, names evidence
  std::set<std::string> names_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> Lint(const ParsedTable& table, int table_number, const scoring::Profile& profile) {
  return Linter(table, table_number, profile).Run();
}

}  // namespace attain::importing
