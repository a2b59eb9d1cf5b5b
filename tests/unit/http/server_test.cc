// Requests over a real port, from their bytes to their answers.
#include <gmock/gmock.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "service/api/errors.h"
#include "tests/support/scratch.h"
#include "tests/unit/http/http_fixture.h"

namespace attain::http {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using testing::Fetch;
using testing::GetOf;
using ::testing::HasSubstr;
using testing::HttpAnswer;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using testing::RawHttp;
using testing::ScratchDirectory;
using ::testing::StartsWith;

class ServerTest : public HttpTest {};

TEST_F(ServerTest, AnswersWithTheHeadersOfEveryAnswer) {
  Start();
  const HttpAnswer answer = Ask(GetOf("/hello"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "hello");
  EXPECT_EQ(answer.Header("Content-Length"), "5");
  EXPECT_EQ(answer.Header("Connection"), "keep-alive");
  EXPECT_EQ(answer.Header("Cache-Control"), "no-store");
  EXPECT_EQ(answer.Header("X-Content-Type-Options"), "nosniff");
  EXPECT_THAT(answer.Header("Date"), HasSubstr("GMT"));
  EXPECT_EQ(answer.Header("Server"), "");
  EXPECT_THAT(kept_.lines(), IsEmpty());
}

TEST_F(ServerTest, HandlersGetTheRequestDecoded) {
  Start();
  EXPECT_THAT(Ask(GetOf("/items/%e6%9d%8e?a=%41", "Accept-Language: zh\r\n")).body,
              MatchesRegex("GET\\|/items/李\\|李\\|a=%41\\|zh-CN\\|\\|127\\.0\\.0\\.1:[0-9]+"));
  EXPECT_EQ(Ask("GET http://elsewhere/hello HTTP/1.1\r\nHost: here\r\n\r\n").body, "hello");
}

TEST_F(ServerTest, HeadIsGetWithoutItsBody) {
  Start();
  RawHttp client(server_->address());
  client.Send("HEAD /hello HTTP/1.1\r\nHost: here\r\n\r\n");
  const HttpAnswer head = client.Read(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.Header("Content-Length"), "5");
  client.Send("HEAD /nowhere HTTP/1.1\r\nHost: here\r\n\r\n" + GetOf("/hello"));
  EXPECT_EQ(client.Read(true).status, 404);
  EXPECT_EQ(client.Read().body, "hello") << "nothing stands between the two";
}

TEST_F(ServerTest, AConnectionServesRequestAfterRequest) {
  Start();
  RawHttp client(server_->address());
  for (int i = 0; i < 50; ++i) {
    client.Send(GetOf(absl::StrCat("/items/", i)));
    EXPECT_THAT(client.Read().body, StartsWith(absl::StrCat("GET|/items/", i, "|")));
  }
  EXPECT_EQ(server_->connections(), 1u);
}

TEST_F(ServerTest, PipelinedRequestsAreAnsweredInTheirOrder) {
  Start();
  RawHttp client(server_->address());
  client.Send(GetOf("/later") + GetOf("/hello") +
              "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc" + GetOf("/nowhere") + "\r\n" +
              GetOf("/items/last"));
  const std::unique_ptr<Responder> later = later_.Take();
  ASSERT_NE(later, nullptr);
  EXPECT_TRUE(client.StaysQuiet(absl::Milliseconds(50)));
  later->Send(TextResponse("later"));
  EXPECT_EQ(client.Read().body, "later");
  EXPECT_EQ(client.Read().body, "hello");
  EXPECT_EQ(client.Read().body, "abc");
  EXPECT_EQ(client.Read().status, 404);
  EXPECT_THAT(client.Read().body, StartsWith("GET|/items/last|"));
}

TEST_F(ServerTest, RequestsMayComeByteByByte) {
  Start();
  RawHttp client(server_->address());
  const std::string request =
      GetOf("/hello") +
      "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" +
      "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
  for (const char byte : request) ASSERT_TRUE(client.Send(std::string(1, byte)));
  EXPECT_EQ(client.Read().body, "hello");
  EXPECT_EQ(client.Read().body, "abc");
  const HttpAnswer empty = client.Read();
  EXPECT_EQ(empty.status, 200);
  EXPECT_EQ(empty.body, "");
}

TEST_F(ServerTest, OldClientsAreServedAndLetGo) {
  Start();
  RawHttp client(server_->address());
  client.Send("GET /hello HTTP/1.0\r\n\r\n");
  const HttpAnswer answer = client.Read();
  EXPECT_EQ(answer.body, "hello");
  EXPECT_EQ(answer.Header("Connection"), "close");
  EXPECT_TRUE(client.Closes());
  RawHttp kept(server_->address());
  kept.Send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(kept.Read().Header("Connection"), "keep-alive");
  kept.Send("GET /hello HTTP/1.0\r\n\r\n");
  EXPECT_EQ(kept.Read().body, "hello");
}

TEST_F(ServerTest, WhoWantsToGoIsLetGo) {
  Start();
  RawHttp client(server_->address());
  client.Send(GetOf("/hello", "Connection: close\r\n"));
  EXPECT_EQ(client.Read().Header("Connection"), "close");
  EXPECT_TRUE(client.Closes());
  RawHttp half(server_->address());
  half.Send(GetOf("/hello"));
  half.FinishSending();
  EXPECT_EQ(half.Read().body, "hello") << "one that sends no more still reads";
  EXPECT_TRUE(half.Closes());
}

TEST_F(ServerTest, BodiesComeWholeOrInChunks) {
  Start();
  const auto post = [&](const std::string& rest) { return Ask("POST /echo HTTP/1.1\r\nHost: h\r\n" + rest); };
  EXPECT_EQ(post("Content-Length: 5\r\n\r\nhello").body, "hello");
  EXPECT_EQ(post("Content-Length: 0\r\n\r\n").status, 200);
  EXPECT_EQ(post("\r\n").status, 200);
  EXPECT_EQ(
      post("Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;why=not\r\nllo\r\n0\r\nTrailer: x\r\n\r\n").body,
      "hello");
  EXPECT_EQ(post("Transfer-Encoding: chunked\r\n\r\nxyz\r\nhe\r\n0\r\n\r\n").status, 400);
  EXPECT_EQ(post("Transfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n").status, 400);
  EXPECT_EQ(post("Transfer-Encoding: gzip\r\n\r\n").status, 501);
  EXPECT_EQ(post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n").status, 400);
  EXPECT_EQ(post("Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!").status, 400);
  EXPECT_EQ(post("Content-Length: five\r\n\r\nhello").status, 400);
  EXPECT_EQ(post("Content-Length: -1\r\n\r\n").status, 400);
}

TEST_F(ServerTest, WhoAsksBeforeSendingIsToldToGoOn) {
  Start();
  RawHttp client(server_->address());
  client.Send("POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
  EXPECT_EQ(client.Read().status, 100);
  client.Send("hello");
  EXPECT_EQ(client.Read().body, "hello");
  client.Send("POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 65\r\n\r\n");
  EXPECT_EQ(client.Read().status, 413) << "before it is sent in vain";
}

TEST_F(ServerTest, RefusalsSpeakTheClientsLanguageAndAreTold) {
  Start();
  const HttpAnswer chinese = Ask(GetOf("/nowhere", "Accept-Language: zh-CN\r\n"));
  EXPECT_EQ(chinese.status, 404);
  EXPECT_EQ(chinese.Header("Content-Type"), "application/problem+json");
  EXPECT_EQ(chinese.Header("Content-Language"), "zh-CN");
  EXPECT_THAT(chinese.body, HasSubstr("这里没有该路径"));
  const HttpAnswer english = Ask("DELETE /hello HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(english.status, 405);
  EXPECT_EQ(english.Header("Allow"), "GET, HEAD");
  EXPECT_THAT(english.body, HasSubstr("\"status\":405"));
  EXPECT_THAT(
      kept_.lines(),
      ElementsAre("debug call refused method=HTTP code=NOT_FOUND reason=RESOURCE_NOT_FOUND revision=7",
                  "debug call refused method=HTTP code=INVALID_ARGUMENT reason=INVALID_FIELD revision=7"));
}

TEST_F(ServerTest, ARefusalKeepsTheConnectionWhereTheNextRequestIsCertain) {
  Start();
  RawHttp client(server_->address());
  client.Send(GetOf("/nowhere") + GetOf("/%zz") + GetOf("/hello"));
  EXPECT_EQ(client.Read().status, 404);
  EXPECT_EQ(client.Read().status, 400);
  EXPECT_EQ(client.Read().body, "hello");
  client.Send(GetOf("/hello", "Content-Length: 40\r\n") + GetOf("/hello"));
  const HttpAnswer refused = client.Read();
  EXPECT_EQ(refused.status, 413);
  EXPECT_EQ(refused.Header("Connection"), "close");
  EXPECT_EQ(client.Read().status, 0) << "what follows may be the body";
}

TEST_F(ServerTest, HandlersAnswerFromAnyThreadAndOnWorkers) {
  on_worker_ = [] {};
  Start();
  EXPECT_EQ(Ask(GetOf("/worker")).body, "worked");
  RawHttp client(server_->address());
  client.Send(GetOf("/later"));
  const std::unique_ptr<Responder> later = later_.Take();
  ASSERT_NE(later, nullptr);
  later->Refuse(engine::NotFound("unit", "units/x"));
  const HttpAnswer answer = client.Read();
  EXPECT_EQ(answer.status, 404);
  EXPECT_THAT(answer.body, HasSubstr("There is no units/x."));
  EXPECT_THAT(kept_.lines(), ElementsAre("debug call refused method=\"GET /later\" code=NOT_FOUND "
                                         "reason=RESOURCE_NOT_FOUND revision=7"));
}

TEST_F(ServerTest, AHandlerThatForgetsIsAnsweredFor) {
  Start();
  const HttpAnswer answer = Ask(GetOf("/drop"));
  EXPECT_EQ(answer.status, 500);
  EXPECT_THAT(answer.body, HasSubstr("\"reason\":\"INTERNAL\""));
  EXPECT_THAT(kept_.lines(),
              ElementsAre("error call failed method=\"GET /drop\" code=INTERNAL reason=INTERNAL revision=7 "
                          "cause=\"INTERNAL: a handler ended without an answer\""));
}

TEST_F(ServerTest, LargeAnswersComeWhole) {
  Start();
  const HttpAnswer answer = Ask(GetOf("/large"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, std::string(4 << 20, 'x'));
}

TEST_F(ServerTest, ListensOnAUnixSocket) {
  ScratchDirectory scratch;
  options_.listen = absl::StrCat("unix:", scratch / "socket");
  Start();
  EXPECT_EQ(server_->address(), options_.listen);
  EXPECT_EQ(Ask(GetOf("/hello")).body, "hello");
  EXPECT_THAT(Ask(GetOf("/items/x")).body, ::testing::EndsWith("|unix"));
  EXPECT_EQ(HttpServer::Start(options_, {}).status().code(), absl::StatusCode::kUnavailable)
      << "that of a server that runs is not taken";
  server_ = nullptr;
  EXPECT_FALSE(std::filesystem::exists(scratch / "socket"));
}

TEST_F(ServerTest, ASocketThatWasLeftBehindIsReplaced) {
  ScratchDirectory scratch;
  options_.listen = absl::StrCat("unix:", scratch / "socket");
  // What a killed server leaves: the path without anybody behind it.
  ASSERT_EQ(std::system(absl::StrCat("python3 -c \"import socket; socket.socket(socket.AF_UNIX).bind('",
                                     scratch / "socket", "')\"")
                            .c_str()),
            0);
  Start();
  EXPECT_EQ(Ask(GetOf("/hello")).body, "hello");
  server_ = nullptr;
  testing::WriteFileOrDie(scratch / "socket", "dear mother");
  EXPECT_FALSE(HttpServer::Start(options_, {}).ok());
  EXPECT_EQ(testing::ReadFileOrDie(scratch / "socket"), "dear mother") << "what is no socket stays";
}

TEST_F(ServerTest, AddressesThatCannotBeHad) {
  Start();
  const auto refusal = [&](const std::string& listen) {
    HttpServerOptions options = options_;
    options.listen = listen;
    return HttpServer::Start(options, {}).status();
  };
  EXPECT_THAT(std::string(refusal(server_->address()).message()),
              AllOf(HasSubstr(absl::StrCat("cannot listen on ", server_->address())), HasSubstr("in use")));
  EXPECT_TRUE(absl::IsUnavailable(refusal(server_->address())));
  EXPECT_THAT(std::string(refusal("192.0.2.1:0").message()), HasSubstr("not this machine's"));
  EXPECT_TRUE(absl::IsInvalidArgument(refusal("8080")));
  EXPECT_TRUE(absl::IsUnavailable(refusal("no.such.host.invalid:80")));
  EXPECT_TRUE(absl::IsUnavailable(refusal(absl::StrCat("unix:/", std::string(200, 'x')))));
  EXPECT_EQ(Ask(GetOf("/hello")).body, "hello") << "the first one is not disturbed";
}

TEST_F(ServerTest, RoutesThatContradictEachOther) {
  std::vector<Route> twice = Routes(&later_, {});
  twice.push_back(twice.front());
  EXPECT_TRUE(absl::IsInvalidArgument(HttpServer::Start(options_, std::move(twice)).status()));
}

class TlsTest : public HttpTest {
 protected:
  void SetUp() override {
    ASSERT_EQ(
        std::system(absl::StrCat("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
                                 "-days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 -keyout ",
                                 scratch_ / "key", " -out ", scratch_ / "cert", " 2>/dev/null")
                        .c_str()),
        0);
    options_.tls_certificate = testing::ReadFileOrDie(scratch_ / "cert");
    options_.tls_key = testing::ReadFileOrDie(scratch_ / "key");
  }
  // What curl prints, its exit code behind it.
  std::string Curl(const std::string& arguments, const std::string& path) {
    const std::string command =
        absl::StrCat("curl -sS --noproxy '*' --max-time 20 --cacert ", scratch_ / "cert", " ", arguments,
                     " https://", server_->address(), path, " 2>/dev/null; echo \" $?\"");
    FILE* const pipe = popen(command.c_str(), "r");
    std::string text;
    char buffer[4096];
    for (size_t got; (got = fread(buffer, 1, sizeof(buffer), pipe)) > 0;) text.append(buffer, got);
    pclose(pipe);
    return text;
  }
  ScratchDirectory scratch_;
};

TEST_F(TlsTest, ServesThoseWhoSpeakIt) {
  Start();
  EXPECT_EQ(Curl("", "/hello"), "hello 0\n");
  EXPECT_EQ(Curl("--tlsv1.2 --tls-max 1.2", "/hello"), "hello 0\n");
  EXPECT_EQ(Curl("--tlsv1.3", "/hello"), "hello 0\n");
  EXPECT_EQ(Curl("--ciphers DEFAULT@SECLEVEL=0 --tlsv1.0 --tls-max 1.1", "/hello"), " 35\n");
  EXPECT_EQ(Curl("-X POST -d abc", "/echo"), "abc 0\n");
  EXPECT_EQ(Curl("-o /dev/null -w '%{http_code} %{size_download}'", "/large"), "200 4194304 0\n");
  EXPECT_TRUE(AwaitConnections(0));
}

TEST_F(TlsTest, OthersAreSentAway) {
  options_.limits.head = absl::Milliseconds(300);
  Start();
  RawHttp plain(server_->address());
  plain.Send(GetOf("/hello"));
  EXPECT_TRUE(plain.Closes());
  RawHttp silent(server_->address());
  EXPECT_TRUE(silent.Closes()) << "a handshake has its time";
  EXPECT_EQ(Curl("", "/hello"), "hello 0\n");
}

TEST_F(TlsTest, KeysThatAreNoPair) {
  options_.tls_key.clear();
  EXPECT_TRUE(absl::IsInvalidArgument(HttpServer::Start(options_, {}).status()));
  options_.tls_key = options_.tls_certificate;
  EXPECT_TRUE(absl::IsInvalidArgument(HttpServer::Start(options_, {}).status()));
}

TEST_F(TlsTest, StopsWhileClientsAreThere) {
  Start();
  RawHttp silent(server_->address());
  ASSERT_TRUE(AwaitConnections(1));
  server_->Stop(absl::Seconds(5));
  EXPECT_TRUE(silent.Closes());
  EXPECT_EQ(server_->connections(), 0u);
}

}  // namespace
}  // namespace attain::http
