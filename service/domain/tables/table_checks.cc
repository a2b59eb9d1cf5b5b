#include "service/domain/tables/table_checks.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/api/names.h"
#include "service/api/text_limits.h"
#include "service/domain/profiles/rule_checks.h"
#include "service/model/mirror.h"
#include "service/scoring/decimal.h"

namespace attain::engine {
namespace {

using scoring::Decimal;

constexpr int kMaxRows = 500, kMaxWeight = 1000, kMaxWeightDecimals = 4;
constexpr size_t kMaxTableName = 300, kMaxRowName = 200;  // characters
constexpr size_t kMaxName = 900, kMaxText = 3000, kMaxGoal = 30'000, kMaxSource = 1 << 20;

bool NeedsNumber(int32_t rule) {
  return rule == v1::RULE_KIND_PROPORTIONAL || rule == v1::RULE_KIND_SATISFACTION ||
         rule == v1::RULE_KIND_STEPS;
}

// Collects violations; the first reason names the error.
class Checker {
 public:
  void Text(const std::string& field, absl::string_view text, size_t limit) {
    Take(field, CheckLength(field, text, limit));
  }
  void Required(const std::string& field, absl::string_view text, size_t limit) {
    if (!IsBlank(text)) return Text(field, text, limit);
    if (violations_.empty()) alone_ = CheckRequired(field, text, limit);
    Add(field, v1::ERROR_REASON_INVALID_FIELD, {"必填。", "Required."});
  }
  void Name(const std::string& field, absl::string_view text, size_t limit) {
    if (IsBlank(text)) return Required(field, text, limit);
    Take(field, CheckName(field, text, limit));
  }
  void Number(const std::string& field, const std::string& text, bool allow_negative) {
    if (text.empty()) return;
    absl::StatusOr<Decimal> number = Decimal::Parse(text);
    if (number.status().code() == absl::StatusCode::kOutOfRange) {
      Add(field, v1::ERROR_REASON_NUMBER_OUT_OF_RANGE, TooManyDigits());
    } else if (!number.ok()) {
      Add(field, v1::ERROR_REASON_NOT_A_NUMBER,
          {absl::StrCat("“", CutText(text, 60), "” 不是可用的数字。"),
           absl::StrCat("\"", CutText(text, 60), "\" is not a usable number.")});
    } else if (!allow_negative && number->sign() < 0) {
      Add(field, v1::ERROR_REASON_NEGATIVE_VALUE, {"不得为负数。", "Must not be negative."});
    }
  }
  void Weight(const std::string& field, const std::string& text) {
    const absl::StatusOr<Decimal> weight = Decimal::Parse(text);
    const bool huge = weight.status().code() == absl::StatusCode::kOutOfRange;
    if (!huge && (!weight.ok() || weight->sign() < 0)) return Number(field, text, false);
    if (!huge && *weight <= Decimal::FromInt(kMaxWeight) && weight->scale() <= kMaxWeightDecimals) return;
    Add(field, v1::ERROR_REASON_NUMBER_OUT_OF_RANGE,
        {absl::StrCat("分值最多 ", kMaxWeight, "，最多 ", kMaxWeightDecimals, " 位小数。"),
         absl::StrCat("A weight is at most ", kMaxWeight, " points and has at most ", kMaxWeightDecimals,
                      " decimals.")});
  }
  void Add(const std::string& field, v1::ErrorReason reason, const scoring::Text& text) {
    if (violations_.empty()) reason_ = reason;
    violations_.push_back({field, text});
  }
  absl::Status Result() const {
    if (violations_.empty()) return absl::OkStatus();
    return violations_.size() == 1 && !alone_.ok() ? alone_ : BadFields(reason_, violations_);
  }
  std::vector<Violation> Violations() && { return std::move(violations_); }

