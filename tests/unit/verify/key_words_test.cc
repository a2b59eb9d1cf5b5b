// Keys and differences in words.
#include "service/verify/key_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "attain/storage/v1/state.pb.h"
#include "service/state/keys.h"
#include "storage/key_codec.h"

namespace attain::engine {
namespace {

namespace disk = ::attain::storage::v1;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Differences(const std::string& key, const google::protobuf::MessageLite& stored,
                                     const google::protobuf::MessageLite& expected) {
  std::vector<std::string> lines;
  for (const FieldDifference& one :
       CompareValues(key, stored.SerializeAsString(), expected.SerializeAsString())) {
    lines.push_back(absl::StrCat(one.field, ": ", one.stored, " / ", one.expected));
  }
  return lines;
}

TEST(DescribeKeyTest, EverySpaceHasWords) {
  EXPECT_EQ(DescribeKey(UnitKey("a")), "unit units/a");
  EXPECT_EQ(DescribeKey(TableKey("a", "p1")), "table units/a/tables/p1");
  EXPECT_EQ(DescribeKey(BoardKey("a", "p1")), "board of units/a/tables/p1");
  EXPECT_EQ(DescribeKey(UnitBoardKey("a", 2024)), "sums of units/a for 2024");
  EXPECT_EQ(DescribeKey(ProfileKey("national")), "profile profiles/national");
  EXPECT_EQ(DescribeKey(ProfileVersionKey("national", 3)), "profile profiles/national version 3");
  EXPECT_EQ(DescribeKey(ActualKey("a", "p1", "i1", {12, 2})),
            "report units/a/tables/p1/indicators/i1/actuals/12-2");
  EXPECT_EQ(DescribeKey(SpendingKey("a", "p1", 12)), "spending of units/a/tables/p1 recorded at 12");
  EXPECT_EQ(DescribeKey(RequestKey("li", "r1")), "request id r1 of li");
  EXPECT_EQ(DescribeKey(RequestKey("", "r1")), "request id r1");
  EXPECT_EQ(DescribeKey(AmendmentKey("a", "p1", 2)), "amendment units/a/tables/p1/amendments/2");
  EXPECT_EQ(DescribeKey(EvaluationKey("a", "p1")), "evaluation of units/a/tables/p1");
  EXPECT_EQ(DescribeKey(ReviewKey("a", "p1", "i1")), "review of units/a/tables/p1/indicators/i1");
  EXPECT_EQ(DescribeKey(OutlookKey("a", "p1", "i1")), "outlook of units/a/tables/p1/indicators/i1");
  EXPECT_EQ(DescribeKey(ThreadKey("a", "p1")), "last touch of units/a/tables/p1");
}

TEST(DescribeKeyTest, WhatIsNoKeyIsShownInHexadecimal) {
  EXPECT_EQ(DescribeKey(""), "key ");
  EXPECT_EQ(DescribeKey("\xff\x01"), "key ff01");
  EXPECT_EQ(DescribeKey(storage::KeyBuilder(99).Text("a").Build()), "key 6302610001");
  const std::string unit = UnitKey("a");
  EXPECT_EQ(DescribeKey(unit.substr(0, unit.size() - 1)), "key 01026100");
  EXPECT_EQ(DescribeKey(absl::StrCat(UnitKey("a"), "x")), "key 010261000178");
}

TEST(CompareValuesTest, NamesTheFieldsThatDiffer) {
  disk::BoardState stored, expected;
  stored.set_total("0.63");
  expected.set_total("10.63");
  stored.add_cells()->set_score("1");
  expected.add_cells()->set_score("1");
  stored.add_cells()->set_count(3);
  expected.add_cells()->set_count(4);
  EXPECT_THAT(Differences(BoardKey("a", "p1"), stored, expected),
              ElementsAre("cells[1].count: 3 / 4", "total: 0.63 / 10.63"));
  stored.add_cells();
  stored.set_grade("优");
  stored.set_light(2);
  EXPECT_THAT(Differences(BoardKey("a", "p1"), stored, expected),
              ElementsAre("number of cells: 3 / 2", "cells[1].count: 3 / 4", "total: 0.63 / 10.63"))
      << "the first three";
}

TEST(CompareValuesTest, ShowsWhatIsAbsentEmptyLongOrNoText) {
  disk::BoardState stored, expected;
  stored.add_cells()->set_met(false);
  expected.add_cells();
  expected.set_spent_date("2024-01-01");
  EXPECT_THAT(Differences(BoardKey("a", "p1"), stored, expected),
              ElementsAre("cells[0].met: false / (none)", "spent_date: (empty) / 2024-01-01"));
  disk::UnitState unit, other;
  std::string text;
  for (int i = 0; i < 40; ++i) text += "局";
  unit.set_display_name(text);
  EXPECT_THAT(Differences(UnitKey("a"), unit, other),
              ElementsAre(absl::StrCat("display_name: ", text.substr(0, 78), "… / (empty)")));
  disk::RequestState request, none;
  request.set_fingerprint("\x01\xff");
  EXPECT_THAT(Differences(RequestKey("", "r"), request, none), ElementsAre("fingerprint: 01ff / "));
}

TEST(CompareValuesTest, EveryKindOfValueIsCompared) {
  const auto differ = [](const std::string& key, const google::protobuf::MessageLite& stored,
                         const google::protobuf::MessageLite& expected) {
    return !Differences(key, stored, expected).empty();
  };
  disk::TableState table;
  table.set_goal("x");
  EXPECT_TRUE(differ(TableKey("a", "p"), table, disk::TableState()));
  disk::UnitBoardState sums;
  sums.set_weight("1");
  EXPECT_TRUE(differ(UnitBoardKey("a", 2024), sums, disk::UnitBoardState()));
  disk::ProfileState profile;
  profile.set_version(1);
  EXPECT_TRUE(differ(ProfileKey("p"), profile, disk::ProfileState()));
  EXPECT_TRUE(differ(ProfileVersionKey("p", 1), profile, disk::ProfileState()));
  disk::ActualState actual;
  actual.set_number("1");
  EXPECT_TRUE(differ(ActualKey("a", "p", "i", {1, 1}), actual, disk::ActualState()));
  disk::SpendingState spending;
  spending.set_spent("1");
  EXPECT_TRUE(differ(SpendingKey("a", "p", 1), spending, disk::SpendingState()));
  disk::AmendmentState amendment;
  amendment.set_reason("1");
  EXPECT_TRUE(differ(AmendmentKey("a", "p", 1), amendment, disk::AmendmentState()));
  disk::EvaluationState evaluation;
  evaluation.set_result("1");
  EXPECT_TRUE(differ(EvaluationKey("a", "p"), evaluation, disk::EvaluationState()));
  disk::ReviewState review;
  review.set_score("1");
  EXPECT_TRUE(differ(ReviewKey("a", "p", "i"), review, disk::ReviewState()));
  disk::OutlookState outlook;
  outlook.set_text("1");
  EXPECT_TRUE(differ(OutlookKey("a", "p", "i"), outlook, disk::OutlookState()));
}

TEST(CompareValuesTest, WithoutFieldsThereIsNothingToName) {
  EXPECT_THAT(CompareValues(UnitKey("a"), "\xff", ""), IsEmpty());
  EXPECT_THAT(CompareValues(UnitKey("a"), "", "\xff"), IsEmpty());
  EXPECT_THAT(CompareValues(ThreadKey("a", "p"), "x", ""), IsEmpty());
  EXPECT_THAT(CompareValues("\xff", "x", ""), IsEmpty());
}

}  // namespace
}  // namespace attain::engine
