#include "service/http/problem.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "service/api/cause.h"
#include "service/api/errors.h"
#include "service/calls/log_format.h"

namespace attain::http {
namespace {

// Seconds after which a client may come again.
constexpr char kRetryAfter[] = "1";

Problem Again(int status, absl::Status error) {
  return {status, std::move(error), {{"Retry-After", kRetryAfter}}};
}

Problem Invalid(int status, const scoring::Text& text) {
  return {
      status, engine::Refuse(absl::StatusCode::kInvalidArgument, v1::ERROR_REASON_INVALID_FIELD, text), {}};
}

Problem TooLarge(int status, const scoring::Text& text, size_t limit) {
  return {status,
          engine::Refuse(absl::StatusCode::kInvalidArgument, v1::ERROR_REASON_REQUEST_TOO_LARGE, text,
                         {{"limit", absl::StrCat(limit)}}),
          {}};
}

int StatusOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kOutOfRange:
      return 400;
    case absl::StatusCode::kUnauthenticated:
      return 401;
    case absl::StatusCode::kPermissionDenied:
      return 403;
    case absl::StatusCode::kNotFound:
      return 404;
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kAlreadyExists:
      return 409;
    case absl::StatusCode::kResourceExhausted:
      return 429;
    case absl::StatusCode::kUnimplemented:
      return 501;
    case absl::StatusCode::kUnavailable:
      return 503;
    default:
      return 500;
  }
}

}  // namespace

Problem ProblemOf(const absl::Status& error) {
  const v1::ErrorReason reason = engine::ReasonOf(error);
  // An error without a reason is none that the server knows.
  if (reason == v1::ERROR_REASON_UNSPECIFIED) return {500, error, {}};
  const int status = reason == v1::ERROR_REASON_OVERLOADED ? 503 : StatusOf(error.code());
  return status == 503 ? Again(status, error) : Problem{status, error, {}};
}

Problem Malformed() {
  return Invalid(400, {"这不是有效的 HTTP 请求。", "This is no valid HTTP request."});
}

Problem NoHost() {
  return Invalid(400, {"HTTP/1.1 的请求须有一个 Host 标头。", "A request of HTTP/1.1 has one Host header."});
}

Problem NoSuchPath() {
  return {
      404,
      engine::NotFound("path", "",
                       {"这里没有该路径，请核对网址。", "There is nothing at this path: check the address."}),
      {}};
}

Problem MethodNotAllowed(absl::string_view allowed) {
  Problem problem = Invalid(405, {absl::StrCat("该路径只接受 ", allowed, "。"),
                                  absl::StrCat("This path takes ", allowed, " only.")});
  problem.headers.emplace_back("Allow", std::string(allowed));
  return problem;
}

Problem BodyTooLarge(size_t limit) {
  if (limit == 0) return TooLarge(413, {"该路径不接受请求正文。", "This path takes no request body."}, limit);
  return TooLarge(413,
                  {absl::StrCat("请求正文超过 ", limit, " 字节，请拆开发送。"),
                   absl::StrCat("The request body is above ", limit, " bytes: split the request.")},
                  limit);
}

Problem TargetTooLong(size_t limit) {
  return TooLarge(414,
                  {absl::StrCat("网址超过 ", limit, " 字节。"),
                   absl::StrCat("The request's target is above ", limit, " bytes.")},
                  limit);
}

Problem ExpectationFailed() {
  return Invalid(417, {"Expect 标头只支持 100-continue。", "The Expect header may only say 100-continue."});
}

Problem HeadTooLarge(size_t limit) {
  return TooLarge(431,
                  {absl::StrCat("请求的标头合计超过 ", limit, " 字节，请清除本站的 cookie 后再试。"),
                   absl::StrCat("The request's headers are above ", limit,
                                " bytes together: clear this site's cookies and try again.")},
                  limit);
}

Problem CodingNotKnown() {
  return Invalid(501, {"Transfer-Encoding 只支持 chunked。", "Transfer-Encoding may only be chunked."});
}

Problem NoAnswerInTime(absl::Duration limit) {
  return Again(503, engine::WithCause(
                        engine::Refuse(absl::StatusCode::kInternal, v1::ERROR_REASON_INTERNAL,
                                       {"服务器未能及时回答，请稍后再试；若一再如此，请告诉管理员。",
                                        "The server did not answer in time: try again in a moment, and tell "
                                        "the operator if it stays so."}),
                        absl::StrCat("no answer within ", absl::FormatDuration(limit))));
}

Problem VersionNotKnown() {
  return Invalid(505, {"此端口只支持 HTTP/1.0 和 HTTP/1.1。", "This port speaks HTTP/1.0 and HTTP/1.1."});
}

Response ProblemResponse(const Problem& problem, absl::string_view locale) {
  const v1::ErrorReason found = engine::ReasonOf(problem.error);
  const v1::ErrorReason reason = found == v1::ERROR_REASON_UNSPECIFIED ? v1::ERROR_REASON_INTERNAL : found;
  Response response;
  response.status = problem.status;
  response.content_type = "application/problem+json";
  response.headers = problem.headers;
  response.headers.emplace_back("Content-Language", std::string(locale));
  response.body = absl::StrCat(R"({"type":"about:blank","title":)",
                               calls::QuotedJson(PhraseOf(problem.status)), ",\"status\":", problem.status,
                               ",\"detail\":", calls::QuotedJson(engine::MessageOf(problem.error, locale)),
                               ",\"reason\":\"",
                               absl::StripPrefix(v1::ErrorReason_Name(reason), "ERROR_REASON_"), "\"}\n");
  return response;
}

absl::string_view PhraseOf(int status) {
  static constexpr std::pair<int, absl::string_view> kPhrases[] = {
      {200, "OK"},
      {204, "No Content"},
      {303, "See Other"},
      {304, "Not Modified"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {409, "Conflict"},
      {413, "Content Too Large"},
      {414, "URI Too Long"},
      {415, "Unsupported Media Type"},
      {417, "Expectation Failed"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {501, "Not Implemented"},
      {503, "Service Unavailable"},
      {505, "HTTP Version Not Supported"},
  };
  for (const auto& [code, phrase] : kPhrases) {
    if (code == status) return phrase;
  }
  return "Unknown";
}

}  // namespace attain::http
