// From stored profiles and tables to what scoring reads: every field arrives where it belongs.
#include "service/model/compile.h"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "tests/unit/model/sample_table.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::engine {
namespace {

using scoring::Dec;
using scoring::Show;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

template <typename Message>
Message FromText(const std::string& text) {
  Message message;
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &message)) << text;
  return message;
}

constexpr char kOptions[] = R"(
    equal_mode: 2 reverse_mode: 2 pass_gate: "0.1" deduct_per_missing: "0.2" direct_deduction: "0.3"
    satisfaction_mode: 3 score_decimals: 0 rounding: 3 over_mode: 4
    over_deviation_limit: "1.4" over_deviation_slope: "0.5" over_deviation_floor: "0.6"
    steps { from: "90" from_inclusive: true factor: "1" } steps { from: "80" factor: "0.7" }
    rating_bands { level: "high" display_name: "高" from: "0.8" to: "1" }
    rating_bands { level: "low" display_name: "低" from: "0" to: "0.75" }
    over_tiers { from_ratio: "1.5" factor: "0.9" } over_tiers { from_ratio: "1.3" factor: "0.95" })";

TEST(Compile, EveryOptionOfARuleArrives) {
  const auto options = CompileOptions(FromText<disk::RuleOptionsState>(kOptions));
  ASSERT_TRUE(options.ok()) << options.status();
  EXPECT_EQ(options->equal_mode, scoring::EqualMode::kSymmetric);
  EXPECT_EQ(options->reverse_mode, scoring::ReverseMode::kRatio);
  EXPECT_EQ(options->satisfaction_mode, scoring::SatisfactionMode::kAbsolute);
  EXPECT_EQ(options->rounding, scoring::Rounding::kHalfEven);
  EXPECT_EQ(options->over_mode, scoring::OverAchievementMode::kDeviation);
  EXPECT_EQ(options->score_decimals, 0);
  EXPECT_EQ(Show(options->pass_gate), "0.1");
  EXPECT_EQ(Show(options->deduct_per_missing), "0.2");
  EXPECT_EQ(Show(options->direct_deduction), "0.3");
  EXPECT_EQ(Show(options->over_deviation_limit), "1.4");
  EXPECT_EQ(Show(options->over_deviation_slope), "0.5");
  EXPECT_EQ(Show(options->over_deviation_floor), "0.6");
  ASSERT_EQ(options->steps.size(), 2u);
  EXPECT_EQ(options->steps[0].from, Dec("90"));
  EXPECT_TRUE(options->steps[0].from_inclusive);
  EXPECT_FALSE(options->steps[1].from_inclusive);
  EXPECT_EQ(options->steps[1].factor, Dec("0.7"));
  ASSERT_EQ(options->rating_bands.size(), 2u);
  EXPECT_EQ(options->rating_bands[0].level, "high");
  EXPECT_EQ(options->rating_bands[0].name, "高");
  EXPECT_EQ(options->rating_bands[1].from, Dec("0"));
  EXPECT_EQ(options->rating_bands[1].to, Dec("0.75"));
  ASSERT_EQ(options->over_tiers.size(), 2u);
  EXPECT_EQ(options->over_tiers[0].from_ratio, Dec("1.5"));
  EXPECT_EQ(options->over_tiers[1].factor, Dec("0.95"));
}

TEST(Compile, AnOptionThatIsNotSetIsNotSet) {
  const auto options = CompileOptions({});
  ASSERT_TRUE(options.ok());
  EXPECT_FALSE(options->equal_mode.has_value());
  EXPECT_FALSE(options->reverse_mode.has_value());
  EXPECT_FALSE(options->satisfaction_mode.has_value());
  EXPECT_FALSE(options->rounding.has_value());
  EXPECT_FALSE(options->over_mode.has_value());
  EXPECT_FALSE(options->score_decimals.has_value());
  EXPECT_EQ(Show(options->pass_gate), "unset");
  EXPECT_EQ(Show(options->direct_deduction), "unset");
  EXPECT_TRUE(options->steps.empty());
}

TEST(Compile, DecimalsOfAScoreAreNoneOneOrTwo) {
  for (int decimals = -1; decimals <= 3; ++decimals) {
    disk::RuleOptionsState state;
    state.set_score_decimals(decimals);
    EXPECT_EQ(CompileOptions(state).ok(), decimals >= 0 && decimals <= 2) << decimals;
  }
}

