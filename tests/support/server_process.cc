#include "tests/support/server_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "tests/support/scratch.h"

namespace attain::testing {
namespace {

constexpr absl::Duration kStartLimit = absl::Seconds(120);

struct Child {
  pid_t pid = -1;
  int error = -1, output = -1;
};

// Between fork and exec only calls that are safe there: other threads may hold any lock.
Child Spawn(const std::vector<std::string>& arguments) {
  const char* const other = getenv(kProgramVariable);
  const std::string program = other != nullptr ? other : absl::StrCat(ATTAIN_BIN_DIR, "/attaind");
  std::vector<char*> argv = {const_cast<char*>(program.c_str())};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  int error[2], output[2];
  if (pipe2(error, O_CLOEXEC) != 0 || pipe2(output, O_CLOEXEC) != 0) return {};
  const pid_t pid = fork();
  if (pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(error[1], STDERR_FILENO);
    dup2(output[1], STDOUT_FILENO);
    execv(program.c_str(), argv.data());
    _exit(127);
  }
  close(error[1]);
  close(output[1]);
  return {pid, error[0], output[0]};
}

// False at the end of the file or when `limit` has passed.
bool ReadSome(int fd, absl::Duration limit, std::string* into) {
  pollfd waiting = {fd, POLLIN, 0};
  if (poll(&waiting, 1, static_cast<int>(absl::ToInt64Milliseconds(limit))) <= 0) return false;
  char buffer[4096];
  const ssize_t got = read(fd, buffer, sizeof(buffer));
  if (got <= 0) return false;
  into->append(buffer, static_cast<size_t>(got));
  return true;
}

std::string ReadAll(int fd) {
  std::string text;
  while (ReadSome(fd, kStartLimit, &text)) {
  }
  close(fd);
  return text;
}

int WaitFor(pid_t pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::vector<std::string> Arguments(const std::string& data_dir, const std::vector<std::string>& extra) {
  std::vector<std::string> arguments = {absl::StrCat("--data-dir=", data_dir), "--listen=127.0.0.1:0"};
  arguments.insert(arguments.end(), extra.begin(), extra.end());
  return arguments;
}

}  // namespace

Ended RunServer(const std::vector<std::string>& arguments) {
  const Child child = Spawn(arguments);
  Ended ended;
  ended.error = ReadAll(child.error);
  ended.output = ReadAll(child.output);
  ended.code = WaitFor(child.pid);
  return ended;
}

absl::StatusOr<std::unique_ptr<ServerProcess>> ServerProcess::Start(const std::string& data_dir,
                                                                    const std::vector<std::string>& extra) {
  const Child child = Spawn(Arguments(data_dir, extra));
  std::unique_ptr<ServerProcess> server(new ServerProcess);
  server->pid_ = child.pid;
  server->error_ = child.error;
  server->output_ = child.output;
  const absl::Time limit = absl::Now() + kStartLimit;
  while (true) {
    const size_t ready = server->seen_.find(" ready: listening on ");
    const size_t end = ready == std::string::npos ? ready : server->seen_.find('\n', ready);
    if (end != std::string::npos) {
      server->ready_line_ = server->seen_.substr(0, end);
      const std::string rest = server->seen_.substr(ready + sizeof(" ready: listening on ") - 1);
      server->address_ = rest.substr(0, rest.find(", data in "));
      server->seen_.erase(0, end + 1);
      return server;
    }
    if (!ReadSome(server->error_, limit - absl::Now(), &server->seen_)) {
      return absl::UnavailableError(absl::StrCat("attaind did not get ready: ", server->seen_));
    }
  }
}

std::string ServerProcess::http_address() const {
  static constexpr absl::string_view kBefore = "attaind http: listening on ";
  const size_t at = ready_line_.find(kBefore.data());
  if (at == std::string::npos) return "";
  const std::string rest = ready_line_.substr(at + kBefore.size());
  return rest.substr(0, rest.find('\n'));
}

void ServerProcess::StartAndKill(const std::string& data_dir, absl::Duration delay) {
  const Child child = Spawn(Arguments(data_dir, {}));
  const absl::Time end = absl::Now() + delay;
  std::string text;
  while (absl::Now() < end && ReadSome(child.error, end - absl::Now(), &text)) {
  }
  kill(child.pid, SIGKILL);
  WaitFor(child.pid);
  close(child.error);
  close(child.output);
}

ServerProcess::~ServerProcess() {
  if (pid_ > 0) Kill();
}

int64_t ServerProcess::ResidentKib() const {
  for (absl::string_view line :
       absl::StrSplit(ReadFileOrDie(absl::StrCat("/proc/", pid_, "/status")), '\n')) {
    int64_t kib = 0;
    const std::vector<absl::string_view> words =
        absl::StrSplit(line, absl::ByAnyChar(" \t"), absl::SkipEmpty());
    if (absl::StartsWith(line, "VmRSS:") && words.size() > 1 && absl::SimpleAtoi(words[1], &kib)) return kib;
  }
  return -1;
}

void ServerProcess::LimitFileSize(uint64_t bytes) {
  const rlimit limit = {bytes, bytes};
  prlimit(pid_, RLIMIT_FSIZE, &limit, nullptr);
}

void ServerProcess::Signal(int signal) {
  kill(pid_, signal);
}

Ended ServerProcess::Wait() {
  Ended ended;
  ended.error = seen_ + ReadAll(error_);
  ended.output = ReadAll(output_);
  ended.code = WaitFor(pid_);
  pid_ = -1;
  return ended;
}

void ServerProcess::Kill() {
  Signal(SIGKILL);
  Wait();
}

Ended ServerProcess::Terminate() {
  Signal(SIGTERM);
  return Wait();
}

}  // namespace attain::testing
