#include "service/importing/target_lint.h"

#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "service/importing/values/notes.h"
#include "service/importing/values/quantity.h"
#include "service/importing/values/row_kind.h"
#include "service/importing/values/units.h"
#include "service/scoring/score.h"

namespace attain::importing {
namespace {

using scoring::Comparator;
using scoring::RuleKind;

constexpr char kTarget[] = "指标值";

class TargetLint {
 public:
  TargetLint(const ParsedIndicator& row, bool weighted, const scoring::Profile& profile)
      : row_(row), weighted_(weighted), profile_(profile) {}

  std::vector<Finding> Run() {
    const bool numeric = row_.target.has_value();
    if (numeric) CheckNumber();
    if (!numeric) CheckWords();
    if (row_.rule == RuleKind::kRating && (!row_.unit.empty() || numeric)) {
      Add(Severity::kError, "RATING_WITH_UNIT",
          {"按等级评判的指标不应有数值或单位。", "A rated indicator has no number and no unit."},
          {"请改用文字目标或换一种赋分规则。", "Use words as the target or another rule."});
    }
    if (row_.rule == RuleKind::kUnmapped && (weighted_ || !row_.rule_text.empty())) CheckRule();
    if (numeric) CheckPrior();
    return std::move(findings_);
  }

 private:
  Finding& Add(Severity severity, const char* code, Text message, Text repair, absl::string_view raw = "") {
    findings_.push_back(MakeNote(severity, code, raw, "", std::move(message), std::move(repair)));
    findings_.back().place.cell = kTarget;
    return findings_.back();
  }

  std::string Value() const { return absl::StrCat(row_.target->ToString(), row_.unit); }
  std::string Spaced() const {
    return absl::StrCat(row_.target->ToString(), row_.unit.empty() ? "" : " ", row_.unit);
  }
  bool Counted() const {
    return row_.rule == RuleKind::kProportional || row_.rule == RuleKind::kSatisfaction ||
           row_.rule == RuleKind::kSteps;
  }
  bool IsCost() const {
    // "成本节约率" and a deadline under 成本 are no money that is spent.
    return (row_.unit.empty() || absl::StrContains(row_.unit, "元")) &&
           IsCostRow(row_.level1, row_.level2, row_.name);
  }

  void CheckNumber() {
    const bool bare = row_.comparator == Comparator::kNone;
    if (bare && !row_.unit.empty() && IsCost()) {
      AddCostDirection();
    } else if (bare || row_.unit.empty()) {
      AddIncomplete(bare);
    }
    const bool at_least =
        profile_.defaults.equal_mode.value_or(scoring::EqualMode::kAtLeast) == scoring::EqualMode::kAtLeast;
    if (row_.comparator == Comparator::kEqual && at_least && Counted() && IsCost() &&
        !row_.target->is_zero()) {
      Add(Severity::kWarning, "COST_WITH_EQUAL",
          {"成本指标写的是“=”：超支多少都得满分。",
           "A cost with \"=\" earns full marks for any overspending."},
          {absl::StrCat("如果是上限，请改成 ≤", Value(), "。"),
           absl::StrCat("If it is a limit, write ≤", Value(), ".")},
          absl::StrCat("=", Value()));
    }
    CheckFraction();
    const bool upper = row_.comparator == Comparator::kAtMost || row_.comparator == Comparator::kLess ||
                       row_.comparator == Comparator::kEqual;
    if (row_.target->is_zero() && upper && Counted() && IsChangeRate(row_.name)) {
      Add(Severity::kWarning, "ZERO_TARGET_RATE",
          {"变动率的目标是 0：按“为零得满分，否则不得分”计分，变动率却可正可负。",
           "The target of a rate of change is 0: it is scored as \"none or nothing\", but such a rate may be "
           "negative."},
          {"请换成分档赋分，或写明可接受的幅度，例如 ≤5%。",
           "Choose a rule by steps, or state what is accepted, like ≤5%."},
          absl::StrCat(SignOf(row_.comparator), Value()));
    }
  }

