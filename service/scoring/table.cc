// The figures of a table, RULES 2.5 and 2.6.
#include "service/scoring/table.h"

#include "absl/strings/str_cat.h"
#include "service/scoring/execution.h"

namespace attain::scoring {
namespace {

// Sums over the rows that apply, and the points of those that do not.
struct Sums {
  Decimal earned, sure, possible, not_applicable;
};

// A figure of the table: indicator points, rescaled, plus a fraction, rounded once.
struct Figure {
  const char* symbol;
  Words meaning;
  const Decimal& points;
  Execution execution;           // a zero when it has no part
  const Decimal* all = nullptr;  // instead of `execution`: all of the points, still open
};

class TableScorer {
 public:
  TableScorer(const Profile& profile, const Budget& budget, Explanation* out)
      : profile_(profile), budget_(budget), execution_(ExecutionOf(profile, budget)), out_(out) {}

  TableScore Score(absl::Span<const IndicatorScore> indicators);

 private:
  void Add(const IndicatorScore& score);
  void SetWeighted();
  Ratio Scaled(const Decimal& points) const { return Ratio(points * profile_.indicator_points, remaining_); }
  Decimal Total(const Figure& figure, Explanation* parent, ExplanationKind kind, Words title) const;
  void ExplainTotal(const Figure& figure, const Ratio& exact, const Decimal& total, Explanation* step) const;
  void ExplainRows(absl::Span<const IndicatorScore> indicators) const;
  void ExplainGrade() const;

