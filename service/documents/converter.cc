#include "service/documents/converter.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "service/documents/refusal.h"

namespace attain::documents {
namespace {

// $1 is LibreOffice, $2 the suffix given, $3 the suffix wanted. Macros do not run: nobody is there to allow
// them.
constexpr absl::string_view kScript =
    "\"$1\" -env:UserInstallation=file:///tmp/profile --headless --norestore --nologo --convert-to \"$3\" "
    "--outdir /tmp/out \"/tmp/document.$2\" "
    "</dev/null >/dev/null 2>&1 && exec cat \"/tmp/out/document.$3\"";

struct Run {
  std::string output;
  bool timed_out = false, overflowed = false;
  int status = 0;  // of waitpid
};

class Child {
 public:
  ~Child() {
    Close(&to_);
    Close(&from_);
    if (pid_ <= 0) return;
    kill(-pid_, SIGKILL);
    int status;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
  }

  absl::Status Start(const std::vector<std::string>& arguments);
  // Gives the input, takes the output; the process is gone afterwards.
  Run Talk(absl::string_view input, absl::Time deadline, size_t limit);

 private:
  static void Close(int* fd) {
    if (*fd >= 0) close(std::exchange(*fd, -1));
  }
  void Feed(absl::string_view* input);

  pid_t pid_ = -1;
  int to_ = -1, from_ = -1;
};

absl::Status Child::Start(const std::vector<std::string>& arguments) {
  // Sockets: writing to a program that has gone is an error then, not a signal.
  int in[2], out[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in) != 0)
    return absl::InternalError(std::strerror(errno));
  to_ = in[0];
  const absl::Cleanup close_in = [&in] { close(in[1]); };
  if (pipe2(out, O_CLOEXEC) != 0) return absl::InternalError(std::strerror(errno));
  from_ = out[0];
  const absl::Cleanup close_out = [&out] { close(out[1]); };
  fcntl(to_, F_SETFL, O_NONBLOCK);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in[1], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  char* const environment[] = {nullptr};
  const int error = posix_spawn(&pid_, argv[0], &actions, &attributes, argv.data(), environment);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (error == 0) return absl::OkStatus();
  pid_ = -1;
  return absl::NotFoundError(
      absl::StrCat("cannot start ", arguments[0], ": ", std::strerror(error), "; install bubblewrap"));
}

void Child::Feed(absl::string_view* input) {
  const ssize_t sent = send(to_, input->data(), input->size(), MSG_NOSIGNAL);
  if (sent >= 0) {
    input->remove_prefix(static_cast<size_t>(sent));
  } else if (errno != EAGAIN && errno != EINTR) {
    *input = {};
  }
  if (input->empty()) Close(&to_);
}

Run Child::Talk(absl::string_view input, absl::Time deadline, size_t limit) {
  Run run;
  if (input.empty()) Close(&to_);
  for (;;) {
    const absl::Duration left = deadline - absl::Now();
    if (left <= absl::ZeroDuration()) {
      run.timed_out = true;
      break;
    }
    pollfd ready[2] = {{from_, POLLIN, 0}, {to_, POLLOUT, 0}};
    const int wait = static_cast<int>(std::min<int64_t>(absl::ToInt64Milliseconds(left) + 1, 1000));
    if (poll(ready, 2, wait) <= 0) continue;
    if (to_ >= 0 && ready[1].revents != 0) Feed(&input);
    if (ready[0].revents == 0) continue;
    char buffer[65536];
    const ssize_t got = read(from_, buffer, sizeof(buffer));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    run.output.append(buffer, static_cast<size_t>(got));
    run.overflowed = run.output.size() > limit;
    if (run.overflowed) break;
  }
  // One that closed its output ends at once; others are told to, and the sandbox ends with bubblewrap.
  if (run.timed_out || run.overflowed) kill(-pid_, SIGKILL);
  while (waitpid(pid_, &run.status, 0) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return run;
}

}  // namespace

std::vector<std::string> SandboxArguments(const ConverterOptions& options, absl::string_view suffix) {
  std::vector<std::string> arguments = {options.bubblewrap};
  // Nobody, without network, without rights, gone with its parent.
  constexpr absl::string_view kFixed =
      "--unshare-all --unshare-user --uid 65534 --gid 65534 --die-with-parent --new-session --cap-drop ALL "
      "--clearenv "
      "--setenv HOME /tmp --setenv PATH /usr/bin:/bin --setenv LC_ALL C.UTF-8 "
      "--ro-bind /usr /usr --symlink usr/bin /bin --symlink usr/sbin /sbin --symlink usr/lib /lib --symlink "
      "usr/lib64 /lib64 "
      "--ro-bind-try /etc/fonts /etc/fonts --ro-bind-try /etc/libreoffice /etc/libreoffice --proc /proc "
      "--dev /dev";
  for (const absl::string_view argument : absl::StrSplit(kFixed, ' ')) arguments.emplace_back(argument);
  const std::vector<std::string> room = {"--size",
                                         absl::StrCat(options.scratch),
                                         "--tmpfs",
                                         "/tmp",
                                         "--chdir",
                                         "/tmp",
                                         "--file",
                                         "0",
                                         absl::StrCat("/tmp/document.", suffix),
                                         "--",
                                         "/usr/bin/prlimit",
                                         absl::StrCat("--cpu=", options.cpu_seconds),
                                         absl::StrCat("--as=", options.memory),
                                         absl::StrCat("--fsize=", options.scratch),
                                         "--core=0",
                                         "--nproc=128",
                                         "--"};
  arguments.insert(arguments.end(), room.begin(), room.end());
  return arguments;
}

Converter::Converter(ConverterOptions options) : options_(std::move(options)) {}

bool Converter::Installed() const {
  return access(options_.soffice.c_str(), X_OK) == 0 && access(options_.bubblewrap.c_str(), X_OK) == 0;
}

absl::Status Converter::TakeTurn() {
  absl::MutexLock lock(&mutex_);
  if (waiting_ >= options_.waiting)
    return absl::ResourceExhaustedError("too many documents wait for the converter: try again in a minute");
  ++waiting_;
  const auto free = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return !busy_; };
  const bool mine = mutex_.AwaitWithTimeout(absl::Condition(&free), 2 * options_.wall_clock);
  --waiting_;
  if (!mine) return absl::ResourceExhaustedError("the converter is busy: try again in a minute");
  busy_ = true;
  return absl::OkStatus();
}

