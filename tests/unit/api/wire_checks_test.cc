// A field of a newer client is refused wherever it stands, and a text that is not UTF-8 is named.
#include "service/api/wire_checks.h"

#include <gtest/gtest.h>

#include "attain/v1/reporting_service.pb.h"
#include "attain/v1/target_service.pb.h"
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
  batch.mutable_write()->set_validate_only(true);
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

// The path of a text that is not UTF-8, as other violations have it.
TEST(InvalidText, IsFoundWhereverItStands) {
  const auto path = [](const google::protobuf::Message& message) {
    std::string bytes = message.SerializeAsString();
    for (char& c : bytes) c = c == '~' ? '\xFF' : c;
    return PathOfInvalidText(*message.GetDescriptor(), bytes);
  };
  v1::RecordActualRequest one;
  one.set_indicator("units/u");
  EXPECT_EQ(path(one), "");
  one.mutable_report()->set_note("~");
  EXPECT_EQ(path(one), "report.note");
  one.set_indicator("~");
  EXPECT_EQ(path(one), "indicator");
  v1::BatchRecordActualsRequest many;
  for (const char* value : {"1", "2", "3~"}) many.add_reports()->mutable_report()->set_value(value);
  EXPECT_EQ(path(many), "reports[2].report.value");
  many.mutable_reports(1)->mutable_report()->add_evidence("sound");
  many.mutable_reports(1)->mutable_report()->add_evidence("~");
  EXPECT_EQ(path(many), "reports[1].report.evidence[1]");
  v1::ImportDocumentRequest bytes;
  bytes.set_content("~");
  EXPECT_EQ(path(bytes), "") << "bytes are no text";
  EXPECT_EQ(PathOfInvalidText(*v1::RecordActualRequest::descriptor(), "no message"), "");
}

}  // namespace
}  // namespace attain::engine