  // 0.97 where 97 % is meant.
  void CheckFraction() {
    const Decimal one = Decimal::FromInt(1);
    if (row_.target->sign() <= 0 || *row_.target > one) return;
    const bool upper = row_.comparator == Comparator::kAtMost || row_.comparator == Comparator::kLess;
    const bool plain = row_.unit.empty() && IsRateName(row_.name);
    const bool percent =
        row_.unit == "%" && *row_.target < one && !upper && IsRateName(row_.name) && !IsSmallRate(row_.name);
    if (!plain && !percent) return;
    const std::string likely =
        absl::StrCat(SignOf(row_.comparator), TimesPowerOfTen(*row_.target, 2).value_or(one).ToString(), "%");
    Add(Severity::kWarning, "RATE_AS_FRACTION",
        {"比率指标的目标不超过 1，可能把百分数写成了小数。",
         "The target of a rate is not above 1: perhaps a percentage was written as a fraction."},
        {absl::StrCat("如果是百分数，请改成 ", likely, "。"),
         absl::StrCat("If it is a percentage, write ", likely, ".")},
        absl::StrCat(SignOf(row_.comparator), Value()))
        .understood = Spaced();
  }

  void AddIncomplete(bool bare) {
    const std::string value = Value();
    Add(Severity::kError, "TARGET_INCOMPLETE",
        bare ? Text{"指标值只有数，没有比较符：看不出是不少于、不超过还是等于。",
                    "The target is a bare number: at least, at most or exactly?"}
             : Text{"数值目标缺少计量单位。", "The numeric target lacks a unit."},
        bare ? Text{absl::StrCat("请写明，例如 ≥", value, "、≤", value, " 或 =", value, "。"),
                    absl::StrCat("Say which, like ≥", value, ", ≤", value, " or =", value, ".")}
             : Text{"例如写成 ≥4 次。", "Write it like ≥4 次."},
        value)
        .understood = Spaced();
  }

  // RULES 2.9: publications are split, so each reading is shown with what it would score; no default.
  void AddCostDirection() {
    const std::string value = Value();
    const Decimal spent = *row_.target * Decimal::FromInt64(95, 2);
    std::string understood = Spaced();
    if (row_.weight.has_value()) {
      const Decimal less = (*row_.weight * Decimal::FromInt64(95, 2)).Round(2, scoring::Rounding::kHalfAway);
      absl::StrAppend(&understood, " (", spent.ToString(), row_.unit, ": ≤ ", row_.weight->ToFixed(2), ", ≥ ",
                      less.ToFixed(2), ")");
    }
    Add(Severity::kError, "COST_DIRECTION",
        {"成本指标没有写比较符：是不超过，还是不少于？两种读法得分不同。",
         "A cost without a comparator: at most or at least? The two readings score differently."},
        {absl::StrCat("请写明，通常是 ≤", value, "。"), absl::StrCat("Say which; usually ≤", value, ".")},
        value)
        .understood = understood;
  }

  void CheckRule() {
    const bool none = row_.rule_text.empty();
    Add(Severity::kWarning, "RULE_UNMAPPED",
        none ? Text{"没有赋分规则，暂不计分，不作猜测。",
                    "There is no scoring rule: no score until there is one; it is not guessed."}
             : Text{"未知的赋分规则，暂不计分，不作猜测。",
                    "Unknown scoring rule: no score until it is mapped; it is not guessed."},
        none ? Text{"请补填赋分规则。", "Choose a rule."}
             : Text{"请在评分方案中为这一规则名称建立对应。",
                    "Map this rule text in the profile or choose a rule."},
        row_.rule_text)
        .place.cell = "指标赋分规则";
  }

  void CheckPrior() {
    if (!row_.prior_value.has_value() || !scoring::IsEasier(row_.comparator, *row_.target, *row_.prior_value))
      return;
    const bool fewer = scoring::FewerIsBetter(row_.comparator, *row_.target);
    Add(Severity::kWarning, "TARGET_EASIER",
        fewer ? Text{"目标允许的数值高于上年完成值。", "The target allows more than last year's value."}
              : Text{"目标低于上年完成值。", "The target is easier than last year's value."},
        fewer ? Text{"请说明理由或降低上限。", "Give a reason or lower the limit."}
              : Text{"请说明理由或提高目标。", "Give a reason or raise the target."})
        .understood = absl::StrCat(row_.target->ToString(), " / ", row_.prior_value->ToString());
  }

