#include "service/api/errors.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"

namespace attain::engine {
namespace {

constexpr size_t kTrailerBytes = 6 * 1024;

template <typename Detail>
Detail Find(const google::rpc::Status& status) {
  Detail detail;
  for (const auto& any : status.details()) {
    if (any.UnpackTo(&detail)) return detail;
  }
  ADD_FAILURE() << "no " << Detail::descriptor()->name();
  return detail;
}

TEST(Errors, EveryReasonIsNamedByATest) {
  std::string tests;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(ATTAIN_SOURCE_DIR "/tests")) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path());
    std::stringstream text;
    text << file.rdbuf();
    tests += text.str();
  }
  const auto* reasons = v1::ErrorReason_descriptor();
  for (int i = 1; i < reasons->value_count(); ++i) {
    const std::string& name = reasons->value(i)->name();
    const std::string word(absl::StripPrefix(name, "ERROR_REASON_"));
    EXPECT_TRUE(absl::StrContains(tests, absl::StrCat("_", word, ")")) ||
                absl::StrContains(tests, absl::StrCat("_", word, ",")) ||
                absl::StrContains(tests, absl::StrCat("_", word, "\"")) ||
                absl::StrContains(tests, absl::StrCat("\"", word, "\"")))
        << "no test provokes " << word;
  }
}

TEST(Errors, WhatTheStoreSaysGetsAReason) {
  EXPECT_EQ(ReasonOf(FromStore(absl::DataLossError("x"))), v1::ERROR_REASON_CORRUPTION);
  EXPECT_EQ(ReasonOf(FromStore(absl::UnavailableError("x"))), v1::ERROR_REASON_STORE_UNAVAILABLE);
  EXPECT_EQ(ReasonOf(FromStore(absl::OutOfRangeError("x"))), v1::ERROR_REASON_REVISION_OUT_OF_RANGE);
  EXPECT_TRUE(FromStore(absl::OkStatus()).ok());
}

TEST(Errors, AnErrorWithoutDetailsLeaksNothing) {
  const google::rpc::Status rpc = ToRpcStatus(absl::UnknownError("/secret/path"), "en");
  EXPECT_EQ(rpc.code(), static_cast<int>(absl::StatusCode::kInternal));
  EXPECT_EQ(Find<google::rpc::ErrorInfo>(rpc).reason(), "INTERNAL");
  EXPECT_EQ(absl::StatusCode::kInternal, static_cast<absl::StatusCode>(rpc.code()));
  EXPECT_FALSE(absl::StrContains(rpc.DebugString(), "secret"));
  EXPECT_NE(v1::ERROR_REASON_INTERNAL, v1::ERROR_REASON_UNSPECIFIED);
}

TEST(Errors, ManyAndLongViolationsStayWithinATrailer) {
  std::vector<Violation> violations;
  std::string zh, en;
  for (int i = 0; i < 2000; ++i) zh += "字";
  for (int i = 0; i < 2000; ++i) en += "word ";
  for (int i = 0; i < 50; ++i) violations.push_back({absl::StrCat("reports[", i, "].value"), {zh, en}});
  const absl::Status status = BadFields(v1::ERROR_REASON_INVALID_FIELD, violations);
  for (const char* locale : {"zh-CN", "en"}) {
    const google::rpc::Status rpc = ToRpcStatus(status, locale);
    EXPECT_LT(rpc.ByteSizeLong(), kTrailerBytes);
    EXPECT_LE(Find<google::rpc::BadRequest>(rpc).field_violations_size(), 20);
    EXPECT_EQ(Find<google::rpc::LocalizedMessage>(rpc).locale(), locale);
    EXPECT_THAT(Find<google::rpc::ErrorInfo>(rpc).metadata().at("violations"), "50") << "the total is told";
  }
}

}  // namespace
}  // namespace attain::engine
