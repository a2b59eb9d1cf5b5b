#include "tests/support/raw_http.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"

namespace attain::testing {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(20);

int ConnectTo(const std::string& address) {
  absl::string_view path = address;
  if (absl::ConsumePrefix(&path, "unix:")) {
    sockaddr_un to = {};
    to.sun_family = AF_UNIX;
    std::memcpy(to.sun_path, path.data(), std::min(path.size(), sizeof(to.sun_path) - 1));
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof(to)) == 0) return fd;
    close(fd);
    return -1;
  }
  sockaddr_in to = {};
  to.sin_family = AF_INET;
  int port = 0;
  const size_t colon = address.rfind(':');
  if (colon == std::string::npos || !absl::SimpleAtoi(address.substr(colon + 1), &port)) return -1;
  to.sin_port = htons(static_cast<uint16_t>(port));
  inet_pton(AF_INET, address.substr(0, colon).c_str(), &to.sin_addr);
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof(to)) == 0) return fd;
  close(fd);
  return -1;
}

}  // namespace

std::string HttpAnswer::Header(absl::string_view name) const {
  for (const absl::string_view line : absl::StrSplit(head, "\r\n")) {
    const std::pair<absl::string_view, absl::string_view> pair =
        absl::StrSplit(line, absl::MaxSplits(':', 1));
    if (absl::EqualsIgnoreCase(pair.first, name)) return std::string(absl::StripAsciiWhitespace(pair.second));
  }
  return "";
}

RawHttp::RawHttp(const std::string& address) : fd_(ConnectTo(address)), ended_(fd_ < 0) {}

RawHttp::~RawHttp() {
  if (fd_ >= 0) close(fd_);
}

bool RawHttp::Send(absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

void RawHttp::FinishSending() {
  shutdown(fd_, SHUT_WR);
}

bool RawHttp::ReadSome(absl::Duration limit) {
  if (ended_) return false;
  pollfd waiting = {fd_, POLLIN, 0};
  if (poll(&waiting, 1, static_cast<int>(absl::ToInt64Milliseconds(std::max(limit, absl::ZeroDuration())))) <=
      0)
    return false;
  char buffer[16384];
  const ssize_t got = recv(fd_, buffer, sizeof(buffer), 0);
  if (got <= 0) {
    ended_ = true;
    return false;
  }
  seen_.append(buffer, static_cast<size_t>(got));
  return true;
}

HttpAnswer RawHttp::Read(bool to_head) {
  size_t end;
  while ((end = seen_.find("\r\n\r\n")) == std::string::npos) {
    if (!ReadSome(kPatience)) return {};
  }
  HttpAnswer answer;
  answer.head = seen_.substr(0, end + 2);
  seen_.erase(0, end + 4);
  size_t length = 0;
  const std::string told = answer.Header("Content-Length");
  if (!to_head && !told.empty() && !absl::SimpleAtoi(told, &length)) return {};
  while (seen_.size() < length) {
    if (!ReadSome(kPatience)) return {};
  }
  answer.body = seen_.substr(0, length);
  seen_.erase(0, length);
  if (answer.head.size() < 12 || !absl::SimpleAtoi(answer.head.substr(9, 3), &answer.status)) return {};
  return answer;
}

bool RawHttp::Closes(absl::Duration within) {
  const absl::Time end = absl::Now() + within;
  while (ReadSome(end - absl::Now())) seen_.clear();
  return ended_;
}

bool RawHttp::StaysQuiet(absl::Duration time) {
  return seen_.empty() && !ReadSome(time) && !ended_;
}

HttpAnswer Fetch(const std::string& address, absl::string_view request, bool to_head) {
  RawHttp client(address);
  client.Send(request);
  return client.Read(to_head);
}

std::string GetOf(absl::string_view path, absl::string_view lines) {
  return absl::StrCat("GET ", path, " HTTP/1.1\r\nHost: here\r\n", lines, "\r\n");
}

}  // namespace attain::testing
