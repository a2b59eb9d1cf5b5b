// What is told of which answer, and what is not.
#include "service/calls/call_log.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/api/cause.h"
#include "service/api/errors.h"
#include "service/calls/log_format.h"

namespace attain::calls {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StrEq;

// Keeps the lines without their time.
class KeptLog : public Log {
 public:
  explicit KeptLog(Level level = Level::kDebug) : level_(level) {}
  bool Writes(Level level) const override { return level <= level_; }
  void Write(Entry entry) override {
    kinds.push_back(entry.kind);
    const std::string line = FormatLine(LogFormat::kText, absl::UnixEpoch(), absl::UTCTimeZone(), entry);
    lines.push_back(line.substr(line.find(' ') + 1, line.size() - line.find(' ') - 2));
  }
  std::vector<std::string> lines, kinds;

 private:
  const Level level_;
};

std::vector<std::string> Told(const absl::Status& status, Level level = Level::kDebug) {
  KeptLog log(level);
  CallLog(&log, [] { return uint64_t{7}; }).Answered("GetScore", status);
  return log.lines;
}

TEST(CallLogTest, FailuresAreErrorsWithTheirCause) {
  EXPECT_THAT(Told(engine::FromStore(absl::DataLossError("board does not parse")), Level::kError),
              ElementsAre("error call failed method=GetScore code=DATA_LOSS reason=CORRUPTION revision=7 "
                          "cause=\"board does not parse\""));
  EXPECT_THAT(Told(engine::FromStore(absl::UnavailableError("commit: IO error: disk")), Level::kError),
              ElementsAre("error call failed method=GetScore code=UNAVAILABLE reason=STORE_UNAVAILABLE "
                          "revision=7 cause=\"commit: IO error: disk\""));
}

TEST(CallLogTest, WhatHasNoReasonIsToldAsClientsSeeItWithItsOwnWords) {
  EXPECT_THAT(Told(absl::NotFoundError("read: NotFound: x"), Level::kError),
              ElementsAre("error call failed method=GetScore code=INTERNAL reason=INTERNAL revision=7 "
                          "cause=\"NOT_FOUND: read: NotFound: x\""));
  EXPECT_EQ(engine::ToRpcStatus(absl::NotFoundError("x"), "en").code(),
            static_cast<int>(absl::StatusCode::kInternal));
}

TEST(CallLogTest, RefusalsAreToldAtDebugWithoutAWordOfTheUser) {
  const absl::Status refused = engine::BadField("report.note", v1::ERROR_REASON_INVALID_FIELD,
                                                {"张三的备注", "the note of Zhang San"});
  EXPECT_THAT(Told(refused), ElementsAre("debug call refused method=GetScore code=INVALID_ARGUMENT "
                                         "reason=INVALID_FIELD revision=7"));
  EXPECT_THAT(Told(refused, Level::kInfo), IsEmpty());
  EXPECT_THAT(Told(engine::NotFound("unit", "units/secret")), ElementsAre(Not(HasSubstr("secret"))));
}

TEST(CallLogTest, EveryStopAnswersShuttingDownSoItIsNoError) {
  EXPECT_THAT(Told(engine::ShuttingDown(), Level::kError), IsEmpty());
  EXPECT_THAT(
      Told(engine::ShuttingDown(), Level::kInfo),
      ElementsAre("info call refused method=GetScore code=UNAVAILABLE reason=SHUTTING_DOWN revision=7"));
}

TEST(CallLogTest, NothingIsToldOfWhatWentWellOrWhatNobodyWaitsFor) {
  EXPECT_THAT(Told(absl::OkStatus()), IsEmpty());
  EXPECT_THAT(Told(absl::CancelledError()), IsEmpty());
  CallLog(nullptr, nullptr).Answered("GetScore", absl::InternalError("x"));
  CallLog(nullptr, nullptr).CommitFailed(absl::UnavailableError("x"));
}

TEST(CallLogTest, EachCodeHasItsLevel) {
  const auto level = [](absl::StatusCode code) {
    const std::vector<std::string> lines = Told(engine::Refuse(code, v1::ERROR_REASON_WRONG_STATE, {"", ""}));
    return lines.empty() ? "nothing" : lines[0].substr(0, lines[0].find(' '));
  };
  for (const absl::StatusCode failure :
       {absl::StatusCode::kInternal, absl::StatusCode::kDataLoss, absl::StatusCode::kUnavailable})
    EXPECT_EQ(level(failure), "error") << absl::StatusCodeToString(failure);
  for (const absl::StatusCode refusal :
       {absl::StatusCode::kInvalidArgument, absl::StatusCode::kNotFound, absl::StatusCode::kAborted,
        absl::StatusCode::kResourceExhausted, absl::StatusCode::kFailedPrecondition,
        absl::StatusCode::kOutOfRange, absl::StatusCode::kUnimplemented, absl::StatusCode::kDeadlineExceeded,
        absl::StatusCode::kPermissionDenied})
    EXPECT_EQ(level(refusal), "debug") << absl::StatusCodeToString(refusal);
  EXPECT_EQ(level(absl::StatusCode::kCancelled), "nothing");
}

TEST(CallLogTest, AKnownErrorWithoutACauseHasNone) {
  EXPECT_THAT(
      Told(engine::StoreUnavailable(), Level::kError),
      ElementsAre("error call failed method=GetScore code=UNAVAILABLE reason=STORE_UNAVAILABLE revision=7"));
}

TEST(CallLogTest, KindIsMethodCodeAndReason) {
  KeptLog log;
  const CallLog calls(&log, [] { return uint64_t{0}; });
  calls.Answered("GetScore", engine::FromStore(absl::DataLossError("one")));
  calls.Answered("GetScore", engine::FromStore(absl::DataLossError("another")));
  calls.CommitFailed(absl::UnavailableError("x"));
  EXPECT_THAT(log.kinds, ElementsAre("GetScore DATA_LOSS CORRUPTION", "GetScore DATA_LOSS CORRUPTION", ""));
}

TEST(CallLogTest, FailedCommitIsToldInTheStoresWords) {
  KeptLog log(Level::kError);
  CallLog(&log, [] {
    return uint64_t{9};
  }).CommitFailed(absl::UnavailableError("commit: IO error: No space"));
  EXPECT_THAT(log.lines,
              ElementsAre("error commit failed: the server takes no more writes until it is restarted; "
                          "what was acknowledged is on disk code=UNAVAILABLE revision=9 "
                          "cause=\"commit: IO error: No space\""));
}

TEST(CauseTest, StaysWithTheErrorAndIsNeverShown) {
  const absl::Status plain = engine::StoreUnavailable();
  const absl::Status caused = engine::WithCause(plain, "behind it");
  EXPECT_EQ(engine::CauseOf(caused), "behind it");
  EXPECT_EQ(engine::CauseOf(plain), "");
  EXPECT_EQ(engine::CauseOf(engine::WithCause(caused, "in front of it")), "behind it");
  EXPECT_EQ(engine::CauseOf(engine::Prefixed(caused, "reports[3].")), "behind it");
  EXPECT_EQ(engine::CauseOf(engine::WithRetryDelay(caused, absl::Seconds(1))), "behind it");
  EXPECT_TRUE(engine::WithCause(absl::OkStatus(), "x").ok());
  for (const char* locale : {"zh-CN", "en"}) {
    EXPECT_THAT(engine::ToRpcStatus(caused, locale).SerializeAsString(),
                StrEq(engine::ToRpcStatus(plain, locale).SerializeAsString()));
  }
}

}  // namespace
}  // namespace attain::calls
