#include "service/scoring/case.h"

#include "absl/strings/str_cat.h"

namespace attain::scoring {
namespace {

const Decimal kNothing;

void AddOwnInputs(const Case& c, absl::string_view formula, Explanation* step) {
  if (Uses(formula, "W"))
    AddInput(step, "W", {"分值权重", "weight in points"}, c.weight, InputOrigin::kTable);
  if (Uses(formula, "T") && c.indicator.target.has_value()) {
    AddInput(step, "T", {"年度指标值", "target value"}, c.Target(), InputOrigin::kTable);
    step->inputs.back().unit = c.indicator.unit;
  }
  if (Uses(formula, "A") && c.reported.number.has_value()) {
    AddInput(step, "A", {"实际完成值", "actual value"}, c.Actual());
    step->inputs.back().unit = c.indicator.unit;
    step->inputs.back().revision = c.reported.revision;
    step->inputs.back().date = c.reported.date;
  }
}

// A comparison that gives the points without a computation: what was compared stands beside it.
void Decide(const Case& c, Words why, const Decimal& points) {
  if (c.out == nullptr) return;
  Explanation* step = AddStep(c.out, ExplanationKind::kBranch, why);
  AddOwnInputs(c, "W T A", step);
  step->result = points.ToAtLeast(c.Decimals());
}

}  // namespace

Decimal Points(const Case& c, const Decimal& numerator, const Decimal& denominator, const char* formula,
               Words title, std::initializer_list<Symbol> symbols) {
  const Decimal rounded = Quotient(numerator, denominator, c.Decimals(), c.RoundingMode());
  const bool above = rounded > c.weight, below = rounded.sign() < 0;
  Decimal points = above ? c.weight : below ? kNothing : rounded;
  if (c.out != nullptr) {
    Explanation* step = AddStep(c.out, ExplanationKind::kFormula, title);
    std::string text = Rounded(c.Decimals(), formula);
    Ratio exact(numerator, denominator);
    if (above) {
      // Rounding alone can pass a weight that has more decimals than the score.
      text = absl::StrCat("min(W, ", text, ")");
      exact = points;
    } else if (below) {
      text = absl::StrCat("max(0, ", text, ")");
      exact = points;
    }
    AddOwnInputs(c, text, step);
    for (const Symbol& symbol : symbols) {
      AddInput(step, symbol.name, symbol.meaning, symbol.value, symbol.origin);
      if (symbol.origin == InputOrigin::kReport) step->inputs.back().revision = c.reported.revision;
    }
    AddRounding(step, c.RoundingMode(), c.OriginOf(&RuleOptions::rounding));
    SetFormula(step, std::move(text), exact, points.ToAtLeast(c.Decimals()));
  }
  return points;
}

Decimal FullMarks(const Case& c, Words why) {
  Decide(c, why, c.weight);
  return c.weight;
}

Decimal NoMarks(const Case& c, Words why) {
  Decide(c, why, kNothing);
  return kNothing;
}

bool RuleFits(const Case& c) {
  const Indicator& row = c.indicator;
  switch (row.rule) {
    case RuleKind::kProportional:
      return row.target.has_value() && row.comparator != Comparator::kNone;
    case RuleKind::kDirect:
      return row.target.has_value() == (row.comparator != Comparator::kNone);
    case RuleKind::kRating:
      return !c.List(&RuleOptions::rating_bands).empty();
    case RuleKind::kSteps:
      return !c.List(&RuleOptions::steps).empty();
    case RuleKind::kSatisfaction: {
      const SatisfactionMode mode = c.Option(&RuleOptions::satisfaction_mode, SatisfactionMode::kSteps);
      if (mode == SatisfactionMode::kAbsolute) return true;
      return mode == SatisfactionMode::kRatioWithFloor ? row.target.has_value()
                                                       : !c.List(&RuleOptions::steps).empty();
    }
    case RuleKind::kManual:
      return true;
    case RuleKind::kUnmapped:
      break;
  }
  return false;
}

bool TargetMet(const Case& c) {
  switch (c.indicator.comparator) {
    case Comparator::kAtLeast:
    case Comparator::kGreater:  // at equality ">" scores like "≥", and "<" like "≤"
      return c.Actual() >= c.Target();
    case Comparator::kAtMost:
    case Comparator::kLess:
      return c.Actual() <= c.Target();
    case Comparator::kEqual:
      if (c.Target().is_zero()) return c.Actual().sign() <= 0;
      return c.Option(&RuleOptions::equal_mode, EqualMode::kAtLeast) == EqualMode::kAtLeast
                 ? c.Actual() >= c.Target()
                 : c.Actual() == c.Target();
    case Comparator::kNone:
      break;
  }
  return false;
}

}  // namespace attain::scoring
