#include "gtest/gtest.h"
#include "service/scoring/monitoring.h"
#include "tests/unit/scoring/test_profiles.h"

namespace attain::scoring {
namespace {

TEST(NamesTest, LevelsAreFoundByIdNameAndSynonymWhateverTheBlanks) {
  const Profile profile = National();
  const Indicator row = Row(RuleKind::kRating, "40");
  for (const char* typed :
       {"achieved", "达成年度指标", "达成 年度指标", " 达成　年度\t指标\n", "达成目标", "达成\u00a0目标"}) {
    EXPECT_EQ(ResolveLevel(profile, row, typed), "achieved") << typed;
  }
  EXPECT_EQ(ResolveLevel(profile, row, "基本达成目标"), "partly");
  for (const char* typed : {"", "达成", "优秀", "Achieved"})
    EXPECT_EQ(ResolveLevel(profile, row, typed), "") << typed;
}

TEST(NamesTest, ARowsOwnScaleReplacesTheProfiles) {
  const Profile profile = National();
  Indicator row = Row(RuleKind::kRating, "40");
  row.options.rating_bands = {{"good", "好", Dec("0.5"), Dec("1")}, {"bad", "差", Dec("0"), Dec("0.5")}};
  EXPECT_EQ(ResolveLevel(profile, row, "好"), "good");
  EXPECT_EQ(ResolveLevel(profile, row, "achieved"), "");
  EXPECT_EQ(ResolveLevel(profile, row, "达成目标"), "")
      << "a synonym of a level that this scale does not have";
}

TEST(NamesTest, UnknownRulesAreUnmapped) {
  const Profile profile = National();
  EXPECT_EQ(ResolveRule(profile, "按照正常比例赋分"), RuleKind::kProportional);
  EXPECT_EQ(ResolveRule(profile, "按照 正常\n比例赋分"), RuleKind::kProportional);
  EXPECT_EQ(ResolveRule(profile, "按照正常比例赋分。"), RuleKind::kUnmapped);
  EXPECT_EQ(ResolveRule(profile, ""), RuleKind::kUnmapped);
}

TEST(NamesTest, LevelsThatDoNotGrowWithTheMonthsAreFoundWhateverTheirSpelling) {
  Profile profile = National();
  EXPECT_TRUE(IsProrated(profile, "质量")) << "a profile that names none";
  profile.monitoring.not_prorated = {"质量", "时效指标"};
  for (const char* exempt : {"质量", "质量指标", "质 量　指标", "时效"})
    EXPECT_FALSE(IsProrated(profile, exempt)) << exempt;
  for (const char* other : {"数量", "数量指标", "", "指标"}) EXPECT_TRUE(IsProrated(profile, other)) << other;
}

TEST(NamesTest, GradesAreHalfOpen) {
  const Profile profile = National();
  EXPECT_EQ(GradeOf(profile, Dec("90")), "优");
  EXPECT_EQ(GradeOf(profile, Dec("89.99")), "良");
  EXPECT_EQ(GradeOf(profile, Dec("0")), "差");
  EXPECT_EQ(GradeOf(profile, Dec("-1")), "");
}

}  // namespace
}  // namespace attain::scoring
