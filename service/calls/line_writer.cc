#include "service/calls/line_writer.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "absl/strings/str_cat.h"

namespace attain::calls {

bool LineWriter::Ready(absl::Duration patience) const {
  pollfd out = {fd_, POLLOUT, 0};
  int ready = 0;
  do {
    ready = poll(&out, 1, static_cast<int>(absl::ToInt64Milliseconds(patience)));
  } while (ready < 0 && errno == EINTR);
  return ready > 0 && (out.revents & POLLOUT) != 0;
}

// The descriptor is shared with whoever started the server, so it stays as it is: a pipe that polls as
// writable takes a line of PIPE_BUF bytes without blocking, and the same holds for sockets and terminals.
bool LineWriter::Write(absl::string_view line) {
  if (!Ready(stuck_ ? absl::ZeroDuration() : patience_)) {
    stuck_ = true;
    return false;
  }
  const std::string ended = torn_ ? absl::StrCat("\n", line) : "";
  const absl::string_view bytes = torn_ ? absl::string_view(ended) : line;
  ssize_t written = 0;
  do {
    written = write(fd_, bytes.data(), bytes.size());
  } while (written < 0 && errno == EINTR);
  const bool whole = written == static_cast<ssize_t>(bytes.size());
  stuck_ = !whole;
  if (written > 0) torn_ = !whole;
  return whole;
}

}  // namespace attain::calls
