#include "clients/cli/input/target_text.h"

#include <gtest/gtest.h>

namespace attain::cli {
namespace {

TEST(TargetText, ComparatorNumberAndUnitAreTakenApart) {
  const auto target = ParseTarget(" ≥ 30 个 ");
  ASSERT_TRUE(target.has_value());
  EXPECT_EQ(target->comparator(), v1::COMPARATOR_AT_LEAST);
  EXPECT_EQ(target->value(), "30");
  EXPECT_EQ(target->unit(), "个");
  EXPECT_EQ(ParseTarget("<=2小时")->comparator(), v1::COMPARATOR_AT_MOST);
  EXPECT_EQ(ParseTarget("＞９０％")->comparator(), v1::COMPARATOR_GREATER);
  EXPECT_EQ(ParseTarget("＞９０％")->value(), "90");
  EXPECT_EQ(ParseTarget("＞９０％")->unit(), "%");
  EXPECT_EQ(ParseTarget("=-1.5")->value(), "-1.5");
}

TEST(TargetText, WhatIsNotGivenIsEmpty) {
  EXPECT_EQ(ParseTarget("24")->comparator(), v1::COMPARATOR_UNSPECIFIED);
  EXPECT_EQ(ParseTarget("24")->unit(), "");
  EXPECT_FALSE(ParseTarget("  ").has_value());
}

TEST(TargetText, WordsAreATextTarget) {
  EXPECT_EQ(ParseTarget("有效提高")->text(), "有效提高");
  EXPECT_EQ(ParseTarget("有效提高")->value(), "");
  EXPECT_EQ(ParseTarget("有效提高")->comparator(), v1::COMPARATOR_UNSPECIFIED);
  EXPECT_EQ(ParseTarget(" ≥ 上年 ")->text(), "≥ 上年") << "a sign is part of the words";
  EXPECT_EQ(ParseTarget(" ≥ 上年 ")->comparator(), v1::COMPARATOR_UNSPECIFIED)
      << "there is nothing to compare";
}

}  // namespace
}  // namespace attain::cli
