#include "service/domain/import/form_scores.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "service/domain/scores/score_view.h"
#include "service/importing/values/fold_name.h"

namespace attain::engine {
namespace {

using importing::Finding;
using importing::Severity;
using scoring::Decimal;

Decimal Absolute(const Decimal& value) {
  return value.sign() < 0 ? -value : value;
}

int DecimalsOf(const std::string& text) {
  const std::optional<Decimal> points = TypedPoints(text);
  return points.has_value() ? points->scale() : 0;
}

// How far a form's points are from ours when ours are written with as many decimals as the form uses. Without
// decimals nothing is rounded: half a point is too much to pass over.
Decimal Distance(int decimals, const Decimal& typed, const Decimal& ours) {
  const bool rounds = decimals > 0 && ours.Round(decimals, scoring::Rounding::kHalfAway) == typed;
  return rounds ? Decimal() : Absolute(typed - ours);
}

FigureOrigin OriginOf(const FormScores& form, size_t row) {
  const importing::ParsedIndicator& from = form.parsed.indicators[row];
  FigureOrigin origin = form.origin;
  origin.place = from.place;
  origin.place.line = from.line;
  origin.place.table = form.origin.place.table;
  origin.place.row = static_cast<int>(row) + 1;
  origin.place.cell = "得分";
  if (const auto cell = from.addresses.find(origin.place.cell); cell != from.addresses.end())
    origin.place.address = cell->second;
  origin.indicator_name = from.name;
  origin.raw = from.score;
  return origin;
}

void TellDiffers(const FigureOrigin& origin, const std::string& ours, const Decimal& distance, bool total,
                 std::vector<Finding>* findings) {
  Finding& finding = TellOf(origin, Severity::kWarning, "SCORE_DIFFERS", findings);
  finding.understood = ours;
  finding.points = distance;
  const std::string apart = distance.ToAtLeast(2);
  finding.message = {absl::StrCat("表中", total ? "总分" : "得分", "为 ", origin.raw, "，按规则计算为 ", ours,
                                  "，相差 ", apart, " 分。"),
                     absl::StrCat("The form's ", total ? "total" : "score", " is ", origin.raw,
                                  "; the rules give ", ours, ", ", apart, " points apart.")};
  finding.repair = {
      "请核对赋分规则、目标和实际完成值；记录的是实际完成值，得分以规则为准。",
      "Check rule, target and actual value. The value is recorded; the score follows from the rule."};
}

void CompareTotal(const FormScores& form, const scoring::TableScore& ours, int decimals,
                  std::vector<Finding>* findings) {
  FigureOrigin origin = form.origin;
  origin.place.cell = "总分";
  origin.raw = form.parsed.typed_score;
  const std::optional<Decimal> typed = TypedPoints(form.parsed.typed_score);
  if (typed.has_value() && ours.total.has_value()) {
    const Decimal distance = Distance(DecimalsOf(form.parsed.typed_score), *typed, *ours.total);
    if (!distance.is_zero()) TellDiffers(origin, ours.total->ToFixed(decimals), distance, true, findings);
  }
  const std::string grade = importing::FoldName(form.parsed.typed_grade);
  if (grade.empty() || ours.grade.empty() || grade == importing::FoldName(ours.grade)) return;
  origin.place.cell = "等级";
  origin.raw = form.parsed.typed_grade;
  Finding& finding = TellOf(origin, Severity::kWarning, "GRADE_DIFFERS", findings);
  finding.understood = ours.grade;
  finding.message = {absl::StrCat("表中等级为“", origin.raw, "”，按规则为“", ours.grade, "”。"),
                     absl::StrCat("The form's grade is ", origin.raw, "; the rules give ", ours.grade, ".")};
  finding.repair = {"请核对总分和等级标准。", "Check the total and the bands of the grades."};
}

}  // namespace

std::optional<Decimal> TypedPoints(const std::string& text) {
  std::string folded = importing::FoldName(text);
  absl::string_view number = absl::StripSuffix(folded, "分");
  const absl::StatusOr<Decimal> points = Decimal::Parse(number);
  return points.ok() ? std::optional<Decimal>(*points) : std::nullopt;
}

bool TakesTypedScore(const scoring::Indicator& indicator) {
  return indicator.rule == scoring::RuleKind::kRating || indicator.rule == scoring::RuleKind::kManual;
}

bool CompareScore(const FigureOrigin& origin, const std::string& typed, int decimals,
                  const std::optional<Decimal>& ours, std::vector<Finding>* findings) {
  const std::optional<Decimal> points = TypedPoints(typed);
  if (!points.has_value() || !ours.has_value()) return false;
  const Decimal distance = Distance(decimals, *points, *ours);
  if (distance.is_zero()) return false;
  FigureOrigin at = origin;
  at.raw = typed;
  at.place.cell = "得分";
  TellDiffers(at, ours->ToFixed(2), distance, false, findings);
  return true;
}

void CompareScores(const FormScores& form, const WorkingTable& working, v1::ImportedScore* out,
                   std::vector<Finding>* findings) {
  const TableModel& model = *working.model;
  const Board& board = *working.board;
  const int decimals = 2;
  int form_decimals = 0;
  for (const std::string& typed : form.typed) form_decimals = std::max(form_decimals, DecimalsOf(typed));
  Decimal typed_sum, ours_sum;
  bool any = false;
  for (const auto& [row, at] : form.rows) {
    const std::optional<Decimal> typed = TypedPoints(form.typed[static_cast<size_t>(row)]);
    if (!typed.has_value()) continue;
    any = true;
    typed_sum = typed_sum + *typed;
    const std::optional<Decimal>& ours = board.scores[static_cast<size_t>(row)].score;
    if (!ours.has_value()) continue;
    ours_sum = ours_sum + *ours;
    const bool differs =
        CompareScore(OriginOf(form, at), form.typed[static_cast<size_t>(row)], form_decimals, ours, findings);
    if (differs) out->set_differing(out->differing() + 1);
  }
  CompareTotal(form, board.total, decimals, findings);
  FillTotals(model, board, out->mutable_score());
  if (any) out->set_typed_points(typed_sum.ToAtLeast(2));
  if (any) out->set_points(ours_sum.ToAtLeast(2));
  out->set_typed_score(form.parsed.typed_score);
  out->set_typed_grade(form.parsed.typed_grade);
}

}  // namespace attain::engine
