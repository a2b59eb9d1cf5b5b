// A field of a newer client is refused wherever it stands.
#include "service/api/unknown_fields.h"

#include <gtest/gtest.h>

#include "attain/v1/reporting_service.pb.h"
#include "google/protobuf/unknown_field_set.h"
#include "service/api/errors.h"

namespace attain::engine {
namespace {

void AddUnknown(google::protobuf::Message* message, int number = 99) {
  message->GetReflection()->MutableUnknownFields(message)->AddVarint(number, 1);
}

v1::BatchRecordActualsRequest Batch() {
  v1::BatchRecordActualsRequest batch;
  for (int i = 0; i < 3; ++i) batch.add_reports()->mutable_report()->set_value("20");
  batch.set_validate_only(true);
  return batch;
}

TEST(UnknownFields, WhatIsKnownPasses) {
  EXPECT_TRUE(CheckNoUnknownFields(v1::BatchRecordActualsRequest()).ok());
  EXPECT_TRUE(CheckNoUnknownFields(Batch()).ok());
}

TEST(UnknownFields, OneOfTheRequestIsNamedByItsNumber) {
  v1::BatchRecordActualsRequest batch = Batch();
  AddUnknown(&batch);
  const absl::Status status = CheckNoUnknownFields(batch);
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(MessageOf(status, "en"),
            "This server does not know field 99 of the request and would leave it out, so nothing was done. "
            "Update the server, or do not send that field.");
}

TEST(UnknownFields, OneInsideIsNamedByItsPlace) {
  v1::BatchRecordActualsRequest batch = Batch();
  AddUnknown(batch.mutable_reports(1)->mutable_report(), 77);
  const absl::Status status = CheckNoUnknownFields(batch);
  EXPECT_EQ(ReasonOf(status), v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_NE(MessageOf(status, "en").find("field 77 of reports[1].report and"), std::string::npos)
      << MessageOf(status, "en");
}

}  // namespace
}  // namespace attain::engine