// Puts "many" in place of each number in turn, wherever it is nested.
template <typename Compiler>
void ExpectEachNumberNamed(const google::protobuf::Message& whole, const std::vector<std::string>& numbers,
                           const Compiler& compile) {
  for (const std::string& name : numbers) {
    std::unique_ptr<google::protobuf::Message> broken(whole.New());
    broken->CopyFrom(whole);
    google::protobuf::Message* at = broken.get();
    std::string rest = name;
    for (size_t dot = rest.find('.'); dot != std::string::npos; dot = rest.find('.')) {
      const auto* field = at->GetDescriptor()->FindFieldByName(rest.substr(0, dot));
      ASSERT_NE(field, nullptr) << name;
      at = field->is_repeated() ? at->GetReflection()->MutableRepeatedMessage(at, field, 0)
                                : at->GetReflection()->MutableMessage(at, field);
      rest = rest.substr(dot + 1);
    }
    at->GetReflection()->SetString(at, at->GetDescriptor()->FindFieldByName(rest), "many");
    const absl::Status status = compile(*broken);
    EXPECT_FALSE(status.ok()) << name << " is no number";
    EXPECT_THAT(std::string(status.message()), HasSubstr(rest == "red_below" ? "monitoring" : name));
  }
}

TEST(Compile, AnOptionThatIsNoNumberIsNamed) {
  ExpectEachNumberNamed(
      FromText<disk::RuleOptionsState>(kOptions),
      {"pass_gate", "deduct_per_missing", "direct_deduction", "over_deviation_limit", "over_deviation_slope",
       "over_deviation_floor", "steps.from", "steps.factor", "rating_bands.from", "rating_bands.to",
       "over_tiers.from_ratio", "over_tiers.factor"},
      [](const google::protobuf::Message& state) {
        return CompileOptions(static_cast<const disk::RuleOptionsState&>(state)).status();
      });
}

constexpr char kRow[] = R"(
    name: "i4" level1: "产出" level2: "数量" display_name: "场次"
    target { comparator: 4 value: "5.5" unit: "次" text: "≤5.5 次" }
    basis: "计划" prior_value: "6" weight: "12.5" accumulation: 2
    rule { kind: 5 options { pass_gate: "0.4" } })";

TEST(Compile, EveryFieldOfARowArrives) {
  disk::IndicatorState state = FromText<disk::IndicatorState>(kRow);
  auto row = CompileIndicator(state);
  ASSERT_TRUE(row.ok()) << row.status();
  EXPECT_EQ(row->id, "i4");
  EXPECT_EQ(row->name, "场次");
  EXPECT_EQ(row->rule, scoring::RuleKind::kSteps);
  EXPECT_EQ(Show(row->options.pass_gate), "0.4");
  EXPECT_EQ(row->comparator, scoring::Comparator::kAtMost);
  EXPECT_EQ(Show(row->target), "5.5");
  EXPECT_EQ(row->unit, "次");
  EXPECT_EQ(Show(row->weight), "12.5");
  EXPECT_EQ(Show(row->prior), "6");
  EXPECT_FALSE(row->not_applicable);
  EXPECT_FALSE(row->allow_negative);
  state.set_not_applicable(true);
  EXPECT_TRUE(CompileIndicator(state)->not_applicable);
  EXPECT_FALSE(CompileIndicator(state)->allow_negative);
  state.set_not_applicable(false);
  state.set_allow_negative(true);
  EXPECT_TRUE(CompileIndicator(state)->allow_negative);
  EXPECT_FALSE(CompileIndicator(state)->not_applicable);
}

TEST(Compile, ARowMayLackItsNumbers) {
  const auto row = CompileIndicator({});
  ASSERT_TRUE(row.ok());
  EXPECT_EQ(Show(row->target), "unset");
  EXPECT_EQ(Show(row->weight), "unset");
  EXPECT_EQ(Show(row->prior), "unset");
  EXPECT_EQ(row->rule, scoring::RuleKind::kUnmapped);
  EXPECT_EQ(row->comparator, scoring::Comparator::kNone);
}

TEST(Compile, ANumberOfARowThatIsNoneIsNamed) {
  ExpectEachNumberNamed(FromText<disk::IndicatorState>(kRow), {"target.value", "weight", "prior_value"},
                        [](const google::protobuf::Message& state) {
                          return CompileIndicator(static_cast<const disk::IndicatorState&>(state)).status();
                        });
}

constexpr char kProfile[] = R"(
    name: "profiles/own" display_name: "own" version: 4 defaults { score_decimals: 1 }
    indicator_points: "80" execution_points: "20"
    grades { display_name: "好" from: "70" } grades { display_name: "差" from: "0" }
    total_decimals: 1 rescale_not_applicable: true over_flag_ratio: "1.25" over_reason_ratio: "1.35"
    warning_gap: "0.06" warning_unspent: "0.3" rollup: 2
    rule_aliases { text: "直接 赋分" kind: 2 } rule_aliases { text: "人工" kind: 6 }
    level_aliases { text: "达成 目标" level: "achieved" }
    level1_names: "产出" level1_names: "效益" level2_names: "数量"
    monitoring { red_below: "55" yellow_below: "75" green_below: "115" not_prorated: "质量" not_prorated: "时效" })";

