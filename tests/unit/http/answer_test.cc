// The head of an answer, and refusals as documents.
#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "google/protobuf/struct.pb.h"
#include "google/protobuf/util/json_util.h"
#include "service/api/cause.h"
#include "service/api/errors.h"
#include "service/http/answer_head.h"
#include "service/http/problem.h"

namespace attain::http {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string HeadOf(const Response& response, bool keep_alive = true) {
  return AnswerHead(response, keep_alive, absl::FromUnixSeconds(784111777));
}

TEST(AnswerHead, HasWhatEveryAnswerHas) {
  Response response;
  response.body = "hello";
  EXPECT_EQ(HeadOf(response),
            "HTTP/1.1 200 OK\r\n"
            "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
            "Connection: keep-alive\r\n"
            "Content-Type: text/plain; charset=utf-8\r\n"
            "Content-Length: 5\r\n"
            "Cache-Control: no-store\r\n"
            "X-Content-Type-Options: nosniff\r\n"
            "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
            "Cross-Origin-Resource-Policy: same-origin\r\n"
            "Referrer-Policy: no-referrer\r\n\r\n");
  EXPECT_THAT(HeadOf(response, false), HasSubstr("Connection: close\r\n"));
}

TEST(AnswerHead, WhatAHandlerSaysGoesBeforeTheUsual) {
  Response response;
  response.caching = Caching::kImmutable;
  EXPECT_THAT(HeadOf(response), HasSubstr("Cache-Control: public, max-age=31536000, immutable\r\n"));
  response.headers = {{"content-security-policy", "default-src 'self'"}, {"X-More", "yes"}};
  EXPECT_THAT(HeadOf(response), AllOf(HasSubstr("content-security-policy: default-src 'self'\r\n"),
                                      Not(HasSubstr("frame-ancestors")), HasSubstr("X-More: yes\r\n")));
  response.headers = {{"Content-Length", "9"}, {"connection", "close"}, {"Transfer-Encoding", "chunked"}};
  EXPECT_THAT(HeadOf(response), AllOf(Not(HasSubstr("Content-Length: 9")),
                                      Not(HasSubstr("connection: close")), Not(HasSubstr("chunked"))))
      << "the frame is the server's";
}

TEST(AnswerHead, NoValueStartsALineOfItsOwn) {
  Response response;
  response.content_type = "text/plain\r\nSet-Cookie: a=b";
  response.headers = {{"Location", "/x\r\n\r\n<script>"}, {"X\nY", "z"}};
  EXPECT_THAT(HeadOf(response), AllOf(HasSubstr("Content-Type: text/plain  Set-Cookie: a=b\r\n"),
                                      HasSubstr("Location: /x    <script>\r\n"), HasSubstr("X Y: z\r\n"),
                                      Not(HasSubstr("\nSet-Cookie"))));
}

TEST(AnswerHead, WhatHasNoBodyHasNoLength) {
  Response response;
  for (const int status : {204, 304}) {
    response.status = status;
    EXPECT_THAT(HeadOf(response), AllOf(StartsWith(absl::StrCat("HTTP/1.1 ", status, " ")),
                                        Not(HasSubstr("Content-Length")), Not(HasSubstr("Content-Type: "))));
  }
}

google::protobuf::Struct Parsed(const std::string& json) {
  google::protobuf::Struct parsed;
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(json, &parsed).ok()) << json;
  return parsed;
}

TEST(Problem, IsADocumentInEitherLanguage) {
  const Response english = ProblemResponse(MethodNotAllowed("GET, HEAD"), "en");
  EXPECT_EQ(english.status, 405);
  EXPECT_EQ(english.content_type, "application/problem+json");
  EXPECT_EQ(FindHeader(english.headers, "Allow"), "GET, HEAD");
  EXPECT_EQ(FindHeader(english.headers, "Content-Language"), "en");
  EXPECT_EQ(english.body,
            "{\"type\":\"about:blank\",\"title\":\"Method Not Allowed\",\"status\":405,\"detail\":\"This "
            "path takes GET, "
            "HEAD only.\",\"reason\":\"INVALID_FIELD\"}\n");
  const Response chinese = ProblemResponse(MethodNotAllowed("GET, HEAD"), "zh-CN");
  EXPECT_EQ(FindHeader(chinese.headers, "Content-Language"), "zh-CN");
  EXPECT_EQ(Parsed(chinese.body).fields().at("detail").string_value(), "该路径只接受 GET, HEAD。");
}