void Converter::GiveTurn() {
  absl::MutexLock lock(&mutex_);
  busy_ = false;
}

absl::StatusOr<std::string> Converter::Convert(absl::string_view bytes, document::Media media) {
  const auto refused = [media](absl::string_view code, absl::string_view detail) {
    return Refused(code, detail, media);
  };
  if (media != document::MEDIA_XLS && media != document::MEDIA_DOC)
    return refused("FORMAT_NEEDS_CONVERTER",
                   "only XLS and DOC are converted: save the document as XLSX or DOCX");
  if (bytes.empty()) return refused("DOCUMENT_DAMAGED", "the document has no bytes: send it again");
  if (bytes.size() > options_.max_input)
    return refused("DOCUMENT_TOO_LARGE",
                   absl::StrCat("the document is larger than ", options_.max_input >> 20, " MiB: split it"));
  if (!Installed())
    return refused(
        "FORMAT_NEEDS_CONVERTER",
        absl::StrCat(options_.soffice, " or ", options_.bubblewrap,
                     " is not there: install libreoffice-calc-nogui, "
                     "libreoffice-writer-nogui and bubblewrap, or save the document as XLSX or DOCX"));
  if (absl::Status turn = TakeTurn(); !turn.ok()) return turn;
  const absl::Cleanup give = [this] { GiveTurn(); };
  const std::string from = media == document::MEDIA_XLS ? "xls" : "doc", to = from + "x";
  std::vector<std::string> arguments = SandboxArguments(options_, from);
  for (const absl::string_view argument :
       {absl::string_view("/bin/sh"), absl::string_view("-c"), kScript, absl::string_view("convert"),
        absl::string_view(options_.soffice), absl::string_view(from), absl::string_view(to)})
    arguments.emplace_back(argument);
  Child child;
  if (absl::Status started = child.Start(arguments); !started.ok()) return started;
  Run run = child.Talk(bytes, absl::Now() + options_.wall_clock, options_.max_output);
  if (run.timed_out || run.overflowed || (WIFEXITED(run.status) && WEXITSTATUS(run.status) == 128 + SIGXCPU))
    return refused(
        "DOCUMENT_TOO_COSTLY",
        "converting the document takes too much time or room: split it, or save it as XLSX or DOCX");
  // Both formats are packages: anything else is half a document.
  if (!WIFEXITED(run.status) || WEXITSTATUS(run.status) != 0 || run.output.substr(0, 4) != "PK\x03\x04")
    return refused(
        "DOCUMENT_DAMAGED",
        "LibreOffice cannot read the document: it is damaged or has a password; save it as XLSX or DOCX");
  return std::move(run.output);
}

}  // namespace attain::documents
