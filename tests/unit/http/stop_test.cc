// The end of a server: what is under way is answered, the rest goes, and it does not take for ever.
#include <gmock/gmock.h>

#include <future>
#include <thread>

#include "absl/time/clock.h"
#include "tests/unit/http/http_fixture.h"

namespace attain::http {
namespace {

using testing::GetOf;
using testing::HttpAnswer;
using testing::RawHttp;

class StopTest : public HttpTest {};

TEST_F(StopTest, RunningRequestsAreAnsweredAndIdleConnectionsClosed) {
  Start();
  RawHttp idle(server_->address()), kept(server_->address()), running(server_->address());
  kept.Send(GetOf("/hello"));
  EXPECT_EQ(kept.Read().body, "hello");
  running.Send(GetOf("/later"));
  const std::unique_ptr<Responder> later = later_.Take();
  ASSERT_NE(later, nullptr);
  ASSERT_TRUE(AwaitConnections(3));
  std::thread stop([&] { server_->Stop(absl::Seconds(20)); });
  EXPECT_TRUE(idle.Closes());
  EXPECT_TRUE(kept.Closes());
  EXPECT_TRUE(running.StaysQuiet(absl::Milliseconds(50)));
  EXPECT_EQ(RawHttp(server_->address()).Read().status, 0) << "nobody is let in any more";
  later->Send(TextResponse("later"));
  const HttpAnswer answer = running.Read();
  EXPECT_EQ(answer.body, "later");
  EXPECT_EQ(answer.Header("Connection"), "close");
  stop.join();
  EXPECT_EQ(server_->connections(), 0u);
}

TEST_F(StopTest, WhoTakesLongerThanTheGraceIsCutOff) {
  Start();
  RawHttp running(server_->address()), reading(server_->address());
  reading.Send("GET /hello HT");
  running.Send(GetOf("/later"));
  const std::unique_ptr<Responder> later = later_.Take();
  ASSERT_NE(later, nullptr);
  const absl::Time start = absl::Now();
  server_->Stop(absl::Milliseconds(200));
  EXPECT_LT(absl::Now() - start, absl::Seconds(10));
  EXPECT_EQ(running.Read().status, 0);
  EXPECT_TRUE(reading.Closes());
  later->Send(TextResponse("to nobody"));
  server_ = nullptr;
}

TEST_F(StopTest, AnswersMayComeWhenTheServerHasGone) {
  Start();
  RawHttp client(server_->address());
  client.Send(GetOf("/later"));
  const std::unique_ptr<Responder> later = later_.Take();
  ASSERT_NE(later, nullptr);
  server_ = nullptr;
  later->Send(TextResponse("to nobody"));
  EXPECT_EQ(client.Read().status, 0);
}

TEST_F(StopTest, ThePortIsFreeAtOnce) {
  Start();
  const std::string address = server_->address();
  RawHttp client(address);
  client.Send(GetOf("/hello"));
  EXPECT_EQ(client.Read().body, "hello");
  server_->Stop(absl::Seconds(5));
  server_->Stop(absl::Seconds(5));  // the second time does nothing
  options_.listen = address;
  Start();
  EXPECT_EQ(Ask(GetOf("/hello")).body, "hello");
}

TEST_F(StopTest, WhileManyAsk) {
  for (int round = 0; round < 5; ++round) {
    options_.listen = "127.0.0.1:0";
    Start();
    std::atomic<int> answers{0}, wrong{0};
    std::vector<std::thread> askers;
    for (int i = 0; i < 4; ++i) {
      askers.emplace_back([&] {
        while (true) {
          RawHttp client(server_->address());
          client.Send(GetOf("/hello") + GetOf("/hello"));
          const HttpAnswer first = client.Read();
          if (first.status == 0) return;
          if (first.body != "hello") ++wrong;
          ++answers;
        }
      });
    }
    while (answers < 50) std::this_thread::yield();
    server_->Stop(absl::Seconds(20));
    for (std::thread& asker : askers) asker.join();
    EXPECT_EQ(wrong, 0);
    EXPECT_EQ(server_->connections(), 0u);
  }
}

}  // namespace
}  // namespace attain::http
