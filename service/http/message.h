// A request as handlers see it, and what they answer. Plain values.
#ifndef ATTAIN_SERVICE_HTTP_MESSAGE_H_
#define ATTAIN_SERVICE_HTTP_MESSAGE_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

namespace attain::http {

// Names and values in the order in which they came; names in any case.
using Headers = std::vector<std::pair<std::string, std::string>>;

// The first value of this name; empty when there is none.
inline absl::string_view FindHeader(const Headers& headers, absl::string_view name) {
  for (const auto& [key, value] : headers) {
    if (absl::EqualsIgnoreCase(key, name)) return value;
  }
  return {};
}

struct Request {
  std::string method;  // "GET"; a HEAD reads "GET": whoever answers need not know
  std::string path;    // decoded UTF-8, begins with '/'; no "." and ".." in it, no control characters
  std::vector<std::string> captured;  // what the wildcards of the route's pattern stand for
  std::string query;                  // after the '?', as it came: neither decoded nor checked
  Headers headers;
  std::string body;    // at most the route's most_body bytes
  std::string locale;  // of answers for people: "zh-CN" or "en"
  std::string peer;    // "127.0.0.1:50123", "[::1]:50123" or "unix"
};

// Who may keep an answer.
enum class Caching {
  kNoStore,    // nobody
  kImmutable,  // everybody, for a year: this path never has another answer
};

struct Response {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
  Caching caching = Caching::kNoStore;
  // Further ones. One that every answer has (Content-Security-Policy …) takes the place of the usual one;
  // those of framing (Content-Length, Transfer-Encoding, Connection) are the server's and left out.
  Headers headers;
};

}  // namespace attain::http

#endif  // ATTAIN_SERVICE_HTTP_MESSAGE_H_
