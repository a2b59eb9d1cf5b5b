// attain-extract: a document on standard input, an ExtractResult on standard output. See --help.
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <new>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "service/extract/extract.h"
#include "service/extract/jail/jail.h"
#include "service/extract/jail/last_word.h"

namespace attain::extract {
namespace {

constexpr size_t kMaxResult = size_t{64} << 20;
constexpr const char* kVersion = "attain-extract/1";

constexpr const char* kHelp =
    "attain-extract: reads one document in a jail.\n"
    "\n"
    "  attain-extract < DOCUMENT | PROGRAM  a document of up to 32 MiB; PROGRAM gets 8 bytes of length "
    "(big-endian) and an\n"
    "                                       attain.document.v1.ExtractResult: the document, or why it was "
    "not read.\n"
    "                                       Output must be a pipe: the jail lets no file be written\n"
    "  attain-extract --check               says whether this machine has what the jail and the readers "
    "need\n"
    "  attain-extract --version             name and version, as in Document.reader\n"
    "\n"
    "Exit codes: 0 a result was written, 1 --check found something missing, 2 wrong arguments, 3 no result "
    "could be written.\n";

void Print(const std::string& text) {
  std::fputs(text.c_str(), stdout);
}

// Everything on standard input; nothing when there is more than `limit` or reading fails (`why` says so).
std::optional<std::string> ReadInput(size_t limit, std::string* why) {
  std::string bytes;
  std::string buffer(size_t{64} << 10, '\0');
  for (;;) {
    const ssize_t got = read(STDIN_FILENO, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      *why = FramedRefusal("READER_FAILED", absl::StrCat("standard input: ", std::strerror(errno)));
      return std::nullopt;
    }
    if (got == 0) return bytes;
    if (bytes.size() + static_cast<size_t>(got) > limit) {
      *why = FramedRefusal("DOCUMENT_TOO_LARGE",
                           absl::StrCat("the document is larger than ", limit >> 20, " MiB: split it"));
      return std::nullopt;
    }
    bytes.append(buffer, 0, static_cast<size_t>(got));
  }
}

int Check() {
  const JailOptions options;
  const JailSupport support = FindJailSupport(options);
  Print(support.readable ? absl::StrCat("character maps: ", options.readable, "\n")
                         : absl::StrCat("character maps: ", options.readable,
                                        " is missing; install poppler-data, else fonts that are not embedded "
                                        "in a PDF cannot be read\n"));
  Print(support.landlock > 0 ? absl::StrCat("Landlock: version ", support.landlock, "\n")
                             : "Landlock: not in this kernel (Linux 5.13 or later has it); no file can be "
                               "opened, so fonts that are not embedded in "
                               "a PDF cannot be read\n");
  Print(support.seccomp ? "seccomp: yes\n" : "seccomp: not in this kernel; no document can be read\n");
  return support.readable && support.landlock > 0 && support.seccomp ? 0 : 1;
}

std::string ExtractFramed(const std::string& bytes, const Limits& limits) {
  try {
    const std::string result = ExtractEncoded(bytes, limits);
    if (result.size() > kMaxResult)
      return FramedRefusal("DOCUMENT_TOO_COSTLY", absl::StrCat("what the document holds takes more than ",
                                                               kMaxResult >> 20, " MiB"));
    return Framed(result);
  } catch (const std::bad_alloc&) {
    return FramedRefusal("DOCUMENT_TOO_COSTLY",
                         "the document takes more memory than a document may: split it");
  } catch (const std::exception& error) {
    return FramedRefusal("READER_FAILED", error.what());
  }
}

bool WritesToFile() {
  struct stat status;
  return fstat(STDOUT_FILENO, &status) != 0 || S_ISREG(status.st_mode);
}

int Run() {
  if (WritesToFile()) {
    std::fputs("attain-extract: standard output must be a pipe: the jail lets no file be written\n", stderr);
    return 2;
  }
  const Limits limits;
  std::string framed;
  const std::optional<std::string> bytes = ReadInput(limits.document, &framed);
  if (bytes.has_value()) {
    PrepareLibraries();
    const absl::Status jailed =
        PrepareLastWord() ? EnterJail(JailOptions()) : absl::FailedPreconditionError("jail: signal handlers");
    framed = jailed.ok() ? ExtractFramed(*bytes, limits)
                         : FramedRefusal("READER_FAILED", std::string(jailed.message()));
  }
  return WriteOut(framed) ? 0 : 3;
}

}  // namespace
}  // namespace attain::extract

int main(int argc, char** argv) {
  using attain::extract::kHelp;
  const std::string argument = argc > 1 ? argv[1] : "";
  if (argc == 1)
    _exit(attain::extract::Run());  // at once: destructors of libraries have nothing to do in the jail
  if (argc == 2 && argument == "--check") return attain::extract::Check();
  if (argc == 2 && argument == "--version") {
    attain::extract::Print(absl::StrCat(attain::extract::kVersion, "\n"));
    return 0;
  }
  if (argc == 2 && argument == "--help") {
    attain::extract::Print(kHelp);
    return 0;
  }
  std::fputs(kHelp, stderr);
  return 2;
}