 private:
  void Take(const std::string& field, const absl::Status& status) {
    if (status.ok()) return;
    Add(field, ReasonOf(status), {MessageOf(status, "zh-CN"), MessageOf(status, "en")});
  }
  v1::ErrorReason reason_ = v1::ERROR_REASON_UNSPECIFIED;
  absl::Status alone_;  // the first violation as an error, where its text needs the field's name
  std::vector<Violation> violations_;
};

void CheckRow(const v1::Indicator& row, const std::string& at, RowShape rows, Checker* checker) {
  if (rows == RowShape::kComplete || !row.display_name().empty()) {
    checker->Name(at + ".display_name", row.display_name(), kMaxRowName);
  }
  checker->Text(at + ".level1", row.level1(), kMaxName);
  checker->Text(at + ".level2", row.level2(), kMaxName);
  checker->Text(at + ".basis", row.basis(), kMaxText);
  checker->Text(at + ".prior_text", row.prior_text(), kMaxText);
  checker->Text(at + ".evidence", row.evidence(), kMaxText);
  checker->Text(at + ".target.text", row.target().text(), kMaxText);
  checker->Text(at + ".target.unit", row.target().unit(), 60);
  checker->Text(at + ".rule.text", row.rule().text(), kMaxText);
  checker->Number(at + ".target.value", row.target().value(), true);
  checker->Number(at + ".prior_value", row.prior_value(), true);
  checker->Weight(at + ".weight", row.weight());
  if (!v1::Comparator_IsValid(row.target().comparator()) || !v1::RuleKind_IsValid(row.rule().kind()) ||
      !v1::Accumulation_IsValid(row.accumulation())) {
    checker->Add(at, v1::ERROR_REASON_INVALID_FIELD, {"含有未知的枚举值。", "Holds an unknown enum value."});
  }
  const bool number = !row.target().value().empty();
  if ((rows == RowShape::kComplete || !number) &&
      number != (row.target().comparator() != v1::COMPARATOR_UNSPECIFIED)) {
    checker->Add(
        at + ".target", v1::ERROR_REASON_INVALID_FIELD,
        {"数值目标须同时有比较符号和数值。", "A numeric target needs a comparator and a value together."});
  }
  if (rows == RowShape::kComplete && !number && NeedsNumber(row.rule().kind())) {
    checker->Add(at + ".target.value", v1::ERROR_REASON_INVALID_FIELD,
                 {"此赋分规则需要数值目标。", "This rule needs a numeric target."});
  }
  for (const Violation& violation : CheckRuleOptions(row.rule().options(), at + ".rule.options")) {
    checker->Add(violation.field, v1::ERROR_REASON_INVALID_FIELD, violation.text);
  }
}

Checker Check(const v1::Table& table, RowShape rows) {
  Checker checker;
  checker.Name("table.display_name", table.display_name(), kMaxTableName);
  checker.Text("table.leader", table.leader(), kMaxName);
  checker.Text("table.goal", table.goal(), kMaxGoal);
  checker.Text("table.source_text", table.source_text(), kMaxSource);
  if (table.kind() != v1::TABLE_KIND_UNIT && table.kind() != v1::TABLE_KIND_PROJECT) {
    checker.Add("table.kind", v1::ERROR_REASON_INVALID_FIELD,
                {"须为单位整体（UNIT）或项目（PROJECT）。", "Must be UNIT or PROJECT."});
  }
  if (table.fiscal_year() < 2000 || table.fiscal_year() > 2100) {
    checker.Add("table.fiscal_year", v1::ERROR_REASON_INVALID_FIELD,
                {"预算年度须在 2000 至 2100 之间。", "The fiscal year must lie between 2000 and 2100."});
  }
  const v1::TableBudget& budget = table.budget();
  checker.Number("table.budget.total", budget.total(), false);
  checker.Number("table.budget.fiscal", budget.fiscal(), false);
  checker.Number("table.budget.other", budget.other(), false);
  checker.Number("table.budget.adjusted", budget.adjusted(), false);
  if (table.indicators_size() > kMaxRows) {
    checker.Add("table.indicators", v1::ERROR_REASON_REQUEST_TOO_LARGE,
                {"一张表最多 500 个指标。", "At most 500 indicators in a table."});
    return checker;
  }
  std::set<std::string> ids;
  for (int i = 0; i < table.indicators_size(); ++i) {
    const std::string at = absl::StrCat("table.indicators[", i, "]");
    const v1::Indicator& row = table.indicators(i);
    CheckRow(row, at, rows, &checker);
    if (row.name().empty()) continue;
    const std::string id = row.name().substr(row.name().rfind('/') + 1);
    if (!IsId(id)) {
      checker.Add(at + ".name", v1::ERROR_REASON_INVALID_NAME,
                  {"指标编号格式不对。", "Not a valid indicator id."});
    } else if (!ids.insert(id).second) {
      checker.Add(at + ".name", v1::ERROR_REASON_INVALID_FIELD,
                  {"指标编号重复。", "The indicator id occurs twice."});
    }
  }
  return checker;
}

}  // namespace

absl::Status CheckTable(const v1::Table& table, RowShape rows) {
  return Check(table, rows).Result();
}

std::vector<Violation> ShapeProblems(const v1::Table& table, RowShape rows) {
  return Check(table, rows).Violations();
}

bool HasIncompleteRows(const disk::TableState& state) {
  for (const disk::IndicatorState& row : state.indicators()) {
    const bool number = !row.target().value().empty();
    if (row.display_name().empty() || (number && row.target().comparator() == v1::COMPARATOR_UNSPECIFIED) ||
        (!number && NeedsNumber(row.rule().kind()))) {
      return true;
    }
  }
  return false;
}

void AssignRowIds(disk::TableState* state) {
  std::set<std::string> taken;
  for (const disk::IndicatorState& row : state->indicators()) taken.insert(row.name());
  int next = 1;
  for (disk::IndicatorState& row : *state->mutable_indicators()) {
    if (!row.name().empty()) {
      ++next;
      continue;
    }
    while (taken.count(absl::StrCat("i", next)) > 0) ++next;
    row.set_name(absl::StrCat("i", next++));
    taken.insert(row.name());
  }
}

}  // namespace attain::engine