  const Profile& profile_;
  const Budget& budget_;
  const Execution execution_;
  Explanation* const out_;
  TableScore table_;
  Sums sums_;
  int64_t met_ = 0, applicable_ = 0;
  bool rescaled_ = false;
  Decimal remaining_;  // P less the points that do not apply
};

void TableScorer::Add(const IndicatorScore& score) {
  ++table_.indicators;
  if (score.status == ScoreStatus::kNotApplicable) {
    if (score.weight.has_value()) sums_.not_applicable = sums_.not_applicable + *score.weight;
    return;
  }
  ++applicable_;
  met_ += score.met ? 1 : 0;
  table_.flags |= score.flags;
  if (score.reported) ++table_.reported;
  if (score.flags & kFlagReasonRequired) ++table_.reasons_required;
  if (score.status == ScoreStatus::kUnscored) ++table_.unscored;
  if (!score.weight.has_value()) table_.weighted = false;
  if (score.score.has_value()) sums_.earned = sums_.earned + *score.score;
  sums_.sure = sums_.sure + score.sure;
  sums_.possible = sums_.possible + score.possible;
}

Decimal TableScorer::Total(const Figure& figure, Explanation* parent, ExplanationKind kind,
                           Words title) const {
  const int decimals = profile_.total_decimals;
  const Decimal& denominator = figure.execution.denominator;
  const Decimal numerator = figure.all != nullptr ? *figure.all : figure.execution.numerator;
  Decimal total =
      rescaled_
          ? (Scaled(figure.points) + Ratio(numerator, denominator)).Round(decimals, Rounding::kHalfAway)
          : Quotient(figure.points * denominator + numerator, denominator, decimals, Rounding::kHalfAway);
  if (parent != nullptr) {
    const Ratio points = rescaled_ ? Scaled(figure.points) : Ratio(figure.points);
    ExplainTotal(figure, points + Ratio(numerator, denominator), total, AddStep(parent, kind, title));
  }
  return total;
}

void TableScorer::ExplainTotal(const Figure& figure, const Ratio& exact, const Decimal& total,
                               Explanation* step) const {
  step->source = "RULES 2.5";
  AddInput(step, figure.symbol, figure.meaning, figure.points);
  std::string formula = figure.symbol;
  if (rescaled_) {
    absl::StrAppend(&formula, " × P / (P - N)");
    AddInput(step, "P", {"指标总分值", "points of all indicators"}, profile_.indicator_points,
             InputOrigin::kProfile);
    AddInput(step, "N", {"不适用指标的分值", "points of the indicators that do not apply"},
             sums_.not_applicable);
  }
  if (figure.all != nullptr) {
    absl::StrAppend(&formula, " + X");
    AddInput(step, "X", {"预算执行分值", "points for execution"}, *figure.all, InputOrigin::kProfile);
  } else if (figure.execution.state == Execution::kKnown) {
    absl::StrAppend(&formula, " + ", ExecutionFormula(execution_, budget_));
    AddExecutionInputs(profile_, execution_, budget_, step);
  }
  SetFormula(step, Rounded(profile_.total_decimals, formula), exact, total.ToFixed(profile_.total_decimals));
}

void TableScorer::ExplainRows(absl::Span<const IndicatorScore> indicators) const {
  std::string formula;
  std::vector<ExplanationInput> inputs;
  for (size_t i = 0; i < indicators.size(); ++i) {
    if (!indicators[i].score.has_value()) continue;
    const std::string symbol = absl::StrCat("s", i + 1);
    absl::StrAppend(&formula, formula.empty() ? "" : " + ", symbol);
    inputs.push_back({symbol,
                      {absl::StrCat("第 ", i + 1, " 行得分"), absl::StrCat("score of row ", i + 1)},
                      indicators[i].score->ToString(),
                      "",
                      0,
                      ""});
  }
  if (inputs.empty()) return Branch(out_, {"还没有任何指标得分", "no row has a score yet"});
  Explanation* step =
      AddStep(out_, ExplanationKind::kFormula, {"指标得分合计 I", "sum I of the indicator scores"});
  step->source = "RULES 2.5";
  step->inputs = std::move(inputs);
  SetFormula(step, std::move(formula), Ratio(sums_.earned), sums_.earned.ToAtLeast(2));
}

void TableScorer::ExplainGrade() const {
  Explanation* grade =
      AddStep(out_, ExplanationKind::kGrade, {"等级，按舍入后的总分", "grade, from the rounded total"});
  grade->source = "RULES 2.5";
  grade->result = table_.grade;
  for (const GradeBand& band : profile_.grades) {
    grade->inputs.push_back({band.name,
                             {"该等级的起点，含", "least total of the grade, included"},
                             band.from.ToString(),
                             "",
                             0,
                             "",
                             InputOrigin::kProfile});
  }
}

void TableScorer::SetWeighted() {
  static constexpr Words kExecutionless = {"指标得分合计", "sum of indicator scores"};
  remaining_ = profile_.indicator_points - sums_.not_applicable;
  rescaled_ = profile_.rescale_not_applicable && !sums_.not_applicable.is_zero() && remaining_.sign() > 0;
  ExplainExecution(profile_, execution_, budget_, out_);
  table_.indicator_points = rescaled_ ? Scaled(sums_.earned).Round(2, Rounding::kHalfAway) : sums_.earned;
  if (execution_.state == Execution::kKnown) {
    table_.execution = Quotient(execution_.numerator, execution_.denominator, 2, Rounding::kHalfAway);
  }
  table_.total = Total({"I", kExecutionless, sums_.earned, execution_}, out_, ExplanationKind::kTotal,
                       {"总分，只在最后舍入一次", "total, rounded once at the end"});
  Explanation* interval =
      AddStep(out_, ExplanationKind::kInterval, {"最低可得与最高可得", "sure and possible"});
  table_.sure = Total({"L", {"各行最低可得合计", "sum of the rows' sure points"}, sums_.sure, execution_},
                      interval, ExplanationKind::kFormula, {"最低可得", "sure"});
  const bool open = execution_.state == Execution::kUnspent;
  table_.possible = Total({"H",
                           {"各行最高可得合计", "sum of the rows' possible points"},
                           sums_.possible,
                           execution_,
                           open ? &*profile_.execution_points : nullptr},
                          interval, ExplanationKind::kFormula, {"最高可得", "possible"});
  table_.grade = GradeOf(profile_, *table_.total);
  Explanation* light = nullptr;
  if (out_ != nullptr) {
    interval->source = "RULES 2.6";
    interval->result = absl::StrCat("[", table_.sure->ToFixed(profile_.total_decimals), ", ",
                                    table_.possible->ToFixed(profile_.total_decimals), "]");
    ExplainGrade();
    light = AddStep(out_, ExplanationKind::kWarning, {"自评预警", "warning light"});
    light->source = "RULES 2.5";
  }
  table_.light =
      LightOf(profile_, sums_.earned, rescaled_ ? remaining_ : profile_.indicator_points, budget_, light);
  if (out_ == nullptr) return;
  light->result = table_.light == WarningLight::kRed      ? "red"
                  : table_.light == WarningLight::kYellow ? "yellow"
                                                          : "none";
  out_->result = table_.total->ToFixed(profile_.total_decimals);
}

TableScore TableScorer::Score(absl::Span<const IndicatorScore> indicators) {
  table_.weighted = !indicators.empty();
  for (const IndicatorScore& score : indicators) Add(score);
  if (applicable_ > 0) {
    table_.completion =
        Quotient(Decimal::FromInt(met_ * 100), Decimal::FromInt(applicable_), 2, Rounding::kHalfAway);
  }
  if (budget_.adjusted.has_value() && budget_.spent.has_value() && budget_.adjusted->sign() > 0) {
    table_.execution_rate =
        Quotient(*budget_.spent * Decimal::FromInt(100), *budget_.adjusted, 2, Rounding::kHalfAway);
  }
  if (out_ != nullptr) {
    out_->kind = ExplanationKind::kTable;
    out_->title = {"总分", "table"};
    if (table_.weighted) ExplainRows(indicators);
    if (!table_.weighted)
      Branch(out_,
             {"有指标没有权重：只看完成情况，不计总分", "a row has no weight: completion only, no total"});
  }
  if (table_.weighted) SetWeighted();
  return std::move(table_);
}

}  // namespace

std::string GradeOf(const Profile& profile, const Decimal& total) {
  for (const GradeBand& band : profile.grades) {
    if (total >= band.from) return band.name;
  }
  return "";
}

TableScore ScoreTable(const Profile& profile, absl::Span<const IndicatorScore> indicators,
                      const Budget& budget, Explanation* out) {
  return TableScorer(profile, budget, out).Score(indicators);
}

}  // namespace attain::scoring
