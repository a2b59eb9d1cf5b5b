// Refusals as HTTP says them: a status code and a small JSON document (RFC 9457) in the client's language.
#ifndef ATTAIN_SERVICE_HTTP_PROBLEM_H_
#define ATTAIN_SERVICE_HTTP_PROBLEM_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "service/http/message.h"

namespace attain::http {

struct Problem {
  int status = 500;    // the HTTP status code
  absl::Status error;  // one of service/api/errors.h: its reason, its sentence in both languages
  Headers headers;     // Allow, Retry-After
};

// Of an error of the API: INVALID_ARGUMENT, FAILED_PRECONDITION and OUT_OF_RANGE are 400, UNAUTHENTICATED
// 401, PERMISSION_DENIED 403, NOT_FOUND 404, ABORTED and ALREADY_EXISTS 409, RESOURCE_EXHAUSTED 429,
// UNIMPLEMENTED 501, OVERLOADED and UNAVAILABLE 503 with Retry-After; anything else is 500.
Problem ProblemOf(const absl::Status& error);

// Of the protocol.
Problem Malformed();                                  // 400: no HTTP request
Problem NoHost();                                     // 400
Problem NoSuchPath();                                 // 404
Problem MethodNotAllowed(absl::string_view allowed);  // 405: "GET, HEAD"
Problem BodyTooLarge(size_t limit);                   // 413
Problem TargetTooLong(size_t limit);                  // 414
Problem ExpectationFailed();                          // 417
Problem HeadTooLarge(size_t limit);                   // 431
Problem CodingNotKnown();                             // 501: a transfer coding other than chunked
Problem NoAnswerInTime(absl::Duration limit);         // 503
Problem VersionNotKnown();                            // 505

// {"type":"about:blank","title":…,"status":…,"detail":…,"reason":…} with Content-Language. `detail` is the
// sentence in `locale` ("zh-CN" or "en"), `reason` that of attain.v1.ErrorReason.
Response ProblemResponse(const Problem& problem, absl::string_view locale);

// "Not Found"; "Unknown" for a code that this server does not give.
absl::string_view PhraseOf(int status);

}  // namespace attain::http

#endif  // ATTAIN_SERVICE_HTTP_PROBLEM_H_
