// A real server on files that were damaged, cut, deleted or put back while it was down: what was acknowledged
// and is gone is told before anything is served, and no revision is given out twice without a word.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "storage/rocksdb/files/head_mark.h"
#include "tests/support/api.h"
#include "tests/support/scratch.h"
#include "tests/support/server_process.h"

namespace attain::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class ServerDamageTest : public ::testing::Test {
 protected:
  std::unique_ptr<ServerProcess> Start(const std::string& name,
                                       const std::vector<std::string>& extra = {}) const {
    absl::StatusOr<std::unique_ptr<ServerProcess>> server = ServerProcess::Start(scratch_ / name, extra);
    EXPECT_TRUE(server.ok()) << server.status();
    return server.ok() ? *std::move(server) : nullptr;
  }
  // Starts where it must be refused: exit code 1 and one line.
  std::string Refusal(const std::string& name) const {
    const Ended ended = RunServer({absl::StrCat("--data-dir=", scratch_ / name), "--listen=127.0.0.1:0"});
    EXPECT_EQ(ended.code, 1) << ended.error;
    EXPECT_EQ(std::count(ended.error.begin(), ended.error.end(), '\n'), 1) << ended.error;
    EXPECT_THAT(ended.error, HasSubstr("attaind: "));
    return ended.error;
  }

  // A server with some reports that was killed with nothing flushed, as "image"; `token` is of its last
  // write.
  void MakeImage() {
    const auto server = Start("data");
    ASSERT_NE(server, nullptr);
    const Api api(Connect(server->address()));
    ASSERT_TRUE(api.ImportSample().ok());
    for (int i = 0; i < 30; ++i) Report(api, i);
    revision_ = api.GetServerInfo().revision();
    const absl::Time limit = absl::Now() + absl::Seconds(30);
    while (Marked("data") != revision_ && absl::Now() < limit) absl::SleepFor(absl::Milliseconds(10));
    ASSERT_EQ(Marked("data"), revision_);
    server->Kill();
    Copy("data", "image");
  }
  void Report(const Api& api, int i) {
    v1::BatchRecordActualsRequest request;
    v1::NamedReport* report = request.add_reports();
    report->set_indicator(absl::StrCat("units/u/tables/p", i % 5 + 1, "/indicators/i1"));
    report->mutable_report()->set_value(absl::StrCat(i % 100));
    report->mutable_report()->set_date("2024-06-30");
    report->mutable_report()->set_note(std::string(1000, static_cast<char>('a' + i % 26)));
    request.mutable_write()->add_accept_findings("VALUE_JUMP");
    v1::BatchRecordActualsResponse response;
    const grpc::Status status = api.BatchRecordActuals(request, &response);
    ASSERT_TRUE(status.ok()) << status.error_message();
    token_ = response.commit().token();
  }

  int64_t Marked(const std::string& name) const {
    const auto mark = storage::MarkFile(rocksdb::Env::Default(), scratch_ / (name + ".head-mark")).Read();
    return mark.ok() && mark->has_value() ? static_cast<int64_t>((*mark)->head.revision) : -1;
  }
  void CopyDirectory(const std::string& from, const std::string& to) const {
    std::filesystem::remove_all(scratch_ / to);
    std::filesystem::copy(scratch_ / from, scratch_ / to, std::filesystem::copy_options::recursive);
  }
  void Copy(const std::string& from, const std::string& to) const {
    CopyDirectory(from, to);
    std::filesystem::copy_file(scratch_ / (from + ".head-mark"), scratch_ / (to + ".head-mark"),
                               std::filesystem::copy_options::overwrite_existing);
  }
  std::string Log(const std::string& name) const {
    std::string newest;
    for (const auto& file : std::filesystem::directory_iterator(scratch_ / name)) {
      if (file.path().extension() == ".log") newest = std::max(newest, file.path().string());
    }
    return newest;
  }
  void ExpectTold(const std::string& refusal) const {
    EXPECT_THAT(refusal,
                AllOf(HasSubstr(absl::StrCat("was at revision ", revision_)), HasSubstr("acknowledged"),
                      HasSubstr("restore a backup"), HasSubstr("--accept-loss")));
  }

  ScratchDirectory scratch_;
  int64_t revision_ = 0;
  std::string token_;
};

TEST_F(ServerDamageTest, AFlippedByteOfTheLogIsToldWhereverItIs) {
  MakeImage();
  const std::string whole = ReadFileOrDie(Log("image"));
  std::mt19937_64 random(11);
  for (int i = 0; i < 30; ++i) {
    Copy("image", "copy");
    std::string damaged = whole;
    const size_t at = random() % damaged.size();
    if (damaged.size() % 32768 < 7 || at % 32768 >= 32761) continue;  // may be padding
    damaged[at] = static_cast<char>(damaged[at] ^ 0x08);
    WriteFileOrDie(Log("copy"), damaged);
    SCOPED_TRACE(absl::StrCat("byte ", at, " of ", whole.size()));
    ExpectTold(Refusal("copy"));
    if (i % 10 == 0) ExpectTold(Refusal("copy"));  // and again
  }
}

TEST_F(ServerDamageTest, ALogCutEmptiedOrDeletedIsTold) {
  MakeImage();
  const std::string whole = ReadFileOrDie(Log("image"));
  for (const size_t left : {whole.size() / 2, size_t{0}}) {
    Copy("image", "copy");
    WriteFileOrDie(Log("copy"), whole.substr(0, left));
    ExpectTold(Refusal("copy"));
  }
  Copy("image", "copy");
  std::filesystem::remove(Log("copy"));
  ExpectTold(Refusal("copy"));
}

