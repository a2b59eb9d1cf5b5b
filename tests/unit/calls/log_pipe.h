// A pipe that a log writes into and a test reads, and a clock that stands still.
#ifndef ATTAIN_TESTS_UNIT_CALLS_LOG_PIPE_H_
#define ATTAIN_TESTS_UNIT_CALLS_LOG_PIPE_H_

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "service/api/clock.h"

namespace attain::calls {

// Thread-compatible.
class LogPipe {
 public:
  LogPipe() {
    signal(SIGPIPE, SIG_IGN);  // as the server does
    EXPECT_EQ(pipe2(ends_, O_CLOEXEC), 0);
    // Only the end of the reader: the other one blocks, as that of a server does.
    EXPECT_EQ(fcntl(ends_[0], F_SETFL, O_NONBLOCK), 0);
  }
  ~LogPipe() {
    CloseReader();
    close(ends_[1]);
  }

  int fd() const { return ends_[1]; }
  void CloseReader() {
    if (ends_[0] >= 0) close(ends_[0]);
    ends_[0] = -1;
  }
  // What was written and not read yet.
  std::string Read() {
    std::string text;
    char buffer[4096];
    for (ssize_t got = 0; (got = read(ends_[0], buffer, sizeof(buffer))) > 0;)
      text.append(buffer, static_cast<size_t>(got));
    return text;
  }
  std::vector<std::string> Lines() { return absl::StrSplit(Read(), '\n', absl::SkipEmpty()); }

 private:
  int ends_[2] = {-1, -1};
};

// Thread-safe.
class StillClock : public engine::Clock {
 public:
  absl::Time Now() const override { return absl::FromUnixMicros(micros_); }
  void Advance(absl::Duration by) { micros_ += absl::ToInt64Microseconds(by); }

 private:
  std::atomic<int64_t> micros_{1'732'000'000'123'456};  // 2024-11-19T07:06:40.123456Z
};

}  // namespace attain::calls

#endif  // ATTAIN_TESTS_UNIT_CALLS_LOG_PIPE_H_
