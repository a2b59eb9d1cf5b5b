#include "service/domain/forms/target_form.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "attain/v1/table.pb.h"
#include "service/api/form_words.h"
#include "service/api/macros.h"
#include "service/domain/scores/score_view.h"

namespace attain::engine {
namespace {

std::string WeightSum(const TableModel& model) {
  scoring::Decimal sum;
  for (const scoring::Indicator& row : model.rows) sum = sum + row.weight.value_or(scoring::Decimal());
  return sum.is_zero() ? "" : sum.ToString();
}

void AddRows(const TableModel& model, FormMaker* maker) {
  const auto say = [maker](const char* zh, const char* en) { return maker->Say({zh, en}); };
  // Published unit-level tables have no prior values, rules and evidence.
  const auto need = model.state.kind() == v1::TABLE_KIND_UNIT ? GridMaker::kIfAny : GridMaker::kAlways;
  GridMaker grid;
  grid.Column(say("一级指标", "Level 1"), GridMaker::kMerged);
  grid.Column(say("二级指标", "Level 2"), GridMaker::kMerged);
  grid.Column(say("三级指标", "Indicator"));
  grid.Column(say("指标值", "Target"));
  grid.Column(say("指标值设置依据", "Basis"));
  grid.Column(say("上年完成值", "Last year"), need);
  grid.Column(say("指标分值权重", "Weight"));
  grid.Column(say("指标赋分规则", "Rule"), need);
  grid.Column(say("佐证资料", "Evidence"), need);
  for (size_t i = 0; i < model.rows.size(); ++i) {
    const disk::IndicatorState& row = model.state.indicators(static_cast<int>(i));
    const std::string name = absl::StrCat(model.state.name(), "/indicators/", row.name());
    grid.Row(
        {row.level1(), row.level2(), TextCell(row.display_name(), SourceOf(name, "display_name")),
         TextCell(TargetText(model.rows[i], row), SourceOf(name, "target")),
         TextCell(row.basis(), SourceOf(name, "basis")),
         TextCell(PriorText(row), SourceOf(name, row.prior_value().empty() ? "prior_text" : "prior_value")),
         NumberCell(row.weight(), SourceOf(name, "weight")),
         TextCell(RuleText(*maker, row), SourceOf(name, "rule")),
         TextCell(row.evidence(), SourceOf(name, "evidence"))});
  }
  grid.Write(say("绩效指标", "Indicators"), maker->form().add_grids());
}

}  // namespace

absl::Status MakeTargetForm(const Snapshot& now, const ResourceName& name, FormMaker* maker) {
  ASSIGN_OR_RETURN(std::shared_ptr<const TableModel> model, now.GetTable(name));
  // Amended tables have several sets of targets: the read says which.
  if (model->in_force()) {
    ASSIGN_OR_RETURN(const TableView view, now.ViewOf(model));
    model = view.model;
  }
  const bool unit = model->state.kind() == v1::TABLE_KIND_UNIT;
  maker->Title(unit ? scoring::Text{"单位整体绩效目标表", "Performance targets of the unit"}
                    : scoring::Text{"项目支出绩效目标表", "Performance targets of a project"});
  RETURN_IF_ERROR(maker->HeadOfTable(*model));
  const disk::BudgetState& budget = model->state.budget();
  maker->Head({"年度预算总额（万元）", "Budget (10,000 yuan)"}, MoneyText(budget.total()));
  maker->Head({"其中：财政拨款", "of which fiscal"}, MoneyText(budget.fiscal()));
  maker->Head({"其他资金", "of which other"}, MoneyText(budget.other()));
  maker->Head(
      unit ? scoring::Text{"年度绩效目标", "Goal of the year"} : scoring::Text{"项目总体目标", "Goal"},
      model->state.goal());
  maker->Head({"状态", "State"}, maker->Say(WordsOf(static_cast<v1::TableState>(model->state.state()))));
  AddRows(*model, maker);
  maker->Foot({"分值合计", "Sum of weights"}, WeightSum(*model));
  const std::string profile(absl::StripPrefix(model->state.profile(), "profiles/"));
  const int64_t version = model->state.profile_version();
  maker->Foot({"评分方案", "Profile"}, maker->Say({absl::StrCat(profile, " 第 ", version, " 版"),
                                                   absl::StrCat(profile, " version ", version)}));
  return maker->Signatures(*model);
}

}  // namespace attain::engine
