// What events touch: every kind has a footprint, and it names what the kind is about.
#include "service/state/footprint.h"

#include <gtest/gtest.h>

namespace attain::engine {
namespace {

// An event of this kind, about units/u, profiles/f or row i1 of units/u/tables/p1.
disk::Event EventOf(const google::protobuf::FieldDescriptor* kind) {
  disk::Event event;
  google::protobuf::Message* const part = event.GetReflection()->MutableMessage(&event, kind);
  const auto set = [](google::protobuf::Message* message, const char* field, const std::string& value) {
    const auto* const there = message->GetDescriptor()->FindFieldByName(field);
    if (there != nullptr && there->cpp_type() == google::protobuf::FieldDescriptor::CPPTYPE_STRING)
      message->GetReflection()->SetString(message, there, value);
  };
  set(part, "name", kind->name() == "profile_set" ? "profiles/f" : "units/u");
  set(part, "table", "units/u/tables/p1");
  set(part, "indicator", "i1");
  set(part, "actual_id", "12-2");
  if (event.has_table_set()) event.mutable_table_set()->mutable_table()->set_name("units/u/tables/p1");
  return event;
}

Footprint Of(const disk::Event& event) {
  const absl::StatusOr<Footprint> footprint = FootprintOf(event);
  EXPECT_TRUE(footprint.ok()) << footprint.status() << "\n" << event.ShortDebugString();
  return footprint.ok() ? *footprint : Footprint();
}

TEST(FootprintTest, EveryKindTouchesSomethingThatItNames) {
  const auto* const kinds = disk::Event::descriptor()->FindOneofByName("kind");
  ASSERT_GE(kinds->field_count(), 10);
  for (int i = 0; i < kinds->field_count(); ++i) {
    const Footprint footprint = Of(EventOf(kinds->field(i)));
    const int parts = !footprint.unit.empty() + !footprint.profile.empty() + footprint.table.has_value();
    EXPECT_EQ(parts, 1) << kinds->field(i)->name();
    const std::string name =
        footprint.table.has_value() ? footprint.table->Table() : footprint.unit + footprint.profile;
    EXPECT_EQ(name, footprint.table.has_value() ? "units/u/tables/p1"
                    : footprint.unit.empty()    ? "f"
                                                : "u")
        << kinds->field(i)->name();
    const bool names_row = kinds->field(i)->message_type()->FindFieldByName("indicator") != nullptr;
    EXPECT_EQ(footprint.row, names_row ? "i1" : "") << kinds->field(i)->name();
  }
}

TEST(FootprintTest, BoardsMoveWithEverythingThatCountsAndWithNothingElse) {
  const auto* const kinds = disk::Event::descriptor()->FindOneofByName("kind");
  std::string moving;
  for (int i = 0; i < kinds->field_count(); ++i) {
    if (Of(EventOf(kinds->field(i))).moves_board) moving += kinds->field(i)->name() + " ";
  }
  EXPECT_EQ(moving,
            "table_set actual_recorded actual_retracted spending_recorded evaluation_set review_recorded ");
}

TEST(FootprintTest, ACorrectionTouchesTheOldReportFirstAndIsNotOnlyAnAddition) {
  disk::Event event;
  event.mutable_actual_recorded()->set_table("units/u/tables/p1");
  event.mutable_actual_recorded()->set_indicator("i1");
  event.mutable_actual_recorded()->set_actual_id("12");
  EXPECT_TRUE(Of(event).only_adds_report());
  event.mutable_actual_recorded()->mutable_actual()->set_corrects("7");
  const Footprint footprint = Of(event);
  EXPECT_FALSE(footprint.only_adds_report());
  ASSERT_EQ(footprint.reports.size(), 2u);
  EXPECT_EQ(footprint.reports[0].id, "7");
  EXPECT_FALSE(footprint.reports[0].is_new);
  EXPECT_EQ(footprint.reports[1].id, "12");
  EXPECT_TRUE(footprint.reports[1].is_new);
}

TEST(FootprintTest, ARetractionIsNoAddition) {
  disk::Event event;
  event.mutable_actual_retracted()->set_table("units/u/tables/p1");
  event.mutable_actual_retracted()->set_indicator("i1");
  event.mutable_actual_retracted()->set_actual_id("7");
  EXPECT_FALSE(Of(event).only_adds_report());
}

TEST(FootprintTest, WhatIsNoEventOrNamesNothingIsRefused) {
  EXPECT_EQ(FootprintOf(disk::Event()).status().code(), absl::StatusCode::kDataLoss);
  disk::Event event;
  event.mutable_spending_recorded()->set_table("units/u");
  EXPECT_FALSE(FootprintOf(event).ok());
  event.mutable_actual_recorded()->set_table("units/u/tables/p1");
  EXPECT_EQ(FootprintOf(event).status().code(), absl::StatusCode::kDataLoss) << "a report of no row";
  event.mutable_actual_retracted()->set_table("units/u/tables/p1");
  EXPECT_EQ(FootprintOf(event).status().code(), absl::StatusCode::kDataLoss);
  event.mutable_review_recorded()->set_table("units/u/tables/p1");
  EXPECT_EQ(FootprintOf(event).status().code(), absl::StatusCode::kDataLoss);
}

}  // namespace
}  // namespace attain::engine
