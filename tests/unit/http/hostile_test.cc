// What is no HTTP: refused or cut off, and the server goes on.
#include <gmock/gmock.h>

#include <random>

#include "tests/unit/http/http_fixture.h"

namespace attain::http {
namespace {

using testing::Fetch;
using testing::GetOf;
using testing::HttpAnswer;
using testing::RawHttp;

class HostileTest : public HttpTest {
 protected:
  HostileTest() {
    options_.limits.head = absl::Milliseconds(500);
    options_.limits.request = absl::Milliseconds(500);
    options_.log = nullptr;
  }
  // Sends the bytes, closes its side and reads to the end; every answer must be one.
  void Throw(const std::string& bytes) {
    RawHttp client(server_->address());
    client.Send(bytes);
    client.FinishSending();
    ASSERT_TRUE(client.Closes()) << "input of " << bytes.size() << " bytes";
  }
};

TEST_F(HostileTest, LinesThatAreNoRequest) {
  Start();
  const std::vector<std::pair<int, std::string>> kRequests = {
      {400, "GET\r\n\r\n"},
      {400, "GET /hello\r\n\r\n"},
      {400, "GET  /hello HTTP/1.1\r\nHost: h\r\n\r\n"},
      {400, " GET /hello HTTP/1.1\r\nHost: h\r\n\r\n"},
      {400, "G@T /hello HTTP/1.1\r\nHost: h\r\n\r\n"},
      {505, "GET /hello HTTP/2.0\r\nHost: h\r\n\r\n"},
      {505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
      {400, "GET /hello HTTP/1.1\r\n\r\n"},
      {400, "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"},
      {400, "GET /hello HTTP/1.1\r\nHost : h\r\n\r\n"},
      {400, "GET /hello HTTP/1.1\r\nHost: h\r\nno colon\r\n\r\n"},
      {400,
       "GET /hello HTTP/1.1\r\nHost: h\r\nX: a\x01"
       "b\r\n\r\n"},
      {400, "GET /hello HTTP/1.1\nHost: h\n\n"},
      {400, "GET /hello HTTP/1.1\r\nHost: h\r\nX: a\rb\r\n\r\n"},
      {400, "GET /../etc/passwd HTTP/1.1\r\nHost: h\r\n\r\n"},
      {400, "GET /%2e%2e/etc/passwd HTTP/1.1\r\nHost: h\r\n\r\n"},
      {400, "GET /hello%00 HTTP/1.1\r\nHost: h\r\n\r\n"},
      {400, "GET /%ff HTTP/1.1\r\nHost: h\r\n\r\n"},
      {400, "GET hello HTTP/1.1\r\nHost: h\r\n\r\n"},
      {400, "CONNECT host:443 HTTP/1.1\r\nHost: h\r\n\r\n"},
      {400, "OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n"},
      {405, "TRACE /hello HTTP/1.1\r\nHost: h\r\n\r\n"},
      {404, "GET /hello/ HTTP/1.1\r\nHost: h\r\n\r\n"},
      {404, "GET //hello HTTP/1.1\r\nHost: h\r\n\r\n"},
      {400, std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11)},
  };
  for (const auto& [status, request] : kRequests) {
    const HttpAnswer answer = Fetch(server_->address(), request);
    EXPECT_EQ(answer.status, status) << request;
    EXPECT_EQ(answer.Header("Content-Type"), "application/problem+json") << request;
    EXPECT_EQ(answer.Header("X-Content-Type-Options"), "nosniff") << request;
  }
}

TEST_F(HostileTest, EmptyLinesBeforeARequestAreForgiven) {
  Start();
  EXPECT_EQ(Ask("\r\n\r\n" + GetOf("/hello")).body, "hello");
  RawHttp client(server_->address());
  client.Send("\r");
  EXPECT_TRUE(client.StaysQuiet(absl::Milliseconds(20)));
  client.Send("\n" + GetOf("/hello"));
  EXPECT_EQ(client.Read().body, "hello");
}

TEST_F(HostileTest, RandomBytesDoNotHarm) {
  options_.limits.head = absl::Milliseconds(100);
  Start();
  std::mt19937 random(20261128);
  for (int i = 0; i < 5000; ++i) {
    std::string bytes(random() % 200, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    Throw(bytes);
    if (HasFatalFailure()) return;
  }
  EXPECT_EQ(Ask(GetOf("/hello")).body, "hello");
}

TEST_F(HostileTest, DamagedRequestsDoNotHarm) {
  options_.limits.head = absl::Milliseconds(100);
  options_.limits.request = absl::Milliseconds(100);
  Start();
  const std::vector<std::string> kWhole = {
      GetOf("/hello"), GetOf("/items/%e6%9d%8e?x", "Accept-Language: zh\r\n"),
      "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello",
      "POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nTransfer-Encoding: "
      "chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nT: "
      "x\r\n\r\n",
      "HEAD /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"};
  std::mt19937 random(7);
  for (int i = 0; i < 5000; ++i) {
    std::string bytes = kWhole[random() % kWhole.size()];
    for (size_t damage = random() % 4 + 1; damage > 0; --damage) {
      const size_t at = random() % bytes.size();
      switch (random() % 4) {
        case 0:
          bytes[at] = static_cast<char>(random());
          break;
        case 1:
          bytes.erase(at, random() % 5);
          break;
        case 2:
          bytes.insert(at, bytes.substr(random() % bytes.size(), random() % 30));
          break;
        default:
          bytes.insert(at, 1, "\r\n:; \t%/"[random() % 8]);
      }
      if (bytes.empty()) bytes = "G";
    }
    Throw(bytes);
    if (HasFatalFailure()) return;
  }
  EXPECT_EQ(Ask(GetOf("/hello")).body, "hello");
  EXPECT_TRUE(AwaitConnections(0));
}

}  // namespace
}  // namespace attain::http
