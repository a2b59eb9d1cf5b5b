// A program in the jail of attain-extract that tries what the jail forbids, one try a run: extract_probe TRY
// [PATH]. What happened stands on standard output; a try that the jail kills leaves nothing. `--no-landlock`
// before TRY enters it as on a kernel without Landlock.
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iterator>
#include <string>

#include "absl/strings/str_cat.h"
#include "service/extract/extract.h"
#include "service/extract/jail/jail.h"
#include "service/extract/jail/last_word.h"

namespace attain::extract {
namespace {

std::string Answer(long result) {
  return result >= 0 ? "yes" : absl::StrCat("no: ", std::strerror(errno));
}

std::string ReadAll() {
  std::string bytes;
  char buffer[65536];
  for (ssize_t got; (got = read(STDIN_FILENO, buffer, sizeof(buffer))) > 0;)
    bytes.append(buffer, static_cast<size_t>(got));
  return bytes;
}

std::string Memory() {
  size_t held = 0;
  // As much as the limit forbids for certain, a little at a time.
  while (held < (size_t{1} << 30)) {
    void* block = mmap(nullptr, size_t{8} << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (block == MAP_FAILED) return absl::StrCat("no: after ", held >> 20, " MiB");
    held += size_t{8} << 20;
  }
  return "yes";
}

std::string Try(const std::string& what, const char* path, const std::string& input) {
  if (what == "socket") return Answer(socket(AF_INET, SOCK_STREAM, 0));
  if (what == "fork") return Answer(fork());
  if (what == "exec") return Answer(execl("/bin/true", "true", nullptr));
  if (what == "kill") return Answer(kill(getppid(), 0));
  if (what == "open") return Answer(open(path, O_RDONLY | O_CLOEXEC));
  if (what == "truncate") return Answer(open(path, O_RDONLY | O_TRUNC));
  if (what == "write") return Answer(open(path, O_WRONLY | O_CREAT, 0600));
  if (what == "executable-memory")
    return mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED
               ? "no"
               : "yes";
  if (what == "memory") return Memory();
  if (what == "user") return absl::StrCat(getuid(), " ", geteuid(), " ", getgid(), " ", getegid());
  if (what == "descriptor") return Answer(lseek(7, 0, SEEK_CUR));
  while (what == "spin") {
    if (gettid() == 0) break;  // never
  }
  if (what == "read") return Extract(input, Limits()).SerializeAsString();
  return "unknown try";
}

int Run(int argc, char** argv) {
  JailOptions options;
  int at = 1;
  if (at < argc && std::string(argv[at]) == "--no-landlock") {
    options.landlock = false;
    ++at;
  }
  if (at < argc && std::string(argv[at]) == "--nobody=0") {
    options.nobody = 0;
    ++at;
  }
  if (at >= argc) return 2;
  const std::string what = argv[at];
  if (what == "spin") options.cpu_seconds = 1;
  const std::string input = what == "read" ? ReadAll() : "";
  if (what == "descriptor" && dup2(STDIN_FILENO, 7) != 7) return 2;
  PrepareLibraries();
  if (!PrepareLastWord()) return 2;
  const absl::Status status = EnterJail(options);
  const std::string answer =
      status.ok() ? Try(what, at + 1 < argc ? argv[at + 1] : "", input) : std::string(status.message());
  return WriteOut(answer) ? 0 : 3;
}

}  // namespace
}  // namespace attain::extract

int main(int argc, char** argv) {
  _exit(attain::extract::Run(argc, argv));
}
