#include "service/scoring/execution.h"

#include "absl/strings/str_cat.h"

namespace attain::scoring {
namespace {

bool IsOverspent(const Budget& budget) {
  return *budget.spent >= *budget.adjusted;
}

// The input that was just added came from the journal.
void FromJournal(Explanation* step, uint64_t revision) {
  if (step == nullptr) return;
  step->inputs.back().unit = "万元";
  step->inputs.back().revision = revision;
  if (revision == 0) step->inputs.back().origin = InputOrigin::kTable;
}

void AddMoney(const Budget& budget, Explanation* step) {
  AddInput(step, "e", {"全年执行数", "spent"}, *budget.spent);
  FromJournal(step, budget.spent_revision);
  AddInput(step, "b", {"全年预算数", "adjusted budget"}, *budget.adjusted);
  FromJournal(step, budget.adjusted_revision);
}

// (I/P − E/X)/(I/P) with E/X = min(1, e/b).
void ExplainGap(const Profile& profile, const Decimal& points, const Decimal& full, const Budget& budget,
                bool red, Explanation* out) {
  if (out == nullptr) return;
  Explanation* step =
      AddStep(out, ExplanationKind::kFormula, {"得分率与执行率的差距", "gap between results and execution"});
  AddInput(step, "I", {"指标得分合计", "sum of indicator scores"}, points);
  AddInput(step, "P", {"指标总分值", "points of all indicators"}, full);
  AddMoney(budget, step);
  const Ratio reached(points, full);
  const Ratio spent =
      IsOverspent(budget) ? Ratio(Decimal::FromInt(1)) : Ratio(*budget.spent, *budget.adjusted);
  const Ratio gap = (reached - spent) / reached;
  SetFormula(step, IsOverspent(budget) ? "(I / P - min(1, e / b)) / (I / P)" : "(I / P - e / b) / (I / P)",
             gap, gap.ToText());
  Explanation* branch = AddStep(out, ExplanationKind::kBranch,
                                red ? Words{"差距超过限度：红", "the gap is above its limit: red"}
                                    : Words{"差距在限度之内", "the gap is within its limit"});
  AddInput(branch, "g", {"差距限度", "limit of the gap"}, profile.warning_gap, InputOrigin::kProfile);
}

void ExplainUnspent(const Profile& profile, const Budget& budget, bool yellow, Explanation* out) {
  if (out == nullptr) return;
  Explanation* step =
      AddStep(out, ExplanationKind::kFormula, {"未执行比例", "share of the budget that is unspent"});
  AddMoney(budget, step);
  const Ratio unspent(*budget.adjusted - *budget.spent, *budget.adjusted);
  SetFormula(step, "(b - e) / b", unspent, unspent.ToText());
  Explanation* branch =
      AddStep(out, ExplanationKind::kBranch,
              yellow ? Words{"未执行比例超过限度：黄", "the unspent share is above its limit: yellow"}
                     : Words{"未执行比例在限度之内", "the unspent share is within its limit"});
  AddInput(branch, "u", {"未执行比例限度", "limit of the unspent share"}, profile.warning_unspent,
           InputOrigin::kProfile);
}

}  // namespace

Execution ExecutionOf(const Profile& profile, const Budget& budget) {
  Execution execution;
  if (!profile.execution_points.has_value() || profile.execution_points->sign() <= 0) return execution;
  if (!budget.adjusted.has_value() || budget.adjusted->sign() <= 0) {
    execution.state = Execution::kNoBudget;
  } else if (!budget.spent.has_value()) {
    execution.state = Execution::kUnspent;
  } else {
    execution.state = Execution::kKnown;
    if (IsOverspent(budget)) {
      execution.numerator = *profile.execution_points;
    } else if (budget.spent->sign() > 0) {
      execution.numerator = *budget.spent * *profile.execution_points;
      execution.denominator = *budget.adjusted;
    }
  }
  return execution;
}

std::string ExecutionFormula(const Execution& execution, const Budget& budget) {
  if (execution.state != Execution::kKnown) return "";
  if (budget.spent->sign() < 0) return "max(0, e / b × X)";
  return IsOverspent(budget) ? "min(X, e / b × X)" : "e / b × X";
}

void AddExecutionInputs(const Profile& profile, const Execution& execution, const Budget& budget,
                        Explanation* step) {
  if (execution.state != Execution::kKnown) return;
  AddMoney(budget, step);
  AddInput(step, "X", {"预算执行分值", "points for execution"}, *profile.execution_points,
           InputOrigin::kProfile);
}

void ExplainExecution(const Profile& profile, const Execution& execution, const Budget& budget,
                      Explanation* out) {
  if (out == nullptr || execution.state == Execution::kNoPoints) return;
  Explanation* step =
      AddStep(out, ExplanationKind::kExecution, {"预算执行得分 E", "points E for budget execution"});
  step->source = "RULES 2.5";
  switch (execution.state) {
    case Execution::kKnown:
      AddExecutionInputs(profile, execution, budget, step);
      return SetFormula(step, ExecutionFormula(execution, budget), execution.Exact(),
                        execution.Exact().ToText());
    case Execution::kUnspent:
      return Branch(step, {"全年执行数尚未上报：E 目前不计，最多可得全部分值",
                           "spending is not reported: E is unset so far and may reach all of its points"});
    case Execution::kNoBudget:
      return budget.adjusted.has_value()
                 ? Branch(step, {"全年预算数为 0，E 不计", "the adjusted budget is 0: E is unset"})
                 : Branch(step, {"全年预算数未知，E 不计", "the adjusted budget is unknown: E is unset"});
    case Execution::kNoPoints:
      break;
  }
}

WarningLight LightOf(const Profile& profile, const Decimal& points, const Decimal& full, const Budget& budget,
                     Explanation* out) {
  if (!profile.execution_points.has_value() || profile.execution_points->sign() <= 0 || full.sign() <= 0)
    return WarningLight::kNone;
  if (points.sign() <= 0) {
    Branch(out, {"指标得分为 0，不预警", "no points yet: no warning"});
    return WarningLight::kNone;
  }
  if (!budget.adjusted.has_value()) {
    Branch(out, {"全年预算数未知，不预警", "the adjusted budget is unknown: no warning"});
    return WarningLight::kNone;
  }
  if (budget.adjusted->sign() <= 0) {
    Branch(out, {"全年预算数为 0：黄", "the adjusted budget is 0: yellow"});
    return WarningLight::kYellow;
  }
  if (!budget.spent.has_value()) {
    Branch(out, {"全年执行数尚未上报，不预警", "spending is not reported: no warning"});
    return WarningLight::kNone;
  }
  // (I/P − s)/(I/P) > g ⇔ s < (1 − g)·I/P, for I and P above 0.
  const Ratio limit((Decimal::FromInt(1) - profile.warning_gap) * points, full);
  const Ratio spent =
      IsOverspent(budget) ? Ratio(Decimal::FromInt(1)) : Ratio(*budget.spent, *budget.adjusted);
  const bool red = spent < limit;
  ExplainGap(profile, points, full, budget, red, out);
  if (red) return WarningLight::kRed;
  const bool yellow = *budget.adjusted - *budget.spent > profile.warning_unspent * *budget.adjusted;
  ExplainUnspent(profile, budget, yellow, out);
  return yellow ? WarningLight::kYellow : WarningLight::kNone;
}

}  // namespace attain::scoring