TEST(Problem, WordsOfAnErrorCannotBreakTheDocument) {
  const absl::Status error = engine::NotFound("unit", "units/\"x\\\n\x01", {"", "no \"x\\\n\x01"});
  const google::protobuf::Struct parsed = Parsed(ProblemResponse(ProblemOf(error), "en").body);
  EXPECT_EQ(parsed.fields().at("detail").string_value(), "no \"x\\\n\x01");
  EXPECT_EQ(parsed.fields().at("status").number_value(), 404);
  EXPECT_EQ(parsed.fields().at("reason").string_value(), "RESOURCE_NOT_FOUND");
}

TEST(Problem, CodesOfTheApiHaveTheirStatus) {
  const auto status = [](absl::StatusCode code) {
    return ProblemOf(engine::Refuse(code, v1::ERROR_REASON_WRONG_STATE, {"", ""})).status;
  };
  EXPECT_EQ(status(absl::StatusCode::kInvalidArgument), 400);
  EXPECT_EQ(status(absl::StatusCode::kFailedPrecondition), 400);
  EXPECT_EQ(status(absl::StatusCode::kOutOfRange), 400);
  EXPECT_EQ(status(absl::StatusCode::kUnauthenticated), 401);
  EXPECT_EQ(status(absl::StatusCode::kPermissionDenied), 403);
  EXPECT_EQ(status(absl::StatusCode::kNotFound), 404);
  EXPECT_EQ(status(absl::StatusCode::kAborted), 409);
  EXPECT_EQ(status(absl::StatusCode::kAlreadyExists), 409);
  EXPECT_EQ(status(absl::StatusCode::kResourceExhausted), 429);
  EXPECT_EQ(status(absl::StatusCode::kUnimplemented), 501);
  EXPECT_EQ(status(absl::StatusCode::kUnavailable), 503);
  EXPECT_EQ(status(absl::StatusCode::kInternal), 500);
  EXPECT_EQ(status(absl::StatusCode::kDataLoss), 500);
}

TEST(Problem, WhoMayComeAgainIsToldWhen) {
  for (const absl::Status& error :
       {engine::Overloaded(), engine::ShuttingDown(), engine::StoreUnavailable()}) {
    const Problem problem = ProblemOf(error);
    EXPECT_EQ(problem.status, 503) << error;
    EXPECT_EQ(FindHeader(problem.headers, "Retry-After"), "1") << error;
  }
  EXPECT_EQ(FindHeader(ProblemOf(engine::NotFound("unit", "u")).headers, "Retry-After"), "");
}

TEST(Problem, TheCauseStaysInTheServer) {
  const Response hidden = ProblemResponse(ProblemOf(absl::UnavailableError("rocksdb: /secret/path")), "en");
  EXPECT_EQ(hidden.status, 500) << "an error without a reason is none that the server knows";
  EXPECT_THAT(hidden.body, AllOf(HasSubstr("\"reason\":\"INTERNAL\""), Not(HasSubstr("secret"))));
  const Problem late = NoAnswerInTime(absl::Seconds(30));
  EXPECT_EQ(late.status, 503);
  EXPECT_EQ(engine::CauseOf(late.error), "no answer within 30s");
  EXPECT_THAT(ProblemResponse(late, "en").body, Not(HasSubstr("30s")));
}

TEST(Problem, EachOfTheProtocolHasBothLanguagesAndItsStatus) {
  const std::vector<std::pair<int, Problem>> problems = {{400, Malformed()},
                                                         {400, NoHost()},
                                                         {404, NoSuchPath()},
                                                         {405, MethodNotAllowed("A")},
                                                         {413, BodyTooLarge(0)},
                                                         {413, BodyTooLarge(5)},
                                                         {414, TargetTooLong(5)},
                                                         {417, ExpectationFailed()},
                                                         {431, HeadTooLarge(5)},
                                                         {501, CodingNotKnown()},
                                                         {503, NoAnswerInTime(absl::Seconds(1))},
                                                         {505, VersionNotKnown()}};
  for (const auto& [status, problem] : problems) {
    EXPECT_EQ(problem.status, status);
    EXPECT_NE(PhraseOf(status), "Unknown") << status;
    EXPECT_NE(engine::ReasonOf(problem.error), v1::ERROR_REASON_UNSPECIFIED) << status;
    const std::string zh = engine::MessageOf(problem.error, "zh-CN"),
                      en = engine::MessageOf(problem.error, "en");
    EXPECT_THAT(zh, EndsWith("。")) << status;
    EXPECT_THAT(en, EndsWith(".")) << status;
  }
  EXPECT_THAT(ProblemResponse(BodyTooLarge(5), "en").body, HasSubstr("above 5 bytes"));
  EXPECT_THAT(ProblemResponse(BodyTooLarge(0), "en").body, HasSubstr("no request body"));
}

}  // namespace
}  // namespace attain::http
