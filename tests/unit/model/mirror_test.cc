// The public schema and the one on disk, side by side: a field without partner is either listed here, with
// its reason, or a mistake.
#include "service/model/mirror.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "attain/v1/monitoring.pb.h"

namespace attain::engine {
namespace {

using ::testing::UnorderedElementsAre;

TEST(Mirror, TableFieldsWithoutPartnerAreConvertedByHand) {
  EXPECT_THAT(
      FieldsWithoutPartner(*v1::Table::descriptor(), *disk::TableState::descriptor()),
      UnorderedElementsAre("Table.etag", "Table.create_time", "Table.update_time", "Table.source_text"));
}

TEST(Mirror, ProfileFieldsWithoutPartnerAreConvertedByHand) {
  EXPECT_THAT(FieldsWithoutPartner(*v1::Profile::descriptor(), *disk::ProfileState::descriptor()),
              UnorderedElementsAre("Profile.rule_aliases", "Profile.level_aliases", "Profile.etag",
                                   "Profile.update_time"));
}

TEST(Mirror, UnitAndActualFieldsWithoutPartnerAreConvertedByHand) {
  EXPECT_THAT(FieldsWithoutPartner(*v1::Unit::descriptor(), *disk::UnitState::descriptor()),
              UnorderedElementsAre("Unit.etag", "Unit.create_time", "Unit.update_time"));
  EXPECT_THAT(FieldsWithoutPartner(*v1::Actual::descriptor(), *disk::ActualState::descriptor()),
              UnorderedElementsAre("Actual.name", "Actual.unit", "Actual.record_time"));
}

TEST(Mirror, SpendingFieldsWithoutPartnerAreConvertedByHand) {
  EXPECT_THAT(FieldsWithoutPartner(*v1::Spending::descriptor(), *disk::SpendingState::descriptor()),
              UnorderedElementsAre("Spending.table", "Spending.record_time"));
}

TEST(Mirror, OutlookFieldsWithoutPartnerAreConvertedByHand) {
  EXPECT_THAT(FieldsWithoutPartner(*v1::Outlook::descriptor(), *disk::OutlookState::descriptor()),
              UnorderedElementsAre("Outlook.record_time"));
}

TEST(Mirror, AProfileComesBackAsItWasSent) {
  v1::Profile profile;
  profile.set_display_name("x");
  profile.mutable_defaults()->set_score_decimals(0);
  profile.mutable_defaults()->set_rounding(v1::ROUNDING_DOWN);
  (*profile.mutable_rule_aliases())["直接赋分"] = v1::RULE_KIND_DIRECT;
  (*profile.mutable_level_aliases())["达成目标"] = "achieved";
  v1::Profile back = ToPublic(ToState(profile), 7);
  EXPECT_EQ(back.etag(), "7");
  back.clear_etag();
  back.clear_update_time();
  EXPECT_EQ(back.DebugString(), profile.DebugString());
}

// Sets every field, so that a field which one of two copies leaves out is seen.
void FillAll(google::protobuf::Message* message) {
  const auto* reflection = message->GetReflection();
  for (int i = 0; i < message->GetDescriptor()->field_count(); ++i) {
    const auto* field = message->GetDescriptor()->field(i);
    using Field = google::protobuf::FieldDescriptor;
    if (field->is_repeated()) {
      ASSERT_EQ(field->cpp_type(), Field::CPPTYPE_STRING) << field->full_name();
      reflection->AddString(message, field, field->name());
    } else if (field->cpp_type() == Field::CPPTYPE_MESSAGE) {
      FillAll(reflection->MutableMessage(message, field));
    } else if (field->cpp_type() == Field::CPPTYPE_STRING) {
      reflection->SetString(message, field, field->name());
    } else if (field->cpp_type() == Field::CPPTYPE_BOOL) {
      reflection->SetBool(message, field, true);
    } else if (field->cpp_type() == Field::CPPTYPE_INT64) {
      reflection->SetInt64(message, field, i + 1);
    } else {
      ASSERT_EQ(field->cpp_type(), Field::CPPTYPE_INT32) << field->full_name();
      reflection->SetInt32(message, field, 2);
    }
  }
}

TEST(Mirror, AReportIsCopiedByHandAsByName) {
  disk::ActualState state;
  FillAll(&state);
  v1::Actual by_name;
  CopyByName(state, &by_name);
  v1::Actual by_hand = ToPublic(state, "p", "7", "个");
  EXPECT_EQ(by_hand.name(), "p/actuals/7");
  EXPECT_EQ(by_hand.unit(), "个");
  EXPECT_EQ(by_hand.corrects(), "p/actuals/corrects");
  EXPECT_EQ(by_hand.corrected_by(), "p/actuals/corrected_by");
  by_hand.clear_name();
  by_hand.clear_unit();
  by_hand.clear_record_time();
  by_hand.set_corrects(state.corrects());
  by_hand.set_corrected_by(state.corrected_by());
  EXPECT_EQ(by_hand.DebugString(), by_name.DebugString());
}

}  // namespace
}  // namespace attain::engine
