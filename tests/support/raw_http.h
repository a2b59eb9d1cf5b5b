// A client of HTTP that sends exactly the bytes that a test gives it. Not thread-safe.
#ifndef ATTAIN_TESTS_SUPPORT_RAW_HTTP_H_
#define ATTAIN_TESTS_SUPPORT_RAW_HTTP_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace attain::testing {

struct HttpAnswer {
  int status = 0;  // 0: the connection ended before the end of an answer
  std::string head;
  std::string body;
  // The first value of this name; empty when there is none.
  std::string Header(absl::string_view name) const;
};

class RawHttp {
 public:
  // "127.0.0.1:8080" or "unix:PATH"; a client that is not connected reads nothing.
  explicit RawHttp(const std::string& address);
  ~RawHttp();
  RawHttp(const RawHttp&) = delete;
  RawHttp& operator=(const RawHttp&) = delete;

  // False when the connection is closed.
  bool Send(absl::string_view bytes);
  void FinishSending();
  // One answer. `to_head`: of a HEAD, so no body follows.
  HttpAnswer Read(bool to_head = false);
  // Whether the server has closed the connection within this time; what it sends until then is dropped.
  bool Closes(absl::Duration within = absl::Seconds(20));
  // Whether nothing comes and nothing ends for this time.
  bool StaysQuiet(absl::Duration time);

 private:
  bool ReadSome(absl::Duration limit);

  int fd_ = -1;
  bool ended_ = false;
  std::string seen_;
};

// One request on a connection of its own.
HttpAnswer Fetch(const std::string& address, absl::string_view request, bool to_head = false);
// GET with a Host and further lines, each with its end.
std::string GetOf(absl::string_view path, absl::string_view lines = "");

}  // namespace attain::testing

#endif  // ATTAIN_TESTS_SUPPORT_RAW_HTTP_H_