TEST(Compile, EveryFieldOfAProfileArrives) {
  const auto profile = CompileProfile(FromText<disk::ProfileState>(kProfile));
  ASSERT_TRUE(profile.ok()) << profile.status();
  EXPECT_EQ(profile->id, "own");
  EXPECT_EQ(profile->version, 4);
  EXPECT_EQ(profile->defaults.score_decimals, 1);
  EXPECT_EQ(profile->indicator_points, Dec("80"));
  EXPECT_EQ(Show(profile->execution_points), "20");
  ASSERT_EQ(profile->grades.size(), 2u);
  EXPECT_EQ(profile->grades[0].name, "好");
  EXPECT_EQ(profile->grades[0].from, Dec("70"));
  EXPECT_EQ(profile->grades[1].from, Dec("0"));
  EXPECT_EQ(profile->total_decimals, 1);
  EXPECT_TRUE(profile->rescale_not_applicable);
  EXPECT_EQ(profile->over_flag_ratio, Dec("1.25"));
  EXPECT_EQ(profile->over_reason_ratio, Dec("1.35"));
  EXPECT_EQ(profile->warning_gap, Dec("0.06"));
  EXPECT_EQ(profile->warning_unspent, Dec("0.3"));
  EXPECT_EQ(profile->rollup, scoring::RollupMode::kPlainMean);
  EXPECT_THAT(profile->rule_aliases, ElementsAre(Pair("人工", scoring::RuleKind::kManual),
                                                 Pair("直接赋分", scoring::RuleKind::kDirect)));
  EXPECT_THAT(profile->level_aliases, ElementsAre(Pair("达成目标", "achieved")));
  EXPECT_THAT(profile->level1_names, ElementsAre("产出", "效益"));
  EXPECT_THAT(profile->level2_names, ElementsAre("数量"));
  EXPECT_EQ(profile->monitoring.red_below, Dec("55"));
  EXPECT_EQ(profile->monitoring.yellow_below, Dec("75"));
  EXPECT_EQ(profile->monitoring.green_below, Dec("115"));
  EXPECT_THAT(profile->monitoring.not_prorated, ElementsAre("质量", "时效"));
}

TEST(Compile, AProfileHasTheUsualValuesForWhatItDoesNotSay) {
  disk::ProfileState state = FromText<disk::ProfileState>(kProfile);
  state.clear_execution_points();
  state.clear_rollup();
  state.clear_monitoring();
  state.set_rescale_not_applicable(false);
  const auto profile = CompileProfile(state);
  ASSERT_TRUE(profile.ok());
  EXPECT_FALSE(profile->execution_points.has_value());
  EXPECT_EQ(profile->rollup, scoring::RollupMode::kByAdjustedBudget);
  EXPECT_FALSE(profile->rescale_not_applicable);
  EXPECT_EQ(profile->monitoring.red_below, Dec("60"));
  EXPECT_EQ(profile->monitoring.yellow_below, Dec("80"));
  EXPECT_EQ(profile->monitoring.green_below, Dec("120"));
}

TEST(Compile, AFigureThatAProfileMustHaveIsAskedFor) {
  for (const char* field :
       {"indicator_points", "over_flag_ratio", "over_reason_ratio", "warning_gap", "warning_unspent"}) {
    disk::ProfileState state = FromText<disk::ProfileState>(kProfile);
    state.GetReflection()->SetString(&state, state.GetDescriptor()->FindFieldByName(field), "");
    EXPECT_THAT(std::string(CompileProfile(state).status().message()), HasSubstr(field));
  }
}

TEST(Compile, AFigureOfAProfileThatIsNoNumberIsNamed) {
  ExpectEachNumberNamed(FromText<disk::ProfileState>(kProfile),
                        {"indicator_points", "execution_points", "grades.from", "over_flag_ratio",
                         "over_reason_ratio", "warning_gap", "warning_unspent", "monitoring.red_below"},
                        [](const google::protobuf::Message& state) {
                          return CompileProfile(static_cast<const disk::ProfileState&>(state)).status();
                        });
}

TEST(Compile, ATableKnowsItsRowsByName) {
  const auto profile = std::make_shared<scoring::Profile>(scoring::National());
  const auto model = CompileTable("u", "t", SampleState(), 7, profile);
  ASSERT_TRUE(model.ok()) << model.status();
  EXPECT_EQ((*model)->unit, "u");
  EXPECT_EQ((*model)->table, "t");
  EXPECT_EQ((*model)->revision, 7u);
  EXPECT_EQ((*model)->profile, profile);
  EXPECT_EQ((*model)->state.DebugString(), SampleState().DebugString());
  ASSERT_EQ((*model)->rows.size(), 7u);
  EXPECT_EQ((*model)->row_by_id.size(), 7u);
  for (size_t i = 0; i < 7; ++i) EXPECT_EQ((*model)->row_by_id.at((*model)->rows[i].id), static_cast<int>(i));
}

TEST(Compile, ATableWithARowThatDoesNotParseIsDamage) {
  disk::TableState state = SampleState();
  state.mutable_indicators(2)->set_weight("heavy");
  const auto model =
      CompileTable("u", "t", state, 7, std::make_shared<scoring::Profile>(scoring::National()));
  EXPECT_EQ(model.status().code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(model.status().message()), HasSubstr("units/u/tables/t: weight"));
}

}  // namespace
}  // namespace attain::engine
