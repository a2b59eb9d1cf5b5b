#include "service/api/errors.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <tuple>
#include <vector>

#include "absl/strings/ascii.h"
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

// Lines of tests that compare: what only stands in a comment, a fixture or a list of faults is not looked
// for.
std::string ComparingLines() {
  std::string lines;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(ATTAIN_SOURCE_DIR "/tests")) {
    const std::string name = entry.path().filename().string();
    if (!entry.is_regular_file() ||
        !(absl::EndsWith(name, "_test.cc") || absl::EndsWith(name, ".h") || absl::EndsWith(name, ".py")))
      continue;
    std::ifstream file(entry.path());
    std::string line;
    while (std::getline(file, line)) {
      const absl::string_view text = absl::StripLeadingAsciiWhitespace(line);
      if (absl::StartsWith(text, "//") || absl::StartsWith(text, "#")) continue;
      absl::StrAppend(&lines, text, "\n");
    }
  }
  return lines;
}

TEST(Errors, EveryReasonIsNamedByATest) {
  const std::string tests = ComparingLines();
  const auto* reasons = v1::ErrorReason_descriptor();
  for (int i = 1; i < reasons->value_count(); ++i) {
    const std::string& name = reasons->value(i)->name();
    const std::string word(absl::StripPrefix(name, "ERROR_REASON_"));
    const bool named = absl::StrContains(tests, absl::StrCat("_", word, ")")) ||
                       absl::StrContains(tests, absl::StrCat("_", word, ",")) ||
                       absl::StrContains(tests, absl::StrCat("\"", word, "\"")) ||
                       absl::StrContains(tests, absl::StrCat("'", word, "'"));
    EXPECT_TRUE(named) << "no test provokes " << word;
  }
}

template <typename Detail>
bool Has(const google::rpc::Status& status) {
  Detail detail;
  for (const auto& any : status.details()) {
    if (any.UnpackTo(&detail)) return true;
  }
  return false;
}

// The code that clients get, and the reason.
TEST(Errors, EachMakerHasItsCodeAndReason) {
  const std::tuple<absl::Status, absl::StatusCode, v1::ErrorReason> made[] = {
      {NotFound("unit", "units/u"), absl::StatusCode::kNotFound, v1::ERROR_REASON_RESOURCE_NOT_FOUND},
      {AlreadyExists("units/u"), absl::StatusCode::kAlreadyExists, v1::ERROR_REASON_ALREADY_EXISTS},
      {StaleEtag("units/u", "1", "2"), absl::StatusCode::kAborted, v1::ERROR_REASON_STALE_ETAG},
      {StaleEtag("units/u", "", "2"), absl::StatusCode::kInvalidArgument, v1::ERROR_REASON_INVALID_FIELD},
      {ShuttingDown(), absl::StatusCode::kUnavailable, v1::ERROR_REASON_SHUTTING_DOWN},
      {Overloaded(), absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_OVERLOADED},
      {TooManyWatches("7"), absl::StatusCode::kResourceExhausted, v1::ERROR_REASON_TOO_MANY_WATCHES},
      {StoreUnavailable(), absl::StatusCode::kUnavailable, v1::ERROR_REASON_STORE_UNAVAILABLE}};
  for (const auto& [status, code, reason] : made) {
    EXPECT_EQ(status.code(), code) << status;
    EXPECT_EQ(ReasonOf(status), reason) << status;
    for (const char* locale : {"en", "zh-CN"}) {
      const google::rpc::Status rpc = ToRpcStatus(status, locale);
      EXPECT_EQ(rpc.code(), static_cast<int>(code));
      EXPECT_EQ(Find<google::rpc::LocalizedMessage>(rpc).locale(), locale);
      EXPECT_EQ(Find<google::rpc::ErrorInfo>(rpc).domain(), "attain");
    }
    EXPECT_NE(MessageOf(status, "en"), MessageOf(status, "zh-CN"));
  }
  EXPECT_TRUE(absl::StrContains(MessageOf(StaleEtag("units/u", "1", "2"), "en"), "your etag 1, now 2"));
  EXPECT_EQ(Find<google::rpc::ErrorInfo>(ToRpcStatus(TooManyWatches("7"), "en")).metadata().at("limit"), "7");
  EXPECT_EQ(
      Find<google::rpc::ErrorInfo>(ToRpcStatus(StaleEtag("units/u", "1", "2"), "en")).metadata().at("etag"),
      "2");
}

TEST(Errors, AFieldIsNamedInInfoAndViolationAndMayBeRepathed) {
  const auto fields = [](const absl::Status& status) {
    const google::rpc::Status rpc = ToRpcStatus(status, "en");
    return absl::StrCat(Find<google::rpc::ErrorInfo>(rpc).metadata().at("field"), " ",
                        Find<google::rpc::BadRequest>(rpc).field_violations(0).field());
  };
  const absl::Status bad = BadField("report.value", v1::ERROR_REASON_INVALID_FIELD, {"错", "wrong"});
  EXPECT_EQ(fields(bad), "report.value report.value");
  EXPECT_EQ(fields(Prefixed(bad, "reports[3].")), "reports[3].report.value reports[3].report.value");
  EXPECT_EQ(fields(Repathed(bad, "report.", "values[2].")), "values[2].value values[2].value");
  EXPECT_EQ(fields(Repathed(bad, "spending.", "x.")), "report.value report.value");
  EXPECT_EQ(ReasonOf(Prefixed(bad, "x.")), v1::ERROR_REASON_INVALID_FIELD);
  EXPECT_EQ(MessageOf(Prefixed(bad, "x."), "zh-CN"), "错");
}

