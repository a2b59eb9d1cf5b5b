// The HTTP port of a real server: clients that are slow, silent, many and hostile beside calls that go on, a
// disk that is full, a stop with connections open.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <cstdio>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/support/api.h"
#include "tests/support/raw_http.h"
#include "tests/support/scratch.h"
#include "tests/support/server_process.h"

namespace attain::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class HttpPortTest : public ::testing::Test {
 protected:
  void SetUp() override {
    absl::StatusOr<std::unique_ptr<ServerProcess>> server =
        ServerProcess::Start(scratch_ / "data", {"--http-listen=127.0.0.1:0", "--log-level=debug"});
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
    api_ = std::make_unique<Api>(Connect(server_->address()));
    http_ = server_->http_address();
    ASSERT_NE(http_, "");
    ASSERT_TRUE(api_->ImportSample().ok());
  }
  grpc::Status Report(int number) {
    v1::BatchRecordActualsRequest request;
    v1::BatchRecordActualsResponse response;
    for (int i = 0; i < 50; ++i) {
      v1::NamedReport* report = request.add_reports();
      report->set_indicator(absl::StrCat("units/u/tables/p", i % 5 + 1, "/indicators/i1"));
      report->mutable_report()->set_value(absl::StrCat((number + i) % 100));
      report->mutable_report()->set_date("2024-06-30");
      report->mutable_report()->set_note(std::string(1900, 'n'));
    }
    request.mutable_write()->add_accept_findings("VALUE_JUMP");
    return api_->BatchRecordActuals(request, &response);
  }

  ScratchDirectory scratch_;
  std::unique_ptr<ServerProcess> server_;
  std::unique_ptr<Api> api_;
  std::string http_;
};

TEST_F(HttpPortTest, CurlUnderstandsIt) {
  const std::string command =
      absl::StrCat("curl -sS -i --noproxy '*' --max-time 20 http://", http_, "/healthz");
  FILE* const pipe = popen(command.c_str(), "r");
  std::string text;
  char buffer[4096];
  for (size_t got; (got = fread(buffer, 1, sizeof(buffer), pipe)) > 0;) text.append(buffer, got);
  EXPECT_EQ(pclose(pipe), 0);
  EXPECT_THAT(text, HasSubstr("HTTP/1.1 200 OK"));
  EXPECT_THAT(text, HasSubstr("\r\n\r\nok\n"));
  EXPECT_THAT(text, Not(HasSubstr("Server:")));
}

TEST_F(HttpPortTest, WhileWritesFailItLivesAndIsNotReady) {
  EXPECT_EQ(Fetch(http_, GetOf("/readyz")).status, 200);
  server_->LimitFileSize(uint64_t{3} << 20);
  int number = 0;
  while (number < 200 && Report(number).ok()) ++number;
  EXPECT_GT(number, 0);
  EXPECT_LT(number, 200);
  RawHttp client(http_);
  for (int i = 0; i < 20; ++i) {
    client.Send(GetOf("/healthz") + GetOf("/readyz", "Accept-Language: zh-CN\r\n"));
    EXPECT_EQ(client.Read().status, 200);
    const HttpAnswer ready = client.Read();
    EXPECT_EQ(ready.status, 503);
    EXPECT_EQ(ready.Header("Retry-After"), "1");
    EXPECT_THAT(ready.body, HasSubstr("磁盘写入出错"));
  }
  const Ended ended = server_->Terminate();
  EXPECT_EQ(ended.code, 0);
  EXPECT_THAT(ended.error, Not(HasSubstr("/readyz"))) << "what is asked every second does not fill the log";
}

TEST_F(HttpPortTest, SlowAndSilentClientsHoldNobodyUp) {
  std::vector<std::unique_ptr<RawHttp>> slow;
  for (int i = 0; i < 600; ++i) {
    slow.push_back(std::make_unique<RawHttp>(http_));
    if (i % 3 == 0) slow.back()->Send("GET /healthz HTTP/1.1\r\nX-Slow: ");
  }
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(Fetch(http_, GetOf("/healthz", "Connection: close\r\n")).status, 200);
    EXPECT_TRUE(Report(i).ok());
  }
  const absl::Time start = absl::Now();
  server_->Signal(SIGTERM);
  EXPECT_EQ(server_->Wait().code, 0);
  EXPECT_LT(absl::Now() - start, absl::Seconds(15));
}

TEST_F(HttpPortTest, RubbishDoesNotDisturbTheOtherPort) {
  std::atomic<bool> over{false};
  std::vector<std::thread> throwing;
  for (int thread = 0; thread < 2; ++thread) {
    throwing.emplace_back([&, thread] {
      std::mt19937 random(static_cast<unsigned>(thread));
      for (int i = 0; i < 1000; ++i) {
        std::string bytes = i % 2 == 0 ? "GET /log/tile/" : "POST /healthz HTTP/1.1\r\n";
        for (int j = 0; j < 100; ++j) bytes.push_back(static_cast<char>(random()));
        RawHttp client(http_);
        client.Send(bytes + "\r\n\r\n");
        client.FinishSending();
        EXPECT_TRUE(client.Closes());
      }
      over = true;
    });
  }
  int reports = 0;
  for (; !over; ++reports) ASSERT_TRUE(Report(reports).ok());
  for (std::thread& each : throwing) each.join();
  EXPECT_GT(reports, 0);
  EXPECT_EQ(Fetch(http_, GetOf("/healthz")).status, 200);
  const Ended ended = server_->Terminate();
  EXPECT_EQ(ended.code, 0);
  EXPECT_THAT(ended.error, HasSubstr("call refused method=HTTP"));
  EXPECT_THAT(ended.error, HasSubstr("left_out=")) << "not a line for each";
}

TEST_F(HttpPortTest, KilledItLeavesItsSocketAndTakesItAgain) {
  const std::string address = absl::StrCat("unix:", scratch_ / "http");
  for (int round = 0; round < 2; ++round) {
    absl::StatusOr<std::unique_ptr<ServerProcess>> server =
        ServerProcess::Start(scratch_ / "other", {absl::StrCat("--http-listen=", address)});
    ASSERT_TRUE(server.ok()) << server.status();
    EXPECT_EQ((*server)->http_address(), address);
    EXPECT_EQ(Fetch(address, GetOf("/readyz")).body, "ready\n");
    (*server)->Kill();
  }
}

}  // namespace
}  // namespace attain::testing
