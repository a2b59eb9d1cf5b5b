// What an update with a mask changes, and what it leaves.
#include "service/api/update_mask.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "attain/v1/table.pb.h"
#include "attain/v1/unit.pb.h"
#include "service/api/errors.h"

namespace attain::engine {
namespace {

google::protobuf::FieldMask Mask(const std::vector<std::string>& paths) {
  google::protobuf::FieldMask mask;
  for (const std::string& path : paths) mask.add_paths(path);
  return mask;
}

v1::Unit There() {
  v1::Unit unit;
  unit.set_name("units/a");
  unit.set_display_name("甲局");
  unit.set_parent("units/office");
  return unit;
}

std::string Updated(const std::vector<std::string>& paths, const v1::Unit& given) {
  v1::Unit unit = There();
  const absl::Status status = Update(Mask(paths), given, &unit);
  EXPECT_TRUE(status.ok()) << status;
  return absl::StrCat(unit.display_name(), "|", unit.parent());
}

TEST(UpdateMask, WithoutAMaskWhatIsGivenReplacesAndWhatIsNotStays) {
  v1::Unit given;
  given.set_display_name("乙局");
  EXPECT_EQ(Updated({}, given), "乙局|units/office");
  EXPECT_EQ(Updated({}, v1::Unit()), "甲局|units/office");
}

TEST(UpdateMask, ANamedFieldIsReplacedAlsoByNothing) {
  v1::Unit given;
  given.set_display_name("乙局");
  given.set_parent("units/other");
  EXPECT_EQ(Updated({"display_name"}, given), "乙局|units/office");
  EXPECT_EQ(Updated({"parent"}, given), "甲局|units/other");
  given.clear_parent();
  EXPECT_EQ(Updated({"parent"}, given), "甲局|");
  EXPECT_EQ(Updated({"parent", "display_name"}, given), "乙局|");
}

TEST(UpdateMask, AStarReplacesEverything) {
  v1::Unit given;
  given.set_display_name("乙局");
  EXPECT_EQ(Updated({"*"}, given), "乙局|");
}

TEST(UpdateMask, ListsAreReplacedAndPathsLeadIntoMessages) {
  v1::Table table, given;
  table.add_indicators()->set_display_name("old 1");
  table.add_indicators()->set_display_name("old 2");
  table.mutable_budget()->set_total("10");
  table.mutable_budget()->set_fiscal("8");
  given.add_indicators()->set_display_name("new");
  given.mutable_budget()->set_total("12");
  v1::Table one = table;
  ASSERT_TRUE(Update(Mask({"indicators"}), given, &one).ok());
  ASSERT_EQ(one.indicators_size(), 1);
  EXPECT_EQ(one.indicators(0).display_name(), "new");
  EXPECT_EQ(one.budget().total(), "10");
  v1::Table two = table;
  ASSERT_TRUE(Update(Mask({"budget.total"}), given, &two).ok());
  EXPECT_EQ(two.budget().total(), "12");
  EXPECT_EQ(two.budget().fiscal(), "8");
  EXPECT_EQ(two.indicators_size(), 2);
  ASSERT_TRUE(Update(Mask({"budget.fiscal"}), v1::Table(), &two).ok());
  EXPECT_EQ(two.budget().fiscal(), "") << "empty in a message that was not given at all";
  v1::Table three = table;
  ASSERT_TRUE(Update(Mask({"budget"}), given, &three).ok());
  EXPECT_EQ(three.budget().fiscal(), "") << "a message named is replaced as a whole";
}

TEST(UpdateMask, WhatIsNoFieldIsRefused) {
  for (const std::vector<std::string>& paths :
       {std::vector<std::string>{"nickname"}, {"display_name", "parent.name"}, {""}, {"*", "parent"}}) {
    v1::Unit unit = There();
    const absl::Status status = Update(Mask(paths), v1::Unit(), &unit);
    EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_INVALID_FIELD) << paths[0];
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  }
  v1::Unit unit = There();
  EXPECT_EQ(MessageOf(Update(Mask({"nickname"}), v1::Unit(), &unit), "en"),
            "update_mask names \"nickname\", which is no field of Unit.");
}

}  // namespace
}  // namespace attain::engine
