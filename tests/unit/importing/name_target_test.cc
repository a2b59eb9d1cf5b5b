// Names with the number of the form before them and the target behind them.
#include "service/importing/tables/name_target.h"

#include <gtest/gtest.h>

namespace attain::importing {
namespace {

TEST(NameTarget, TheFormsOwnNumberIsNoPartOfAName) {
  EXPECT_EQ(WithoutIndicatorNumber("指标1：培训人数"), "培训人数");
  EXPECT_EQ(WithoutIndicatorNumber("指标 ２: 培训人数"), "培训人数");
  EXPECT_EQ(WithoutIndicatorNumber("指标十二、培训人数"), "培训人数");
  EXPECT_EQ(WithoutIndicatorNumber("指标1"), "");
  EXPECT_EQ(WithoutIndicatorNumber("指标1完成率"), "指标1完成率");
  EXPECT_EQ(WithoutIndicatorNumber("指标完成率"), "指标完成率");
  EXPECT_EQ(WithoutIndicatorNumber("指标2024：甲"), "指标2024：甲");
}

TEST(NameTarget, ALineThatNobodyFilledInIsBlank) {
  for (const char* blank : {"", "无", "/", "——", "……", "指标2：……", "指标 3：", "不涉及"})
    EXPECT_TRUE(IsBlankName(blank)) << blank;
  for (const char* name : {"无障碍改造", "指标", "培训", "零事故", "0"})
    EXPECT_FALSE(IsBlankName(name)) << name;
}

TEST(NameTarget, ATargetBehindANameIsCutAtItsComparator) {
  std::string before, target;
  ASSERT_TRUE(CutTarget("培训人数≥100人次", &before, &target));
  EXPECT_EQ(before, "培训人数");
  EXPECT_EQ(target, "≥100人次");
  ASSERT_TRUE(CutTarget("办结天数：不超过5天", &before, &target));
  EXPECT_EQ(before, "办结天数");
  EXPECT_EQ(target, "不超过5天");
  for (const char* whole :
       {"培训人数", "≥100人次", "办结天数（≤）", "书车（≥**台）", "培训100人次", "超过预期"}) {
    EXPECT_FALSE(CutTarget(whole, &before, &target)) << whole;
  }
}

}  // namespace
}  // namespace attain::importing
