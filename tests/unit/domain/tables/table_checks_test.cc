// What a table may be stored with: both sides of every border (RULES 9, table.proto), and what the validator
// is asked about (lint.h).
#include "service/domain/tables/table_checks.h"

#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/domain/profiles/profile_commands.h"
#include "service/domain/tables/life_cycle.h"
#include "service/domain/tables/lint.h"
#include "service/domain/tables/row_names.h"
#include "service/model/compile.h"
#include "service/model/mirror.h"

namespace attain::engine {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// Two rows of 45 points; nothing is wrong with it.
v1::Table Sound() {
  v1::Table table;
  table.set_kind(v1::TABLE_KIND_PROJECT);
  table.set_display_name("培训");
  table.set_fiscal_year(2024);
  table.mutable_budget()->set_total("10");
  for (const char* name : {"人次", "合格率"}) {
    v1::Indicator* row = table.add_indicators();
    row->set_level1("产出");
    row->set_level2("数量");
    row->set_display_name(name);
    row->mutable_target()->set_comparator(v1::COMPARATOR_AT_LEAST);
    row->mutable_target()->set_value("30");
    row->mutable_target()->set_unit("个");
    row->set_weight("45");
    row->mutable_rule()->set_kind(v1::RULE_KIND_PROPORTIONAL);
  }
  return table;
}

std::string Characters(size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) text += "局";
  return text;
}

struct Case {
  const char* says;
  std::function<void(v1::Table*)> change;
  v1::ErrorReason reason;  // UNSPECIFIED: accepted
  const char* field = "";
};

v1::Indicator* Row(v1::Table* table, int row = 0) {
  return table->mutable_indicators(row);
}
void MakeRows(v1::Table* table, int count) {
  while (table->indicators_size() < count) *table->add_indicators() = Sound().indicators(0);
}

constexpr auto kFine = v1::ERROR_REASON_UNSPECIFIED;
constexpr auto kWrong = v1::ERROR_REASON_INVALID_FIELD;
constexpr auto kRange = v1::ERROR_REASON_NUMBER_OUT_OF_RANGE;
constexpr auto kNoNumber = v1::ERROR_REASON_NOT_A_NUMBER;
constexpr auto kNegative = v1::ERROR_REASON_NEGATIVE_VALUE;