TEST_F(ServerDamageTest, ATornEndIsTakenWithoutAWord) {
  MakeImage();
  const std::string whole = ReadFileOrDie(Log("image"));
  std::mt19937_64 random(5);
  for (int i = 0; i < 6; ++i) {
    Copy("image", "copy");
    std::string torn = whole;
    if (i % 2 == 0) {
      torn.resize(torn.size() + 4096 * (i + 1), '\0');
    } else {
      for (int n = 0; n < 5000; ++n) torn.push_back(static_cast<char>(random()));
    }
    WriteFileOrDie(Log("copy"), torn);
    const auto server = Start("copy");
    ASSERT_NE(server, nullptr);
    EXPECT_THAT(server->ready_line(),
                AllOf(HasSubstr(absl::StrCat("revision ", revision_)), Not(HasSubstr("WARNING"))));
  }
}

TEST_F(ServerDamageTest, AnOlderCopyPutBackIsTold) {
  ASSERT_EQ(Start("data")->Terminate().code, 0);
  CopyDirectory("data", "backup");
  MakeImage();
  CopyDirectory("backup", "data");
  const std::string refusal = Refusal("data");
  ExpectTold(refusal);
  EXPECT_THAT(refusal, HasSubstr("ends at revision 1 "));
}

TEST_F(ServerDamageTest, TwoServersNeverServeOneDirectory) {
  const auto server = Start("data");
  ASSERT_NE(server, nullptr);
  std::filesystem::remove(scratch_ / "data/LOCK");
  EXPECT_THAT(Refusal("data"), HasSubstr("in use by another attaind"));
  EXPECT_EQ(Api(Connect(server->address())).GetServerInfo().revision(), 1);
}

TEST_F(ServerDamageTest, MissingMarksAreAWarning) {
  MakeImage();
  Copy("image", "copy");
  std::filesystem::remove(scratch_ / "copy.head-mark");
  std::filesystem::remove(scratch_ / "copy/head-mark");
  const auto server = Start("copy");
  ASSERT_NE(server, nullptr);
  EXPECT_THAT(server->ready_line(), AllOf(HasSubstr("WARNING"), HasSubstr("head marks")));
  EXPECT_EQ(Marked("copy"), revision_);
}

TEST_F(ServerDamageTest, TheMarkStandsWhereItIsToldTo) {
  const auto server = Start("data", {absl::StrCat("--head-mark=", scratch_ / "elsewhere.head-mark")});
  ASSERT_NE(server, nullptr);
  EXPECT_EQ(server->Terminate().code, 0);
  EXPECT_EQ(Marked("elsewhere"), 1);
  EXPECT_EQ(Marked("data"), -1);
}

TEST_F(ServerDamageTest, WhatTheServerMakesIsForItsUserAlone) {
  const auto server = Start("data");
  ASSERT_NE(server, nullptr);
  const auto others = [](const std::filesystem::path& path) {
    return static_cast<int>(std::filesystem::status(path).permissions()) & 077;
  };
  EXPECT_EQ(others(scratch_ / "data"), 0);
  EXPECT_EQ(others(scratch_ / "data.head-mark"), 0);
  for (const auto& file : std::filesystem::directory_iterator(scratch_ / "data")) {
    EXPECT_EQ(others(file.path()), 0) << file.path();
  }
}

TEST_F(ServerDamageTest, AnAcceptedLossIsToldAndTokensFromBeforeAreRefused) {
  MakeImage();
  Copy("image", "copy");
  std::string bytes = ReadFileOrDie(Log("copy"));
  bytes[bytes.size() * 3 / 4] ^= 0x01;
  WriteFileOrDie(Log("copy"), bytes);
  ExpectTold(Refusal("copy"));
  int64_t end = 0;
  {
    const auto server = Start("copy", {"--accept-loss"});
    ASSERT_NE(server, nullptr);
    EXPECT_THAT(server->ready_line(),
                AllOf(HasSubstr("a loss was accepted"), HasSubstr(absl::StrCat("last_lost=", revision_)),
                      HasSubstr("as epoch 2")));
    const Api api(Connect(server->address()));
    end = api.GetServerInfo().revision();
    EXPECT_LT(end, revision_);
    const std::string before = token_;
    Report(api, 77);
    EXPECT_EQ(api.GetServerInfo().revision(), end + 1);
    const auto read = [&](const std::string& token) {
      v1::GetScoreRequest request;
      request.set_name("units/u/tables/p1");
      request.mutable_read()->set_at_least(token);
      v1::GetScoreResponse response;
      return Decode(Call(api.scoring.get(), &v1::ScoringService::Stub::GetScore, request, &response));
    };
    EXPECT_EQ(read(before).reason, "EPOCH_CHANGED");
    EXPECT_EQ(read(token_).code, grpc::StatusCode::OK) << read(token_).message;
    server->Kill();
  }
  const auto plain = Start("copy");
  ASSERT_NE(plain, nullptr);
  EXPECT_THAT(plain->ready_line(),
              AllOf(HasSubstr(absl::StrCat("revision ", end + 1)), Not(HasSubstr("loss"))));
}

}  // namespace
}  // namespace attain::testing
