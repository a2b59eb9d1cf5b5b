// The built-in profiles hold what domain.md section 2 states as defaults.
#include "gtest/gtest.h"
#include "service/engine/commands.h"
#include "service/engine/mirror.h"
#include "service/engine/table_model.h"

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

}  // namespace
}  // namespace attain::engine
