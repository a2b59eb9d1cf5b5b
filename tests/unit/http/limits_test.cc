// What one client may cost, and that others do not pay for it.
#include <gmock/gmock.h>

#include <future>

#include "tests/unit/http/http_fixture.h"

namespace attain::http {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using testing::GetOf;
using ::testing::HasSubstr;
using testing::HttpAnswer;
using testing::RawHttp;

constexpr absl::Duration kShort = absl::Milliseconds(300);

class LimitsTest : public HttpTest {};

TEST_F(LimitsTest, HeadsHaveTheirLength) {
  options_.limits.most_target = 100;
  options_.limits.most_head = 1000;
  Start();
  const auto status = [&](size_t target, size_t header) {
    return Ask(GetOf("/items/" + std::string(target - 7, 'x'), "X: " + std::string(header, 'y') + "\r\n"))
        .status;
  };
  EXPECT_EQ(status(100, 1), 200);
  EXPECT_EQ(status(101, 1), 414);
  EXPECT_EQ(status(2000, 1), 414) << "longer than the whole head may be";
  const size_t rest = GetOf("/items/xxx", "X: \r\n").size();
  EXPECT_EQ(status(10, 1000 - rest), 200);
  EXPECT_EQ(status(10, 1001 - rest), 431);
  EXPECT_EQ(status(10, 100'000), 431);
}

TEST_F(LimitsTest, ManySmallHeadersAreALongHead) {
  options_.limits.most_head = 1000;
  Start();
  RawHttp client(server_->address());
  client.Send("GET /hello HTTP/1.1\r\nHost: here\r\n");
  for (int i = 0; i < 300; ++i) client.Send("a: b\r\n");
  EXPECT_EQ(client.Read().status, 431);
  EXPECT_TRUE(client.Closes());
}

TEST_F(LimitsTest, ALineWithoutEndIsALongTarget) {
  Start();
  RawHttp client(server_->address());
  client.Send(std::string(100'000, 'x'));
  const HttpAnswer answer = client.Read();
  EXPECT_EQ(answer.status, 414);
  EXPECT_EQ(answer.Header("Connection"), "close");
}

TEST_F(LimitsTest, BodiesHaveTheirLengthHoweverTheyCome) {
  Start();
  const auto post = [&](const std::string& rest) {
    return Ask("POST /echo HTTP/1.1\r\nHost: h\r\n" + rest).status;
  };
  EXPECT_EQ(post("Content-Length: 64\r\n\r\n" + std::string(64, 'x')), 200);
  EXPECT_EQ(post("Content-Length: 65\r\n\r\n" + std::string(65, 'x')), 413);
  EXPECT_EQ(post("Content-Length: 18446744073709551615\r\n\r\n"), 413);
  EXPECT_EQ(post("Content-Length: 18446744073709551616\r\n\r\n"), 400);
  const std::string chunk = "20\r\n" + std::string(32, 'x') + "\r\n";
  const std::string chunked = "Transfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(post(chunked + chunk + chunk + "0\r\n\r\n"), 200);
  EXPECT_EQ(post(chunked + chunk + chunk + "1\r\nx\r\n0\r\n\r\n"), 413);
  EXPECT_EQ(post(chunked + "ffffffffffffffff\r\n"), 413);
  EXPECT_EQ(post(chunked + "1ffffffffffffffff\r\n"), 400);
  EXPECT_EQ(post(chunked + "1;" + std::string(100'000, 'x')), 400) << "an extension without end";
  EXPECT_EQ(Ask(GetOf("/hello", "Content-Length: 1\r\n") + "x").status, 413) << "a GET has none";
  EXPECT_EQ(Ask(GetOf("/hello", "Transfer-Encoding: chunked\r\n") + "0\r\n\r\n").status, 413);
}

TEST_F(LimitsTest, SlowHeadsAreCutOffHoweverTheyTrickle) {
  options_.limits.head = kShort;
  Start();
  RawHttp client(server_->address());
  client.Send("GET /hello HTTP/1.1\r\n");
  const absl::Time start = absl::Now();
  int lines = 0;
  while (!client.Closes(absl::Milliseconds(20)) && absl::Now() < start + absl::Seconds(20)) {
    client.Send("a: b\r\n");
    ++lines;
  }
  EXPECT_GT(lines, 2);
  EXPECT_GE(absl::Now() - start, kShort - absl::Milliseconds(50));
  EXPECT_LT(absl::Now() - start, absl::Seconds(10));
}

TEST_F(LimitsTest, SilentConnectionsEnd) {
  options_.limits.idle = kShort;
  Start();
  RawHttp silent(server_->address()), kept(server_->address());
  kept.Send(GetOf("/hello"));
  EXPECT_EQ(kept.Read().Header("Connection"), "keep-alive");
  EXPECT_TRUE(silent.Closes());
  EXPECT_TRUE(kept.Closes());
  EXPECT_TRUE(AwaitConnections(0));
}

TEST_F(LimitsTest, SlowBodiesAreCutOff) {
  options_.limits.request = kShort;
  Start();
  RawHttp client(server_->address());
  client.Send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nhe");
  EXPECT_TRUE(client.Closes());
}

TEST_F(LimitsTest, AHandlerThatNeverAnswersIsAnsweredFor) {
  options_.limits.request = kShort;
  Start();
  RawHttp client(server_->address());
  client.Send(GetOf("/later"));
  const std::unique_ptr<Responder> never = later_.Take();
  ASSERT_NE(never, nullptr);
  const HttpAnswer answer = client.Read();
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.Header("Retry-After"), "1");
  EXPECT_EQ(answer.Header("Connection"), "close");
  never->Send(TextResponse("too late"));
  EXPECT_TRUE(client.Closes());
  EXPECT_THAT(kept_.lines(),
              ElementsAre("error call failed method=\"GET /later\" code=INTERNAL reason=INTERNAL "
                          "revision=7 cause=\"no answer within 300ms\""));
}

TEST_F(LimitsTest, ClientsThatDoNotReadAreCutOff) {
  options_.limits.request = kShort;
  Start();
  RawHttp client(server_->address());
  client.Send(GetOf("/large") + GetOf("/large"));
  EXPECT_TRUE(AwaitConnections(0));
}

TEST_F(LimitsTest, AConnectionHasSoManyRequests) {
  options_.limits.most_requests = 3;
  Start();
  RawHttp client(server_->address());
  client.Send(GetOf("/hello") + GetOf("/nowhere") + GetOf("/hello") + GetOf("/hello"));
  EXPECT_EQ(client.Read().Header("Connection"), "keep-alive");
  EXPECT_EQ(client.Read().Header("Connection"), "keep-alive");
  EXPECT_EQ(client.Read().Header("Connection"), "close");
  EXPECT_EQ(client.Read().status, 0);
}

TEST_F(LimitsTest, IdleConnectionsGiveWayToNewOnes) {
  options_.limits.most_connections = 20;
  Start();
  std::vector<std::unique_ptr<RawHttp>> idle;
  for (int i = 0; i < 100; ++i) {
    idle.push_back(std::make_unique<RawHttp>(server_->address()));
    if (i % 2 == 0) idle.back()->Send("GET /hel");
    EXPECT_EQ(Ask(GetOf("/hello", "Connection: close\r\n")).body, "hello") << i;
  }
  EXPECT_TRUE(idle.front()->Closes()) << "the one that waited longest";
  EXPECT_LE(server_->connections(), 40u);
  EXPECT_TRUE(idle.back()->StaysQuiet(absl::Milliseconds(50)));
}

TEST_F(LimitsTest, BusyConnectionsDoNotGiveWay) {
  options_.limits.most_connections = 3;
  Start();
  std::vector<std::unique_ptr<RawHttp>> busy;
  std::vector<std::unique_ptr<Responder>> waiting;
  for (int i = 0; i < 3; ++i) {
    busy.push_back(std::make_unique<RawHttp>(server_->address()));
    busy.back()->Send(GetOf("/later"));
    waiting.push_back(later_.Take());
    ASSERT_NE(waiting.back(), nullptr);
  }
  const HttpAnswer refused = Ask(GetOf("/hello"));
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.Header("Retry-After"), "1");
  EXPECT_THAT(refused.body, HasSubstr("OVERLOADED"));
  EXPECT_THAT(kept_.lines(), Contains(HasSubstr("method=HTTP code=RESOURCE_EXHAUSTED reason=OVERLOADED")));
  for (int i = 0; i < 3; ++i) {
    waiting[i]->Send(TextResponse(absl::StrCat("later ", i)));
    EXPECT_EQ(busy[i]->Read().body, absl::StrCat("later ", i));
  }
  EXPECT_EQ(Ask(GetOf("/hello")).body, "hello");
}

TEST_F(LimitsTest, TooManyForTheWorkersAreSentAway) {
  std::promise<void> go;
  std::shared_future<void> gone(go.get_future());
  std::atomic<int> begun{0};
  on_worker_ = [&, gone] {
    ++begun;
    gone.wait();
  };
  options_.workers = 1;
  options_.max_waiting = 1;
  Start();
  RawHttp working(server_->address()), waiting(server_->address());
  working.Send(GetOf("/worker"));
  while (begun == 0) std::this_thread::yield();
  waiting.Send(GetOf("/worker"));
  std::vector<std::unique_ptr<RawHttp>> others;
  for (int i = 0; i < 2; ++i) {
    others.push_back(std::make_unique<RawHttp>(server_->address()));
    others.back()->Send(GetOf("/worker", "Accept-Language: zh\r\n"));
  }
  int sent_away = 0;
  for (auto& other : others) sent_away += other->StaysQuiet(absl::Seconds(1)) ? 0 : 1;
  EXPECT_GE(sent_away, 1);
  EXPECT_EQ(Ask(GetOf("/hello")).body, "hello") << "what needs no worker is not held up";
  go.set_value();
  EXPECT_EQ(working.Read().body, "worked");
  int answered = 0, away = 0;
  others.push_back(nullptr);
  for (auto& other : others) {
    const HttpAnswer answer = other == nullptr ? waiting.Read() : other->Read();
    answered += answer.status == 200 ? 1 : 0;
    if (answer.status != 503) continue;
    ++away;
    EXPECT_EQ(answer.Header("Retry-After"), "1");
    EXPECT_THAT(answer.body, HasSubstr("OVERLOADED"));
  }
  EXPECT_EQ(answered, 1);
  EXPECT_EQ(away, 2);
  EXPECT_THAT(kept_.lines(),
              Contains(HasSubstr("method=\"GET /worker\" code=RESOURCE_EXHAUSTED reason=OVERLOADED")));
  server_ = nullptr;
}

}  // namespace
}  // namespace attain::http
