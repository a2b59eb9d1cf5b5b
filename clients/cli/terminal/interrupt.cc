#include "clients/cli/terminal/interrupt.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <utility>

namespace attain::cli {
namespace {

int pipe_ends[2] = {-1, -1};

// A signal writes what it is, the destructor zero. Only write is allowed in a signal's reaction.
void WriteByte(char byte) {
  const int before = errno;
  [[maybe_unused]] const ssize_t written = write(pipe_ends[1], &byte, 1);
  errno = before;
}

void React(int signal) {
  WriteByte(static_cast<char>(signal));
}

}  // namespace

OnInterrupt::OnInterrupt(std::function<void()> stop) {
  if (pipe2(pipe_ends, O_CLOEXEC) != 0) return;  // then the signal ends the program as always
  waiter_ = std::thread([stop = std::move(stop)] {
    char byte = 0;
    while (read(pipe_ends[0], &byte, 1) < 0 && errno == EINTR) {
    }
    if (byte != 0) stop();
  });
  struct sigaction action {};
  action.sa_handler = React;
  action.sa_flags = SA_RESTART;
  for (const int signal : {SIGINT, SIGTERM}) sigaction(signal, &action, nullptr);
}

OnInterrupt::~OnInterrupt() {
  if (!waiter_.joinable()) return;
  for (const int number : {SIGINT, SIGTERM}) signal(number, SIG_DFL);
  WriteByte(0);
  waiter_.join();
  close(pipe_ends[0]);
  close(pipe_ends[1]);
}

}  // namespace attain::cli
