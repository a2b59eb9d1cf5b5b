#include "clients/cli/session/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "attain/v1/unit.pb.h"

namespace attain::cli {
namespace {

TEST(Json, IsProto3JsonWithChineseAsItIs) {
  v1::Unit unit;
  unit.set_display_name("中心");
  EXPECT_EQ(*ToJson(unit), "{\n \"displayName\": \"中心\"\n}\n");
}

TEST(Json, ReadsWhatItWrites) {
  v1::Unit unit, read;
  unit.set_name("units/a");
  unit.mutable_create_time()->set_seconds(1'700'000'000);
  ASSERT_TRUE(FromJson(*ToJson(unit), &read).ok());
  EXPECT_EQ(read.SerializeAsString(), unit.SerializeAsString());
}

TEST(Json, RefusesUnknownFields) {
  v1::Unit unit;
  EXPECT_THAT(FromJson("{\"nam\": \"x\"}", &unit).message(), testing::HasSubstr("nam"));
  EXPECT_FALSE(FromJson("{", &unit).ok());
}

}  // namespace
}  // namespace attain::cli
