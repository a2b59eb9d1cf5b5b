#include "service/domain/forms/evaluation_form.h"

#include <algorithm>
#include <map>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "attain/v1/actual.pb.h"
#include "attain/v1/score.pb.h"
#include "attain/v1/table.pb.h"
#include "service/api/form_words.h"
#include "service/api/macros.h"
#include "service/domain/scores/score_view.h"

namespace attain::engine {
namespace {

// What the report does not split by source stays empty: nothing is invented.
void AddMoney(const TableView& view, const v1::Score& score, FormMaker* maker) {
  const auto say = [maker](const char* zh, const char* en) { return maker->Say({zh, en}); };
  const disk::BudgetState& budget = view.model->state.budget();
  const std::optional<scoring::Decimal>& points = view.model->profile->execution_points;
  GridMaker grid;
  grid.Column(say("资金（万元）", "Money (10,000 yuan)"));
  grid.Column(say("年初预算数", "Budget"));
  grid.Column(say("全年预算数", "Adjusted budget"));
  grid.Column(say("全年执行数", "Spent"));
  grid.Column(say("分值", "Weight"));
  grid.Column(say("执行率", "Execution rate"));
  grid.Column(say("得分", "Score"));
  const std::string& table = view.model->state.name();
  grid.Row({say("年度资金总额", "Total"), MoneyCell(budget.total(), SourceOf(table, "budget.total")),
            MoneyCell(score.adjusted_budget(), SourceOf(table, "budget.adjusted")),
            MoneyCell(score.spent(), SourceOf(table, "spending.spent")),
            NumberCell(points.has_value() ? points->ToString() : ""), PercentCell(score.execution_rate()),
            NumberCell(score.execution_points())});
  grid.Row({say("当年财政拨款", "Fiscal of this year"),
            MoneyCell(budget.fiscal(), SourceOf(table, "budget.fiscal")), "", "", "", "", ""});
  grid.Row({say("上年结转", "Carried over"), "", "", "", "", "", ""});
  grid.Row(
      {say("其他", "Other"), MoneyCell(budget.other(), SourceOf(table, "budget.other")), "", "", "", "", ""});
  grid.Write(say("项目资金", "Money"), maker->form().add_grids());
}

// What the table names and what came with the reports that count, in order of their days.
std::string EvidenceText(const std::string& named,
                         const std::map<std::string, std::vector<std::string>>& reported) {
  std::vector<std::string> texts;
  const auto add = [&texts](const std::string& text) {
    if (!text.empty() && std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
  };
  add(named);
  for (const auto& [date, of_day] : reported) {
    for (const std::string& text : of_day) add(text);
  }
  return absl::StrJoin(texts, "；");
}

// By indicator and day.
using Evidence = absl::flat_hash_map<std::string, std::map<std::string, std::vector<std::string>>>;

absl::StatusOr<Evidence> ReadEvidence(const Snapshot& now, ResourceName table) {
  Evidence evidence;
  table.indicator = "-";
  RETURN_IF_ERROR(now.reads().ForEachActual(
      table, [&](const std::string& indicator, const ActualId&, const Found<disk::ActualState>& found) {
        const disk::ActualState& actual = found.state;
        const bool counts = actual.state() == v1::ACTUAL_STATE_ACTIVE &&
                            (now.as_of().empty() || actual.date() <= now.as_of());
        if (!counts) return true;
        std::vector<std::string>& texts = evidence[indicator][actual.date()];
        texts.insert(texts.end(), actual.report().evidence().begin(), actual.report().evidence().end());
        return true;
      }));
  return evidence;
}

void AddRows(const TableView& view, const v1::Score& score, Evidence evidence, FormMaker* maker) {
  const auto say = [maker](const char* zh, const char* en) { return maker->Say({zh, en}); };
  GridMaker grid;
  grid.Column(say("一级指标", "Level 1"), GridMaker::kMerged);
  grid.Column(say("二级指标", "Level 2"), GridMaker::kMerged);
  grid.Column(say("三级指标", "Indicator"));
  grid.Column(say("年度指标值", "Target"));
  grid.Column(say("实际完成值", "Actual"));
  grid.Column(say("完成率", "Completion"), GridMaker::kIfAny);
  grid.Column(say("上年完成值", "Last year"), GridMaker::kIfAny);
  grid.Column(say("指标值设置依据", "Basis"), GridMaker::kIfAny);
  grid.Column(say("指标赋分规则", "Rule"), GridMaker::kIfAny);
  grid.Column(say("分值", "Weight"));
  grid.Column(say("得分", "Score"));
  grid.Column(say("核查分数", "Review score"), GridMaker::kIfAny);
  grid.Column(say("评审意见", "Review opinion"), GridMaker::kIfAny);
  grid.Column(say("偏差原因分析及改进措施", "Deviation and improvement"));
  grid.Column(say("佐证资料", "Evidence"), GridMaker::kIfAny);
  for (int i = 0; i < score.indicators_size(); ++i) {
    const v1::IndicatorScore& row = score.indicators(i);
    const disk::IndicatorState& state = view.model->state.indicators(i);
    const auto of = [&row](absl::string_view field) { return SourceOf(row.name(), field); };
    grid.Row({state.level1(), state.level2(), TextCell(row.display_name(), of("display_name")),
              TextCell(row.target(), of("target")), TextCell(row.actual(), of("report.value")),
              PercentCell(row.completion()),
              TextCell(PriorText(state), of(state.prior_value().empty() ? "prior_text" : "prior_value")),
              TextCell(state.basis(), of("basis")), TextCell(RuleText(*maker, state), of("rule")),
              NumberCell(row.weight(), of("weight")), NumberCell(row.score()),
              NumberCell(row.review_score(), of("review.score")),
              TextCell(row.review_reason(), of("review.reason")), TextCell(row.reason(), of("report.reason")),
              TextCell(EvidenceText(state.evidence(), evidence[state.name()]), of("report.evidence"))});
  }
  grid.Write(say("绩效指标", "Indicators"), maker->form().add_grids());
}

// "100": indicators and execution together; empty without weights.
std::string FullPoints(const TableView& view) {
  if (!view.board->total.weighted) return "";
  const scoring::Profile& profile = *view.model->profile;
  return (profile.indicator_points + profile.execution_points.value_or(scoring::Decimal())).ToString();
}

std::string WithGrade(const std::string& points, const std::string& grade) {
  return absl::StrCat(points, points.empty() || grade.empty() ? "" : "  ", grade);
}

}  // namespace

absl::Status MakeEvaluationForm(const Snapshot& now, const ResourceName& name, FormMaker* maker) {
  ASSIGN_OR_RETURN(const TableView view, now.GetBoard(name));
  ASSIGN_OR_RETURN(const Found<disk::EvaluationState> found, now.reads().Evaluation(name));
  const disk::EvaluationState& evaluation = found.state;
  v1::Score score;
  FillTable(*view.model, *view.board, &score);
  const bool unit = view.model->state.kind() == v1::TABLE_KIND_UNIT;
  maker->Title(unit ? scoring::Text{"单位整体绩效自评表", "Self-evaluation of the unit"}
                    : scoring::Text{"项目支出绩效自评表", "Self-evaluation of a project"});
  RETURN_IF_ERROR(maker->HeadOfTable(*view.model));
  maker->Head({"预期目标", "Expected goal"}, view.model->state.goal());
  maker->Head({"实际完成情况", "Actual result"}, evaluation.result());
  maker->Head({"自评状态", "State"},
              maker->Say(WordsOf(static_cast<v1::EvaluationState>(evaluation.state()))));
  AddMoney(view, score, maker);
  ASSIGN_OR_RETURN(Evidence evidence, ReadEvidence(now, name));
  AddRows(view, score, std::move(evidence), maker);
  maker->Foot({"总分值", "Points in all"}, FullPoints(view));
  maker->Foot({"自评总分", "Self-evaluation total"}, WithGrade(score.score(), score.grade()));
  if (score.review_count() > 0) {
    maker->Foot({"核查总分", "Total after review"}, WithGrade(score.final_score(), score.final_grade()));
  }
  maker->Foot({"等级", "Grade"}, score.final_grade());
  maker->Foot({"自评预警", "Warning light"}, maker->Say(WordsOf(score.light())));
  if (!evaluation.opinion().empty()) maker->Foot({"评审意见", "Opinion"}, evaluation.opinion());
  return maker->Signatures(*view.model);
}

}  // namespace attain::engine
