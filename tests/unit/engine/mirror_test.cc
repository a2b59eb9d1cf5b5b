// The public schema and the one on disk, side by side: a field without partner is either listed here, with its reason, or a mistake.
#include "service/engine/mirror.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace attain::engine {
namespace {

using ::testing::UnorderedElementsAre;

TEST(Mirror, TableFieldsWithoutPartnerAreConvertedByHand) {
  EXPECT_THAT(FieldsWithoutPartner(*v1::Table::descriptor(), *disk::TableState::descriptor()),
              UnorderedElementsAre("Table.etag", "Table.create_time", "Table.update_time", "Table.source_text"));
}

TEST(Mirror, ProfileFieldsWithoutPartnerAreConvertedByHand) {
  EXPECT_THAT(FieldsWithoutPartner(*v1::Profile::descriptor(), *disk::ProfileState::descriptor()),
              UnorderedElementsAre("Profile.rule_aliases", "Profile.level_aliases", "Profile.etag", "Profile.update_time"));
}

TEST(Mirror, UnitAndActualFieldsWithoutPartnerAreConvertedByHand) {
  EXPECT_THAT(FieldsWithoutPartner(*v1::Unit::descriptor(), *disk::UnitState::descriptor()),
              UnorderedElementsAre("Unit.etag", "Unit.create_time", "Unit.update_time"));
  EXPECT_THAT(FieldsWithoutPartner(*v1::Actual::descriptor(), *disk::ActualState::descriptor()),
              UnorderedElementsAre("Actual.name", "Actual.unit", "Actual.record_time"));
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

}  // namespace
}  // namespace attain::engine
