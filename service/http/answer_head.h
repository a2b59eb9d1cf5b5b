// The lines that stand before the body of an answer.
#ifndef ATTAIN_SERVICE_HTTP_ANSWER_HEAD_H_
#define ATTAIN_SERVICE_HTTP_ANSWER_HEAD_H_

#include <string>

#include "absl/time/time.h"
#include "service/http/message.h"

namespace attain::http {

// Status line, headers and the empty line. Every answer has Date, Cache-Control, X-Content-Type-Options,
// Content-Security-Policy, Cross-Origin-Resource-Policy and Referrer-Policy; none names the server or its
// version. Content-Length is that of the body, also where none follows (HEAD). Control characters in what a
// handler gave become blanks, so that no value starts a line of its own.
std::string AnswerHead(const Response& response, bool keep_alive, absl::Time now);

}  // namespace attain::http

#endif  // ATTAIN_SERVICE_HTTP_ANSWER_HEAD_H_
