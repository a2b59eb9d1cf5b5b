// What an error may take of a trailer: a client drops the whole answer above 8 KiB.
#include "service/rpc/status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "attain/v1/finding.pb.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "service/api/errors.h"

namespace attain::rpc {
namespace {

constexpr size_t kMostOnTheWay = 7 << 10;

// `characters` of three bytes each.
std::string Long(size_t characters) {
  std::string text;
  for (size_t i = 0; i < characters; ++i) text += "数";
  return text;
}

// Percent encoding makes three of each byte that is not ASCII, base64 four of three.
size_t OnTheWay(const grpc::Status& status) {
  size_t bytes = 0;
  for (const char c : status.error_message()) bytes += c >= 0x20 && c < 0x7f && c != '%' ? 1 : 3;
  return bytes + (status.error_details().size() + 2) / 3 * 4;
}

google::rpc::Status DetailsOf(const grpc::Status& status) {
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  return details;
}

template <typename Message>
Message Detail(const grpc::Status& status) {
  Message message;
  const google::rpc::Status details = DetailsOf(status);
  for (const auto& each : details.details()) {
    if (each.UnpackTo(&message)) return message;
  }
  ADD_FAILURE() << "no " << message.GetDescriptor()->name();
  return message;
}

void ExpectFits(const grpc::Status& status) {
  EXPECT_LE(OnTheWay(status), kMostOnTheWay);
  EXPECT_LE(status.error_message().size(), 400u);
  EXPECT_EQ(DetailsOf(status).code(), static_cast<int>(status.error_code()));
  EXPECT_EQ(Detail<google::rpc::ErrorInfo>(status).domain(), "attain");
}

TEST(Status, OkIsOk) {
  EXPECT_TRUE(ToGrpc(absl::OkStatus(), "en").ok());
}

TEST(Status, ALongMessageIsCutOnACharactersBorder) {
  for (const size_t length : {100u, 133u, 134u, 140u, 5'000u}) {
    const grpc::Status status =
        ToGrpc(engine::BadField("f", v1::ERROR_REASON_INVALID_FIELD, {Long(length), Long(length)}), "zh-CN");
    ExpectFits(status);
    const std::string& message = status.error_message();
    EXPECT_EQ(message.size() < 380, length <= 100) << "no shorter than it has to be: " << length;
    EXPECT_EQ(message.find("\xef\xbf\xbd"), std::string::npos);
    size_t tail = 0;
    while (tail < message.size() && (message[message.size() - 1 - tail] & 0xc0) == 0x80) ++tail;
    EXPECT_TRUE(tail == 0 || tail == 2) << "cut within a character";
  }
}

TEST(Status, WrongFieldsAreLeftOutFromTheEndUntilItFits) {
  std::vector<engine::Violation> violations;
  for (int i = 0; i < 300; ++i)
    violations.push_back({absl::StrCat("reports[", i, "].value"), {Long(300), Long(300)}});
  for (const char* locale : {"en", "zh-CN"}) {
    const grpc::Status status = ToGrpc(engine::BadFields(v1::ERROR_REASON_NOT_A_NUMBER, violations), locale);
    ExpectFits(status);
    EXPECT_EQ(Detail<google::rpc::ErrorInfo>(status).metadata().at("violations"), "300");
    const auto bad = Detail<google::rpc::BadRequest>(status);
    EXPECT_GE(bad.field_violations_size(), 1);
    EXPECT_EQ(bad.field_violations(0).field(), "reports[0].value");
    EXPECT_NE(Detail<google::rpc::LocalizedMessage>(status).message(), "");
  }
}

TEST(Status, FindingsAreLeftOutFromTheEndAndCounted) {
  v1::FindingList list;
  for (int i = 0; i < 20; ++i) {
    v1::Finding* finding = list.add_findings();
    finding->set_code(absl::StrCat("CODE_", i));
    finding->set_message(Long(300));
  }
  list.set_total(500);
  const grpc::Status status =
      ToGrpc(engine::WithFindingLists(engine::BadField("f", v1::ERROR_REASON_INVALID_FIELD, {"错", "wrong"}),
                                      list, list),
             "en");
  ExpectFits(status);
  const auto told = Detail<v1::FindingList>(status);
  EXPECT_GE(told.findings_size(), 1) << "the first fits";
  EXPECT_LT(told.findings_size(), 20);
  EXPECT_EQ(told.findings(0).code(), "CODE_0");
  EXPECT_EQ(told.total(), 500);
}

TEST(Status, WhatHasNoDetailsTellsNothingOfItsText) {
  const grpc::Status status = ToGrpc(absl::InternalError("/var/lib/secret is gone"), "en");
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INTERNAL);
  EXPECT_EQ(status.error_message().find("secret"), std::string::npos);
  EXPECT_EQ(status.error_details().find("secret"), std::string::npos);
}

}  // namespace
}  // namespace attain::rpc
