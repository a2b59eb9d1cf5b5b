// The built-in profiles hold what RULES 2 states as defaults.
#include <functional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "service/api/errors.h"
#include "service/domain/profiles/profile_checks.h"
#include "service/domain/profiles/profile_commands.h"
#include "service/model/compile.h"
#include "service/model/mirror.h"
#include "service/model/table_model.h"
#include "tests/support/aliases.h"

namespace attain::engine {
namespace {

class BuiltIn : public ::testing::TestWithParam<const char*> {
 protected:
  static v1::Profile Public(const std::string& name) {
    for (const v1::Profile& profile : BuiltInProfiles()) {
      if (profile.name() == "profiles/" + name) return profile;
    }
    ADD_FAILURE() << "no profile " << name;
    return {};
  }
};

TEST_P(BuiltIn, IsValidAndCompiles) {
  const v1::Profile profile = Public(GetParam());
  EXPECT_TRUE(CheckProfile(profile).ok()) << CheckProfile(profile);
  EXPECT_FALSE(profile.display_name().empty());
  EXPECT_FALSE(profile.source().empty()) << "where its rules come from";
  const auto compiled = CompileProfile(ToState(profile));
  ASSERT_TRUE(compiled.ok()) << compiled.status();
  EXPECT_EQ(compiled->grades.size(), 4u);
}

INSTANTIATE_TEST_SUITE_P(All, BuiltIn, ::testing::Values("national", "xinjiang", "hubei", "zhejiang"));

TEST_F(BuiltIn, NationalAndXinjiangKeepTheDefaults) {
  for (const char* name : {"national", "xinjiang"}) {
    const auto profile = *CompileProfile(ToState(Public(name)));
    EXPECT_EQ(profile.indicator_points.ToString(), "90") << name;
    EXPECT_EQ(profile.execution_points->ToString(), "10") << name;
    EXPECT_EQ(profile.grades[0].name, "优") << name;
    EXPECT_EQ(profile.grades[0].from.ToString(), "90") << name;
    EXPECT_EQ(profile.grades[1].from.ToString(), "80") << name;
    EXPECT_EQ(profile.grades[2].from.ToString(), "60") << name;
    EXPECT_EQ(profile.over_flag_ratio.ToString(), "1.2") << name;
    EXPECT_EQ(profile.over_reason_ratio.ToString(), "1.3") << name;
    EXPECT_EQ(profile.total_decimals, 2) << name;
  }
}

struct Contradiction {
  const char* says;  // part of the refusal
  std::function<void(v1::Profile*)> make;
};

const std::vector<Contradiction>& Contradictions() {
  static const auto* all = new std::vector<Contradiction>{
      {"display_name is required", [](auto* p) { p->set_display_name("\u3000"); }},
      {"display_name: Too long: 201", [](auto* p) { p->set_display_name(std::string(201, 'x')); }},
      {"execution_points must lie between 0 and 100", [](auto* p) { p->set_execution_points("-10"); }},
      {"execution_points must lie between 0 and 100", [](auto* p) { p->set_execution_points("500"); }},
      {"indicator_points is required", [](auto* p) { p->clear_indicator_points(); }},
      {"at most 18 digits", [](auto* p) { p->set_indicator_points("99999999999999999999"); }},
      {"rollup is required", [](auto* p) { p->clear_rollup(); }},
      {"rollup has no value 9", [](auto* p) { p->set_rollup(static_cast<v1::RollupMode>(9)); }},
      {"rounding has no value 9",
       [](auto* p) { p->mutable_defaults()->set_rounding(static_cast<v1::Rounding>(9)); }},
      {"equal_mode is required", [](auto* p) { p->mutable_defaults()->clear_equal_mode(); }},
      {"score_decimals must be 0, 1 or 2", [](auto* p) { p->mutable_defaults()->set_score_decimals(3); }},
      {"over_tiers is required",
       [](auto* p) { p->mutable_defaults()->set_over_mode(v1::OVER_ACHIEVEMENT_MODE_TIERS); }},
      {"over_deviation_slope is required",
       [](auto* p) {
         p->mutable_defaults()->set_over_mode(v1::OVER_ACHIEVEMENT_MODE_DEVIATION);
         p->mutable_defaults()->set_over_deviation_limit("1.2");
         p->mutable_defaults()->set_over_deviation_floor("0.5");
       }},
      {"over_flag_ratio must be at least 1", [](auto* p) { p->set_over_flag_ratio("-1"); }},
      {"must not be below over_flag_ratio", [](auto* p) { p->set_over_reason_ratio("1.1"); }},
      {"warning_gap must lie between 0 and 1", [](auto* p) { p->set_warning_gap("-1"); }},
      {"rating_bands is required",
       [](auto* p) {
         p->mutable_defaults()->clear_rating_bands();
         p->clear_level_aliases();
       }},
      {"monitoring.green_below is required", [](auto* p) { p->mutable_monitoring()->clear_green_below(); }},
      {"Monitoring limits must not fall", [](auto* p) { p->mutable_monitoring()->set_red_below("90"); }},
      {"grades.display_name is required", [](auto* p) { p->mutable_grades(1)->clear_display_name(); }},
      {"Every grade needs a name of its own", [](auto* p) { p->mutable_grades(1)->set_display_name("优"); }},
      {"control characters", [](auto* p) { p->mutable_grades(1)->set_display_name("a\x01"); }},
      {"Too long", [](auto* p) { p->mutable_grades(1)->set_display_name(std::string(10 << 20, 'x')); }},
      {"level1_names has 600 entries",
       [](auto* p) {
         while (p->level1_names_size() < 600) p->add_level1_names(absl::StrCat("n", p->level1_names_size()));
       }},
      {"stands for no known rule",
       [](auto* p) { AddAlias("x", static_cast<v1::RuleKind>(99), p->mutable_rule_aliases()); }},
  };
  return *all;
}

TEST_F(BuiltIn, AProfileThatContradictsItselfIsRefused) {
  for (const Contradiction& contradiction : Contradictions()) {
    v1::Profile profile = Public("national");
    contradiction.make(&profile);
    const absl::Status refused = CheckProfile(profile);
    EXPECT_EQ(ReasonOf(refused), v1::ERROR_REASON_INVALID_PROFILE) << contradiction.says;
    EXPECT_THAT(MessageOf(refused, "en"), ::testing::HasSubstr(contradiction.says));
    EXPECT_THAT(MessageOf(refused, "zh-CN"), ::testing::Not(::testing::HasSubstr("must"))) << refused;
  }
}

TEST_F(BuiltIn, EveryContradictionIsListed) {
  v1::Profile profile = Public("national");
  profile.set_execution_points("-10");
  profile.set_warning_gap("many");
  profile.clear_monitoring();
  EXPECT_THAT(MessageOf(CheckProfile(profile), "en"),
              ::testing::StartsWith("5 fields are wrong; the first, profile.execution_points"));
}

}  // namespace
}  // namespace attain::engine