TEST(Errors, SeveralFieldsAreToldInBothLanguages) {
  const absl::Status one = BadFields(v1::ERROR_REASON_INVALID_FIELD, {{"a", {"甲", "first"}}});
  EXPECT_EQ(MessageOf(one, "en"), "first");
  const absl::Status two =
      BadFields(v1::ERROR_REASON_INVALID_FIELD, {{"a", {"甲", "first"}}, {"b", {"乙", "second"}}});
  EXPECT_EQ(MessageOf(two, "en"), "2 fields are wrong; the first, a: first");
  const auto second = [&](const char* locale) {
    return Find<google::rpc::BadRequest>(ToRpcStatus(two, locale)).field_violations(1).description();
  };
  EXPECT_EQ(second("en"), "second");
  EXPECT_EQ(second("zh-CN"), "乙");
}

TEST(Errors, TextIsCutOnABorderAndShowsIt) {
  const auto shown = [](const std::string& text) {
    return MessageOf(Refuse(absl::StatusCode::kAborted, v1::ERROR_REASON_STALE_ETAG, {text, text}), "en");
  };
  EXPECT_EQ(shown(std::string(600, 'x')), std::string(600, 'x'));
  EXPECT_EQ(shown(std::string(601, 'x')), std::string(600, 'x') + "…");
  EXPECT_EQ(shown(std::string(599, 'x') + "字"), std::string(599, 'x') + "…");
  EXPECT_EQ(shown(std::string(597, 'x') + "字字"), std::string(597, 'x') + "字…");
}

TEST(Errors, ADelayIsToldToWhoTriesAgain) {
  const absl::Status late = WithRetryDelay(Overloaded(), absl::Milliseconds(2500));
  const google::rpc::RetryInfo info = Find<google::rpc::RetryInfo>(ToRpcStatus(late, "en"));
  EXPECT_EQ(info.retry_delay().seconds(), 2);
  EXPECT_EQ(info.retry_delay().nanos(), 500'000'000);
  EXPECT_FALSE(Has<google::rpc::RetryInfo>(ToRpcStatus(Overloaded(), "en")));
  EXPECT_EQ(ReasonOf(late), v1::ERROR_REASON_OVERLOADED);
}

TEST(Errors, WhatTheStoreSaysGetsAReason) {
  EXPECT_EQ(ReasonOf(FromStore(absl::DataLossError("x"))), v1::ERROR_REASON_CORRUPTION);
  EXPECT_EQ(ReasonOf(FromStore(absl::UnavailableError("x"))), v1::ERROR_REASON_STORE_UNAVAILABLE);
  EXPECT_EQ(ReasonOf(FromStore(absl::OutOfRangeError("x"))), v1::ERROR_REASON_REVISION_OUT_OF_RANGE);
  EXPECT_EQ(ReasonOf(FromStore(absl::ResourceExhaustedError("x"))), v1::ERROR_REASON_STORE_UNAVAILABLE);
  EXPECT_EQ(FromStore(absl::NotFoundError("x")), absl::NotFoundError("x")) << "none of the store's troubles";
  EXPECT_EQ(ReasonOf(FromStore(Overloaded())), v1::ERROR_REASON_OVERLOADED) << "it has its reason";
  EXPECT_TRUE(FromStore(absl::OkStatus()).ok());
}

TEST(Errors, AnErrorWithoutDetailsLeaksNothing) {
  const google::rpc::Status rpc = ToRpcStatus(absl::UnknownError("/secret/path"), "en");
  EXPECT_EQ(rpc.code(), static_cast<int>(absl::StatusCode::kInternal));
  EXPECT_EQ(Find<google::rpc::ErrorInfo>(rpc).reason(), "INTERNAL");
  EXPECT_EQ(absl::StatusCode::kInternal, static_cast<absl::StatusCode>(rpc.code()));
  EXPECT_FALSE(absl::StrContains(rpc.DebugString(), "secret"));
  EXPECT_EQ(ReasonOf(absl::UnknownError("/secret/path")), v1::ERROR_REASON_UNSPECIFIED);
  EXPECT_EQ(MessageOf(absl::UnknownError("/secret/path"), "en"),
            "The server met an internal error; tell the operator when it happened.");
  EXPECT_EQ(MessageOf(absl::UnknownError("/secret/path"), "zh-CN"),
            "服务器内部出错，请把发生的时间告诉管理员。");
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
    EXPECT_EQ(Find<google::rpc::BadRequest>(rpc).field_violations_size(), 20);
    EXPECT_EQ(Find<google::rpc::LocalizedMessage>(rpc).locale(), locale);
    EXPECT_THAT(Find<google::rpc::ErrorInfo>(rpc).metadata().at("violations"), "50") << "the total is told";
  }
}

}  // namespace
}  // namespace attain::engine