const std::vector<Case>& Heads() {
  static const auto* all = new std::vector<Case>{
      {"the first year", [](auto* t) { t->set_fiscal_year(2000); }, kFine},
      {"before it", [](auto* t) { t->set_fiscal_year(1999); }, kWrong, "table.fiscal_year"},
      {"the last year", [](auto* t) { t->set_fiscal_year(2100); }, kFine},
      {"after it", [](auto* t) { t->set_fiscal_year(2101); }, kWrong, "table.fiscal_year"},
      {"a unit's table", [](auto* t) { t->set_kind(v1::TABLE_KIND_UNIT); }, kFine},
      {"no kind", [](auto* t) { t->clear_kind(); }, kWrong, "table.kind"},
      {"an unknown kind", [](auto* t) { t->set_kind(static_cast<v1::TableKind>(9)); }, kWrong, "table.kind"},
      {"no money", [](auto* t) { t->mutable_budget()->set_total("0"); }, kFine},
      {"less than none", [](auto* t) { t->mutable_budget()->set_total("-0.01"); }, kNegative,
       "table.budget.total"},
      {"fiscal", [](auto* t) { t->mutable_budget()->set_fiscal("-1"); }, kNegative, "table.budget.fiscal"},
      {"other", [](auto* t) { t->mutable_budget()->set_other("-1"); }, kNegative, "table.budget.other"},
      {"adjusted", [](auto* t) { t->mutable_budget()->set_adjusted("-1"); }, kNegative,
       "table.budget.adjusted"},
      {"words", [](auto* t) { t->mutable_budget()->set_adjusted("ten"); }, kNoNumber,
       "table.budget.adjusted"},
      {"300 characters", [](auto* t) { t->set_display_name(Characters(300)); }, kFine},
      {"301 characters", [](auto* t) { t->set_display_name(Characters(301)); }, kWrong, "table.display_name"},
      {"no leader", [](auto* t) { t->set_leader(""); }, kFine},
      {"a long leader", [](auto* t) { t->set_leader(std::string(901, 'x')); }, kWrong, "table.leader"},
      {"a long goal", [](auto* t) { t->set_goal(std::string(30'001, 'x')); }, kWrong, "table.goal"},
      {"all of 1 MiB", [](auto* t) { t->set_source_text(std::string(1 << 20, 'x')); }, kFine},
      {"more", [](auto* t) { t->set_source_text(std::string((1 << 20) + 1, 'x')); }, kWrong,
       "table.source_text"},
      {"500 rows", [](auto* t) { MakeRows(t, 500); }, kFine},
      {"501 rows", [](auto* t) { MakeRows(t, 501); }, v1::ERROR_REASON_REQUEST_TOO_LARGE, "table.indicators"},
  };
  return *all;
}

const std::vector<Case>& Rows() {
  static const auto* all = new std::vector<Case>{
      {"no weight", [](auto* t) { Row(t)->clear_weight(); }, kFine},
      {"1000 points", [](auto* t) { Row(t)->set_weight("1000"); }, kFine},
      {"more", [](auto* t) { Row(t)->set_weight("1000.0001"); }, kRange, "table.indicators[0].weight"},
      {"4 decimals", [](auto* t) { Row(t)->set_weight("0.0001"); }, kFine},
      {"5 decimals", [](auto* t) { Row(t)->set_weight("0.00001"); }, kRange, "table.indicators[0].weight"},
      {"below 0", [](auto* t) { Row(t)->set_weight("-1"); }, kNegative, "table.indicators[0].weight"},
      {"words", [](auto* t) { Row(t)->set_weight("many"); }, kNoNumber, "table.indicators[0].weight"},
      {"a negative target", [](auto* t) { Row(t)->mutable_target()->set_value("-3"); }, kFine},
      {"a target in words", [](auto* t) { Row(t)->mutable_target()->set_value("many"); }, kNoNumber,
       "table.indicators[0].target.value"},
      {"last year below 0", [](auto* t) { Row(t)->set_prior_value("-1"); }, kFine},
      {"last year in words", [](auto* t) { Row(t)->set_prior_value("many"); }, kNoNumber,
       "table.indicators[0].prior_value"},
      {"no comparator", [](auto* t) { Row(t)->mutable_target()->clear_comparator(); }, kWrong,
       "table.indicators[0].target"},
      {"a comparator alone",
       [](auto* t) {
         Row(t)->mutable_target()->clear_value();
         Row(t)->mutable_rule()->set_kind(v1::RULE_KIND_RATING);
       },
       kWrong, "table.indicators[0].target"},
      {"words", [](auto* t) { Row(t)->mutable_target()->set_unit(std::string(60, 'x')); }, kFine},
      {"a long unit", [](auto* t) { Row(t)->mutable_target()->set_unit(std::string(61, 'x')); }, kWrong,
       "table.indicators[0].target.unit"},
      {"200 characters", [](auto* t) { Row(t, 1)->set_display_name(Characters(200)); }, kFine},
      {"201 characters", [](auto* t) { Row(t, 1)->set_display_name(Characters(201)); }, kWrong,
       "table.indicators[1].display_name"},
      {"no name", [](auto* t) { Row(t, 1)->clear_display_name(); }, kWrong,
       "table.indicators[1].display_name"},
      {"evidence", [](auto* t) { Row(t)->set_evidence(std::string(3001, 'x')); }, kWrong,
       "table.indicators[0].evidence"},
      {"basis", [](auto* t) { Row(t)->set_basis(std::string(3001, 'x')); }, kWrong,
       "table.indicators[0].basis"},
      {"prior", [](auto* t) { Row(t)->set_prior_text(std::string(3001, 'x')); }, kWrong,
       "table.indicators[0].prior_text"},
      {"rule", [](auto* t) { Row(t)->mutable_rule()->set_text(std::string(3001, 'x')); }, kWrong,
       "table.indicators[0].rule.text"},
      {"level 1", [](auto* t) { Row(t)->set_level1(std::string(901, 'x')); }, kWrong,
       "table.indicators[0].level1"},
      {"level 2", [](auto* t) { Row(t)->set_level2(std::string(901, 'x')); }, kWrong,
       "table.indicators[0].level2"},
      {"an unknown rule", [](auto* t) { Row(t)->mutable_rule()->set_kind(static_cast<v1::RuleKind>(99)); },
       kWrong, "table.indicators[0]"},
      {"an unknown accumulation", [](auto* t) { Row(t)->set_accumulation(static_cast<v1::Accumulation>(9)); },
       kWrong, "table.indicators[0]"},
      {"an unknown comparator",
       [](auto* t) { Row(t)->mutable_target()->set_comparator(static_cast<v1::Comparator>(9)); }, kWrong,
       "table.indicators[0]"},
      {"an option", [](auto* t) { Row(t)->mutable_rule()->mutable_options()->set_pass_gate("2"); }, kWrong,
       "table.indicators[0].rule.options.pass_gate"},
      {"ids", [](auto* t) { Row(t)->set_name("a"), Row(t, 1)->set_name("b"); }, kFine},
      {"an id twice", [](auto* t) { Row(t)->set_name("a"), Row(t, 1)->set_name("x/a"); }, kWrong,
       "table.indicators[1].name"},
      {"no id", [](auto* t) { Row(t, 1)->set_name("Ä"); }, v1::ERROR_REASON_INVALID_NAME,
       "table.indicators[1].name"},
  };
  return *all;
}

void ExpectCases(const std::vector<Case>& cases) {
  for (const Case& each : cases) {
    v1::Table table = Sound();
    each.change(&table);
    const absl::Status status = CheckTable(table);
    EXPECT_EQ(v1::ErrorReason_Name(ReasonOf(status)), v1::ErrorReason_Name(each.reason))
        << each.says << " " << each.field << " " << MessageOf(status, "en");
    if (each.reason == kFine) {
      EXPECT_TRUE(status.ok()) << each.says;
      continue;
    }
    const std::vector<Violation> problems = ShapeProblems(table, RowShape::kComplete);
    ASSERT_EQ(problems.size(), 1u) << each.says;
    EXPECT_EQ(problems[0].field, each.field) << each.says;
  }
}

TEST(TableChecks, TheHeadOfATableHasBorders) {
  ExpectCases(Heads());
}

TEST(TableChecks, RowsHaveBorders) {
  ExpectCases(Rows());
}

TEST(TableChecks, RulesThatCountNeedANumber) {
  for (const auto& [rule, needs] : {std::pair(v1::RULE_KIND_PROPORTIONAL, true),
                                    {v1::RULE_KIND_SATISFACTION, true},
                                    {v1::RULE_KIND_STEPS, true},
                                    {v1::RULE_KIND_DIRECT, false},
                                    {v1::RULE_KIND_RATING, false},
                                    {v1::RULE_KIND_MANUAL, false}}) {
    v1::Table table = Sound();
    table.mutable_indicators(0)->clear_target();
    table.mutable_indicators(0)->mutable_target()->set_text("明显");
    table.mutable_indicators(0)->mutable_rule()->set_kind(rule);
    EXPECT_EQ(CheckTable(table).ok(), !needs) << v1::RuleKind_Name(rule);
    EXPECT_TRUE(CheckTable(table, RowShape::kAsRead).ok()) << v1::RuleKind_Name(rule);
    EXPECT_EQ(HasIncompleteRows(ToState(table)), needs) << v1::RuleKind_Name(rule);
  }
}

TEST(TableChecks, WhatADocumentLacksStaysInTheDraft) {
  v1::Table table = Sound();
  EXPECT_FALSE(HasIncompleteRows(ToState(table)));
  table.mutable_indicators(1)->mutable_target()->clear_comparator();
  EXPECT_TRUE(HasIncompleteRows(ToState(table)));
  EXPECT_TRUE(CheckTable(table, RowShape::kAsRead).ok());
  table = Sound();
  table.mutable_indicators(1)->clear_display_name();
  EXPECT_TRUE(HasIncompleteRows(ToState(table)));
  EXPECT_TRUE(CheckTable(table, RowShape::kAsRead).ok());
  table = Sound();
  table.mutable_indicators(1)->mutable_target()->clear_value();
  EXPECT_FALSE(CheckTable(table, RowShape::kAsRead).ok()) << "a comparator of nothing";
}

TEST(TableChecks, NewRowsGetIdsThatNobodyHas) {
  disk::TableState state = ToState(Sound());
  const auto ids = [&state] {
    AssignRowIds(&state);
    std::vector<std::string> all;
    for (const disk::IndicatorState& row : state.indicators()) all.push_back(row.name());
    return all;
  };
  EXPECT_THAT(ids(), ElementsAre("i1", "i2"));
  state.add_indicators()->set_name("i4");
  state.add_indicators();
  state.add_indicators();
  EXPECT_THAT(ids(), ElementsAre("i1", "i2", "i4", "i5", "i6"));
  state.clear_indicators();
  state.add_indicators();
  state.add_indicators()->set_name("i1");
  EXPECT_THAT(ids(), ElementsAre("i2", "i1")) << "the id that another row brought stays its own";
}

TEST(TableChecks, ARowsNameIsItsIdOrTheWholeName) {
  for (const char* name : {"", "i1", "units/u/tables/t/indicators/i1"})
    EXPECT_TRUE(CheckRowName("f", "units/u/tables/t", name).ok()) << name;
  for (const char* name : {"t/i1", "units/u/tables/x/indicators/i1", "units/u/tables/t/i1"})
    EXPECT_FALSE(CheckRowName("f", "units/u/tables/t", name).ok()) << name;
  v1::Table table = Sound();
  table.mutable_indicators(1)->set_name("other/i1");
  EXPECT_THAT(std::string(CheckRowNames(table, "units/u/tables/t").message()), Not(HasSubstr("[0]")));
  EXPECT_FALSE(CheckRowNames(table, "units/u/tables/t").ok()) << "every row is looked at";
}

class Lint : public ::testing::Test {
 protected:
  static scoring::Profile National() {
    for (const v1::Profile& profile : BuiltInProfiles()) {
      if (profile.name() == "profiles/national") return *CompileProfile(ToState(profile));
    }
    return {};
  }
  static std::vector<std::string> Codes(const v1::Table& table, const scoring::Profile& profile) {
    std::vector<std::string> codes;
    for (const importing::Finding& finding : LintState(ToState(table), profile))
      codes.push_back(absl::StrCat(finding.code, " ", finding.place.row));
    return codes;
  }
  static std::vector<std::string> Codes(const std::function<void(v1::Table*)>& change) {
    v1::Table table = Sound();
    change(&table);
    return Codes(table, National());
  }
};

TEST_F(Lint, EveryFieldOfATableIsAskedAbout) {
  const std::vector<std::string> sound = Codes([](auto*) {});
  EXPECT_THAT(sound, Not(Contains(HasSubstr("BUDGET_SUM"))));
  EXPECT_THAT(Codes([](auto* t) {
                t->mutable_budget()->set_fiscal("6");
                t->mutable_budget()->set_other("4");
              }),
              Not(Contains(HasSubstr("BUDGET_SUM"))));
  EXPECT_THAT(Codes([](auto* t) {
                t->mutable_budget()->set_fiscal("6");
                t->mutable_budget()->set_other("3");
              }),
              Contains("BUDGET_SUM 0"));
  EXPECT_THAT(sound, Contains("LEADER_MISSING 0"));
  EXPECT_THAT(Codes([](auto* t) { t->set_leader("某人"); }), Not(Contains("LEADER_MISSING 0")));
  EXPECT_THAT(Codes([](auto* t) { Row(t, 1)->set_prior_value("40"); }), Contains("TARGET_EASIER 2"));
  EXPECT_THAT(sound, Not(Contains(HasSubstr("TARGET_EASIER"))));
  EXPECT_THAT(Codes([](auto* t) { t->set_goal("培训 77 人次"); }), Contains(HasSubstr("GOAL")));
  EXPECT_THAT(sound, Not(Contains(HasSubstr("GOAL"))));
  EXPECT_THAT(Codes([](auto* t) { Row(t)->set_display_name("合格率"); }), Contains(HasSubstr("DUPLICATE")));
  EXPECT_THAT(Codes([](auto* t) { Row(t)->set_level1("无此级"); }), Contains(HasSubstr("LEVEL1")));
  EXPECT_THAT(Codes([](auto* t) { Row(t)->set_weight("44"); }), Contains("WEIGHT_SUM 0"));
}

TEST_F(Lint, AUnitsTableMayHaveNoWeightsAndAProjectsNot) {
  const auto without = [](v1::TableKind kind) {
    return Codes([kind](auto* t) {
      t->set_kind(kind);
      for (int row = 0; row < 2; ++row) Row(t, row)->clear_weight();
    });
  };
  EXPECT_NE(without(v1::TABLE_KIND_UNIT), without(v1::TABLE_KIND_PROJECT));
}

TEST_F(Lint, ErrorsComeFirst) {
  v1::Table table = Sound();
  table.mutable_indicators(1)->set_not_applicable(true);
  scoring::Profile strict = National();
  EXPECT_THAT(Codes(table, strict), Not(Contains("NOT_APPLICABLE_REFUSED 2")));
  strict.rescale_not_applicable = false;
  const std::vector<importing::Finding> findings = LintState(ToState(table), strict);
  ASSERT_GT(findings.size(), 1u);
  EXPECT_EQ(findings[0].code, "NOT_APPLICABLE_REFUSED");
  EXPECT_EQ(findings[0].place.row, 2);
  EXPECT_EQ(findings[0].points->ToString(), "45");
  EXPECT_NE(findings.back().severity, importing::Severity::kError);
  const absl::Status refused = RequireNoErrors(findings, Step::kSubmit);
  EXPECT_THAT(MessageOf(refused, "en"), HasSubstr("found 1 error;"));
  EXPECT_THAT(ToRpcStatus(refused, "en").SerializeAsString(), HasSubstr("table.indicators[1]"));
}

TEST_F(Lint, WhatAWayOfOverAchievementNeedsIsInTheRowOrTheProfile) {
  const auto missing = [](const std::function<void(v1::RuleOptions*)>& row,
                          const std::function<void(scoring::RuleOptions*)>& defaults = {}) {
    v1::Table table = Sound();
    row(table.mutable_indicators(0)->mutable_rule()->mutable_options());
    scoring::Profile profile = National();
    if (defaults) defaults(&profile.defaults);
    for (const importing::Finding& finding : LintState(ToState(table), profile)) {
      if (finding.code == "OVER_SETTINGS_MISSING") return finding.message.en;
    }
    return std::string();
  };
  const auto tiers = [](auto* options) { options->set_over_mode(v1::OVER_ACHIEVEMENT_MODE_TIERS); };
  EXPECT_THAT(missing(tiers), HasSubstr("over_tiers"));
  EXPECT_EQ(missing(tiers, [](auto* defaults) { defaults->over_tiers.emplace_back(); }), "");
  v1::RuleOptions own;
  own.set_over_mode(v1::OVER_ACHIEVEMENT_MODE_DEVIATION);
  const auto copy = [&own](auto* options) { *options = own; };
  EXPECT_THAT(missing(copy), HasSubstr("over_deviation_limit"));
  own.set_over_deviation_limit("1.2");
  EXPECT_THAT(missing(copy), HasSubstr("over_deviation_slope"));
  own.set_over_deviation_slope("1");
  EXPECT_THAT(missing(copy), HasSubstr("over_deviation_floor"));
  own.set_over_deviation_floor("0.5");
  EXPECT_EQ(missing(copy), "");
  own.Clear();
  own.set_over_mode(v1::OVER_ACHIEVEMENT_MODE_DEVIATION);
  const scoring::Decimal one = scoring::Decimal::FromInt(1);
  const auto some = [&](int count) {
    return missing(copy, [&](auto* defaults) {
      if (count > 0) defaults->over_deviation_limit = one;
      if (count > 1) defaults->over_deviation_slope = one;
      if (count > 2) defaults->over_deviation_floor = one;
    });
  };
  EXPECT_THAT(some(0), HasSubstr("limit"));
  EXPECT_THAT(some(1), HasSubstr("slope"));
  EXPECT_THAT(some(2), HasSubstr("floor"));
  EXPECT_EQ(some(3), "");
}

TEST(LifeCycle, ARefusalSaysWhatIsAndWhatIsNeeded) {
  TableModel model;
  model.state.set_name("units/u/tables/t");
  for (const auto& [state, in_force] : {std::pair(v1::TABLE_STATE_DRAFT, false),
                                        {v1::TABLE_STATE_SUBMITTED, false},
                                        {v1::TABLE_STATE_APPROVED, true},
                                        {v1::TABLE_STATE_CLOSED, true}}) {
    model.state.set_state(state);
    EXPECT_TRUE(RequireState(model, state).ok());
    EXPECT_EQ(RequireInForce(model).ok(), in_force) << v1::TableState_Name(state);
  }
  const absl::Status refused = RequireState(model, v1::TABLE_STATE_DRAFT);
  EXPECT_EQ(MessageOf(refused, "en"), "units/u/tables/t is CLOSED; this works only while it is DRAFT.");
  EXPECT_TRUE(CheckEtag("x", "17", 17).ok());
  for (const char* etag : {"", "16", "170", "017"}) EXPECT_FALSE(CheckEtag("x", etag, 17).ok()) << etag;
}

}  // namespace
}  // namespace attain::engine
