// What is asked of a request before a handler sees it.
#ifndef ATTAIN_SERVICE_HTTP_HEAD_CHECK_H_
#define ATTAIN_SERVICE_HTTP_HEAD_CHECK_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <variant>

#include "service/http/message.h"
#include "service/http/problem.h"
#include "service/http/route.h"

namespace attain::http {

// The head of a request as the parser gives it.
struct RequestHead {
  bool is_1_1 = true;  // HTTP/1.1, else HTTP/1.0
  std::string method;
  std::string target;
  Headers headers;
  bool chunked = false;         // a body of chunks follows
  uint64_t content_length = 0;  // of the body that follows, bytes; 0 when it is chunked
};

// A request that a route takes. Its body is still to come.
struct Admitted {
  const Route* route = nullptr;
  Request request;                // without body and peer
  bool expects_continue = false;  // the client waits for "100 Continue" before it sends the body
};

// `most_target` is the longest target, bytes.
std::variant<Admitted, Problem> CheckHead(const RequestHead& head, const Router& router, size_t most_target);

}  // namespace attain::http

#endif  // ATTAIN_SERVICE_HTTP_HEAD_CHECK_H_
