// What people read. That every figure can be recomputed is the oracle's business (tests/oracle).
#include "service/scoring/explanation.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/oracle/random_table.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::scoring {
namespace {

const Explanation* Find(const Explanation& tree, ExplanationKind kind, const std::string& part = "") {
  if (tree.kind == kind && tree.title.en.find(part) != std::string::npos) return &tree;
  for (const Explanation& step : tree.steps) {
    if (const Explanation* found = Find(step, kind, part)) return found;
  }
  return nullptr;
}

TEST(ExplanationTest, ShowsFormulaFiguresAndWhereTheyCameFrom) {
  Indicator row = Proportional(Comparator::kAtLeast, "30", "10");
  row.unit = "次";
  Explanation out;
  ScoreIndicator(National(), row, Number("29"), &out);
  EXPECT_EQ(out.kind, ExplanationKind::kIndicator);
  EXPECT_EQ(out.result, "9.67");
  const Explanation* step = Find(out, ExplanationKind::kFormula);
  ASSERT_NE(step, nullptr);
  EXPECT_EQ(step->formula, "r2(A / T × W)");
  EXPECT_EQ(step->worked, "29 / 30 × 10 = 9.6666666666…");
  EXPECT_EQ(step->result, "9.67");
  ASSERT_EQ(step->inputs.size(), 3u);
  EXPECT_EQ(step->inputs[2].symbol, "A");
  EXPECT_EQ(step->inputs[2].unit, "次");
  EXPECT_EQ(step->inputs[2].revision, 7u);
  EXPECT_EQ(step->inputs[2].date, "2024-07-31");
}

TEST(ExplanationTest, NegativeFiguresStandInParentheses) {
  Indicator row = Proportional(Comparator::kAtLeast, "4", "10");
  row.allow_negative = true;
  Explanation out;
  ScoreIndicator(National(), row, Number("-1"), &out);
  const Explanation* completion = Find(out, ExplanationKind::kFormula, "completion");
  ASSERT_NE(completion, nullptr);
  EXPECT_EQ(completion->worked, "(-1) / 4 × 100 = -25");
  EXPECT_EQ(completion->result, "-25.00");
}

TEST(ExplanationTest, ARatingShowsItsBandAndTheOpenInterval) {
  Explanation out;
  ScoreIndicator(National(), Row(RuleKind::kRating, "3.33"), Level("partly"), &out);
  const Explanation* low = Find(out, ExplanationKind::kFormula, "lower");
  ASSERT_NE(low, nullptr);
  EXPECT_EQ(low->worked, "0.6 × 3.33 = 1.998");
  EXPECT_EQ(low->result, "2.00");
  EXPECT_EQ(Find(out, ExplanationKind::kInterval)->result, "[2.00, 2.65]");
  EXPECT_EQ(out.result, "");
}

TEST(ExplanationTest, ATableShowsTotalExecutionGradeAndLight) {
  IndicatorScore score;
  score.status = ScoreStatus::kScored;
  score.weight = score.score = score.sure = score.possible = Dec("85.5");
  Budget money = Money("35.33", "30");
  money.spent_revision = 12;
  Explanation out;
  ScoreTable(National(), std::vector<IndicatorScore>{score}, money, &out);
  EXPECT_EQ(out.result, "93.99");
  EXPECT_EQ(Find(out, ExplanationKind::kExecution)->worked, "30 / 35.33 × 10 = 8.4913671101…");
  EXPECT_EQ(Find(out, ExplanationKind::kExecution)->inputs[0].revision, 12u);
  EXPECT_EQ(Find(out, ExplanationKind::kTotal)->formula, "r2(I + e / b × X)");
  EXPECT_EQ(Find(out, ExplanationKind::kTotal)->worked, "85.5 + 30 / 35.33 × 10 = 93.9913671101…");
  EXPECT_EQ(Find(out, ExplanationKind::kGrade)->result, "优");
  EXPECT_EQ(Find(out, ExplanationKind::kWarning)->result, "red");
  EXPECT_EQ(Find(out, ExplanationKind::kFormula, "gap")->result, "0.1061718831…");
}

void ExpectBothLanguages(const Explanation& step) {
  EXPECT_NE(step.title.zh, "");
  EXPECT_NE(step.title.en, "");
  for (const ExplanationInput& input : step.inputs) {
    EXPECT_NE(input.symbol, "");
    EXPECT_NE(input.value, "");
    EXPECT_NE(input.meaning.zh, "");
    EXPECT_NE(input.meaning.en, "");
  }
  for (const Explanation& inner : step.steps) ExpectBothLanguages(inner);
}

TEST(ExplanationTest, EveryStepSpeaksBothLanguages) {
  TableMaker maker(3);
  for (int i = 0; i < 500; ++i) {
    RandomTable table = maker.Table();
    std::vector<IndicatorScore> scores;
    for (size_t r = 0; r < table.rows.size(); ++r) {
      table.rows[r].name = "指标";
      Explanation out;
      scores.push_back(ScoreIndicator(table.profile, table.rows[r], table.reported[r], &out));
      ExpectBothLanguages(out);
      ASSERT_FALSE(out.steps.empty());
    }
    Explanation out, unit;
    const TableScore total = ScoreTable(table.profile, scores, table.budget, &out);
    ExpectBothLanguages(out);
    ScoreUnit(table.profile, TableSums(table.profile.rollup, total, table.budget), &unit);
    ExpectBothLanguages(unit);
  }
}

}  // namespace
}  // namespace attain::scoring
