#include "service/domain/evaluations/evaluation_rules.h"

#include <algorithm>

#include "absl/strings/str_cat.h"

namespace attain::engine {
namespace {

scoring::Text ActionOf(v1::MissingKind kind) {
  switch (kind) {
    case v1::MISSING_KIND_ACTUAL:
      return {"尚未上报实际完成值", "report its actual value"};
    case v1::MISSING_KIND_REASON:
      return {"须填写偏差原因及改进措施", "give the deviation reason and improvement"};
    case v1::MISSING_KIND_SCORE:
      return {"已选等级，尚未评定得分", "a level is recorded; type its score"};
    case v1::MISSING_KIND_RULE:
      return {"赋分规则未映射，请通过调整改为已知规则",
              "its rule is not mapped; amend the table to a known rule"};
    case v1::MISSING_KIND_SPENDING:
      return {"尚未登记全年执行数", "record the spending of the year"};
    default:
      return {};
  }
}

v1::MissingKind MissingIn(const scoring::IndicatorScore& score, const Cell& cell) {
  switch (score.status) {
    case scoring::ScoreStatus::kNotApplicable:
      return v1::MISSING_KIND_UNSPECIFIED;
    case scoring::ScoreStatus::kUnmapped:
      return v1::MISSING_KIND_RULE;
    default:
      break;
  }
  if (!cell.reported.reported) return v1::MISSING_KIND_ACTUAL;
  if (score.status == scoring::ScoreStatus::kUnscored) return v1::MISSING_KIND_SCORE;
  if ((score.flags & scoring::kFlagReasonRequired) != 0 && cell.reason.empty())
    return v1::MISSING_KIND_REASON;
  return v1::MISSING_KIND_UNSPECIFIED;
}

}  // namespace

std::vector<MissingItem> MissingOf(const TableModel& model, const Board& board) {
  std::vector<MissingItem> items;
  for (size_t row = 0; row < model.rows.size(); ++row) {
    const v1::MissingKind kind = MissingIn(board.scores[row], board.cells[row]);
    if (kind != v1::MISSING_KIND_UNSPECIFIED) items.push_back({kind, static_cast<int>(row), ActionOf(kind)});
  }
  const bool budgeted = board.budget.adjusted.has_value() && board.budget.adjusted->sign() > 0;
  if (budgeted && model.profile->execution_points.has_value() && !board.budget.spent.has_value()) {
    items.push_back({v1::MISSING_KIND_SPENDING, -1, ActionOf(v1::MISSING_KIND_SPENDING)});
  }
  return items;
}

v1::Missing ToPublic(const MissingItem& item, const TableModel& model, absl::string_view locale) {
  v1::Missing missing;
  missing.set_kind(item.kind);
  missing.set_action(locale == "zh-CN" ? item.action.zh : item.action.en);
  if (item.row < 0) {
    missing.set_name(model.state.name());
    missing.set_display_name(model.state.display_name());
  } else {
    missing.set_name(absl::StrCat(model.state.name(), "/indicators/", model.rows[item.row].id));
    missing.set_display_name(model.rows[item.row].name);
  }
  return missing;
}

uint64_t EvaluationEtag(const TableModel& model, const Board& board, uint64_t evaluation_revision) {
  return std::max({model.revision, board.revision, evaluation_revision});
}

uint64_t SignedRevision(const disk::EvaluationState& evaluation) {
  const bool confirmed = evaluation.state() == v1::EVALUATION_STATE_CONFIRMED;
  return static_cast<uint64_t>(confirmed ? evaluation.confirm_revision() : evaluation.submit_revision());
}

}  // namespace attain::engine
