#include "tests/robustness/extract_run.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

#include "absl/time/clock.h"

namespace attain::testing {
namespace {

absl::Duration Of(const timeval& time) {
  return absl::Seconds(time.tv_sec) + absl::Microseconds(time.tv_usec);
}

// Feeds and drains until the child closes its output.
std::string Exchange(int to, int from, const std::string& input) {
  std::string output;
  size_t sent = 0;
  fcntl(to, F_SETFL, O_NONBLOCK);
  if (input.empty()) close(std::exchange(to, -1));
  for (;;) {
    pollfd wait[2] = {{from, POLLIN, 0}, {to, POLLOUT, 0}};
    if (poll(wait, to >= 0 ? 2 : 1, -1) < 0) std::abort();
    if (to >= 0 && wait[1].revents != 0) {
      const ssize_t wrote = write(to, input.data() + sent, input.size() - sent);
      if (wrote > 0) sent += static_cast<size_t>(wrote);
      if (wrote < 0 || sent == input.size()) close(std::exchange(to, -1));
    }
    if (wait[0].revents == 0) continue;
    char buffer[65536];
    const ssize_t got = read(from, buffer, sizeof(buffer));
    if (got <= 0) break;
    output.append(buffer, static_cast<size_t>(got));
  }
  if (to >= 0) close(to);
  return output;
}

}  // namespace

ExtractRun RunExtract(const std::string& program, const std::vector<std::string>& arguments,
                      const std::string& input) {
  signal(SIGPIPE, SIG_IGN);
  int in[2], out[2];
  if (pipe(in) != 0 || pipe(out) != 0) std::abort();
  const absl::Time begin = absl::Now();
  const pid_t child = fork();
  if (child == 0) {
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    for (const int fd : {in[0], in[1], out[0], out[1]}) close(fd);
    std::vector<char*> argv{const_cast<char*>(program.c_str())};
    for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    execv(program.c_str(), argv.data());
    _exit(127);
  }
  close(in[0]);
  close(out[1]);
  ExtractRun run;
  run.output = Exchange(in[1], out[0], input);
  close(out[0]);
  int status = 0;
  rusage usage{};
  if (wait4(child, &status, 0, &usage) != child) std::abort();
  run.wall = absl::Now() - begin;
  run.processor = Of(usage.ru_utime) + Of(usage.ru_stime);
  run.peak_kib = usage.ru_maxrss;
  if (WIFEXITED(status)) run.code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) run.signal = WTERMSIG(status);
  return run;
}

document::v1::ExtractResult ReadInJail(const std::string& document, ExtractRun* run) {
  const ExtractRun ran = RunExtract(ATTAIN_BIN_DIR "/attain-extract", {}, document);
  document::v1::ExtractResult result;
  EXPECT_EQ(ran.code, 0) << "signal " << ran.signal;
  EXPECT_GE(ran.output.size(), 8u);
  if (ran.output.size() >= 8) {
    uint64_t length = 0;
    for (int i = 0; i < 8; ++i) length = length << 8 | static_cast<unsigned char>(ran.output[i]);
    EXPECT_EQ(length, ran.output.size() - 8);
    EXPECT_TRUE(result.ParseFromString(ran.output.substr(8)));
  }
  if (run != nullptr) *run = ran;
  return result;
}

std::string RefusalInJail(const std::string& document) {
  const document::v1::ExtractResult result = ReadInJail(document);
  return result.has_refusal() ? result.refusal().code() : "";
}

}  // namespace attain::testing
