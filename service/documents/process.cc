#include "service/documents/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace attain::documents {
namespace {

// A file descriptor that closes itself.
class Fd {
 public:
  explicit Fd(int fd = -1) : fd_(fd) {}
  ~Fd() { Close(); }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  void Reset(int fd) {
    Close();
    fd_ = fd;
  }
  void Close() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }
  int get() const { return fd_; }
  bool open() const { return fd_ >= 0; }

 private:
  int fd_;
};

std::string ErrnoText(int error) {
  return std::generic_category().message(error);
}

// What a started program gets instead of what this process has.
class SpawnRules {
 public:
  SpawnRules(int input, int output) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    // Some libraries open files without O_CLOEXEC.
    posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
    posix_spawn_file_actions_addchdir_np(&actions_, "/");
    posix_spawnattr_init(&attributes_);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(&attributes_,
                             POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~SpawnRules() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnRules(const SpawnRules&) = delete;
  SpawnRules& operator=(const SpawnRules&) = delete;

  // 0 or an errno.
  int Spawn(const std::string& path, pid_t* pid) const {
    char* const arguments[] = {const_cast<char*>(path.c_str()), nullptr};
    char* const environment[] = {nullptr};
    return posix_spawn(pid, path.c_str(), &actions_, &attributes_, arguments, environment);
  }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
};

// A run from its start to its end.
class Run {
 public:
  Run(absl::string_view input, const RunLimits& limits)
      : input_(input), limits_(limits), deadline_(absl::Now() + limits.wall_clock) {}

  absl::Status Start(const std::string& path);
  // Until the output ends, the deadline comes or the output is too large.
  void Talk();
  RunEnd End();

 private:
  int MillisecondsLeft() const {
    return static_cast<int>(
        std::clamp<int64_t>(absl::ToInt64Milliseconds(deadline_ - absl::Now()) + 1, 0, 60'000));
  }
  void Feed();
  // False when the output has ended.
  bool Take();
  void Kill() { kill(-pid_, SIGKILL); }
  // True when it is gone; waits for that at most until `until`.
  bool Reap(absl::Time until, int* status) const;

  absl::string_view input_;  // what is still to be given
  const RunLimits limits_;
  const absl::Time deadline_;
  pid_t pid_ = -1;
  Fd to_, from_;
  RunEnd end_;
};

absl::Status Run::Start(const std::string& path) {
  // A socket and not a pipe: writing to one whose reader has gone is an error here, not a signal.
  int sockets[2], pipes[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0)
    return absl::InternalError(absl::StrCat("no socket for a reader: ", ErrnoText(errno)));
  to_.Reset(sockets[0]);
  const Fd input(sockets[1]);
  if (pipe2(pipes, O_CLOEXEC) != 0)
    return absl::InternalError(absl::StrCat("no pipe for a reader: ", ErrnoText(errno)));
  from_.Reset(pipes[0]);
  const Fd output(pipes[1]);
  // The program's ends stay blocking.
  fcntl(to_.get(), F_SETFL, O_NONBLOCK);
  fcntl(from_.get(), F_SETFL, O_NONBLOCK);
  shutdown(to_.get(), SHUT_RD);
  if (const int error = SpawnRules(input.get(), output.get()).Spawn(path, &pid_); error != 0)
    return absl::NotFoundError(absl::StrCat("cannot start ", path, ": ", ErrnoText(error)));
  return absl::OkStatus();
}

void Run::Feed() {
  const ssize_t sent = send(to_.get(), input_.data(), input_.size(), MSG_NOSIGNAL);
  if (sent >= 0) {
    input_.remove_prefix(static_cast<size_t>(sent));
  } else if (errno != EAGAIN && errno != EINTR) {
    input_ = {};  // it reads no more; what it says about that counts
  }
  if (input_.empty()) to_.Close();
}

bool Run::Take() {
  std::array<char, 1 << 16> buffer;
  const ssize_t count = read(from_.get(), buffer.data(), buffer.size());
  if (count < 0) return errno == EAGAIN || errno == EINTR;
  end_.output.append(buffer.data(), static_cast<size_t>(count));
  end_.overflowed = end_.output.size() > limits_.output;
  return count > 0 && !end_.overflowed;
}

void Run::Talk() {
  if (input_.empty()) to_.Close();
  while (true) {
    // poll ignores a negative descriptor.
    std::array<pollfd, 2> ready = {{{from_.get(), POLLIN, 0}, {to_.get(), POLLOUT, 0}}};
    const int left = MillisecondsLeft();
    const int count = poll(ready.data(), ready.size(), left);
    if (count == 0 && absl::Now() >= deadline_) {
      end_.timed_out = true;
      return;
    }
    if (to_.open() && ready[1].revents != 0) Feed();
    if (ready[0].revents != 0 && !Take()) return;
    if (absl::Now() >= deadline_) {
      end_.timed_out = true;
      return;
    }
  }
}

bool Run::Reap(absl::Time until, int* status) const {
  while (true) {
    const pid_t gone = waitpid(pid_, status, WNOHANG);
    if (gone == pid_ || (gone < 0 && errno != EINTR)) return true;
    if (absl::Now() >= until) return false;
    poll(nullptr, 0, 1);
  }
}

RunEnd Run::End() {
  to_.Close();
  from_.Close();
  int status = 0;
  // One that has closed its output has nothing left to do.
  const bool by_itself = !end_.timed_out && !end_.overflowed &&
                         Reap(std::min(deadline_, absl::Now() + absl::Seconds(1)), &status);
  if (!by_itself) {
    Kill();
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
  }
  end_.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  end_.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
  return std::move(end_);
}

}  // namespace

absl::StatusOr<RunEnd> RunProgram(const std::string& path, absl::string_view input, const RunLimits& limits) {
  Run run(input, limits);
  if (absl::Status started = run.Start(path); !started.ok()) return started;
  run.Talk();
  return run.End();
}

}  // namespace attain::documents