  // A target in words: a date, a figure that cannot be read, a rating, or nothing at all.
  void CheckWords() {
    const Quantity quantity = ParseQuantity(row_.target_text);
    if (row_.target_text.empty()) {
      Add(Severity::kError, "TARGET_EMPTY", {"没有指标值。", "There is no target."},
          {"请补填。", "Fill it in."});
    } else if (quantity.is_date) {
      AddDate();
    } else if (quantity.unclear) {
      return AddUnclear();
    }
    if (quantity.figure || quantity.value.has_value()) return AddFigure(quantity);
    if (Counted()) {
      Add(Severity::kError, "TARGET_NOT_NUMERIC",
          {"按比例赋分的指标需要数值目标。", "A proportional indicator needs a numeric target."},
          {"请填写数值目标或换一种赋分规则。", "Give a number or choose another rule."}, row_.target_text);
    }
  }

  void AddDate() {
    const bool direct = row_.rule == RuleKind::kDirect;
    Add(direct ? Severity::kNote : Severity::kWarning, "TARGET_IS_DATE",
        {"指标值是日期，按文字目标处理。", "The target is a date; it is kept as words."},
        direct ? Text{"直接赋分：上报“是”（按期完成）得满分。",
                      "Scored by yes or no: reported as met, it gets full marks."}
               : Text{"日期不能按比例计算：请改用直接赋分（按期完成得满分），或把目标写成天数，例如 ≤30 天。",
                      "A date has no proportion: choose 直接赋分 (DIRECT: full marks when done by then), or "
                      "state a number of days, like ≤30 天."},
        row_.target_text)
        .understood = row_.target_text;
  }

  void AddUnclear() {
    const bool compared = ParseComparator(row_.target_text) != Comparator::kNone;
    Add(Counted() || compared || row_.rule == RuleKind::kUnmapped ? Severity::kError : Severity::kWarning,
        "TARGET_UNCLEAR",
        {"指标值读不成一个数和一个计量单位，按文字保留，没有代为取舍。",
         "The target is not one number with one unit; it is kept as words, nothing was picked from it."},
        {"请只写一个比较符、一个数和计量单位，例如 ≥10 次。",
         "Write one comparator, one number and the unit, like ≥10 次."},
        row_.target_text);
  }

  // Words that hold a figure are no rating unless somebody chose a rule for words: until then the row holds
  // up the approval of a scored table.
  void AddFigure(const Quantity& quantity) {
    const bool chosen = !Counted() && row_.rule != RuleKind::kUnmapped;
    std::string likely = quantity.suggestion;
    if (quantity.value.has_value())
      likely = absl::StrCat(SignOf(quantity.comparator), quantity.value->ToString(), quantity.unit);
    Text repair = {"请把数写成数值目标（比较符、数、计量单位）；如确为文字目标，请选定按等级评判或直接赋分。",
                   "Write the figure as a number with comparator and unit; if words are meant, choose the "
                   "rule RATING or DIRECT."};
    if (!likely.empty()) {
      const bool bare = ParseComparator(likely) == Comparator::kNone;
      const std::string zh = bare ? absl::StrCat("≥", likely, "、≤", likely, " 或 =", likely) : likely;
      const std::string en = bare ? absl::StrCat("≥", likely, ", ≤", likely, " or =", likely) : likely;
      repair = {absl::StrCat("如果是数值目标，请写成 ", zh, "；如确为文字目标，请选定按等级评判或直接赋分。"),
                absl::StrCat("If a number is meant, write ", en,
                             "; if words are meant, choose the rule RATING or DIRECT.")};
    }
    Add(weighted_ && !chosen ? Severity::kError : Severity::kWarning, "TARGET_HAS_FIGURE",
        {"指标值是文字，但里面有数；没有代为取舍，也不能悄悄按等级评判。",
         "The target is words that hold a figure; nothing was picked from it, and it is not rated unseen."},
        std::move(repair), row_.target_text);
  }

  const ParsedIndicator& row_;
  const bool weighted_;
  const scoring::Profile& profile_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> LintTarget(const ParsedIndicator& row, bool weighted, const scoring::Profile& profile) {
  return TargetLint(row, weighted, profile).Run();
}

}  // namespace attain::importing
