#include "service/server/verify_command.h"

#include <unistd.h>

#include <cstdio>
#include <ostream>
#include <streambuf>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "service/verify/offline.h"
#include "storage/rocksdb/open.h"

namespace attain::server {
namespace {

constexpr int kWrongOptions = 2;

constexpr char kHelp[] =
    R"(attaind verify - checks everything that a data directory holds, while no server runs

Usage:
  attaind verify --data-dir=DIR [--head-mark=FILE] [--lang=en|zh]

The chain of the journal; every value, request id and head against what follows from the journal; the tiles of the
tree; every byte of the files. A finding names key and revision. Nothing is changed. How fast: some ten thousand
revisions a second.
  --head-mark=FILE  where the server keeps how far the data had come. Default: DIR.head-mark
Exit codes: 0 sound, 1 findings, 2 it cannot be read.
)";

// Writes to a C stream, so that nothing is held back when the program is ended.
class FileBuffer final : public std::streambuf {
 public:
  explicit FileBuffer(std::FILE* file) : file_(file) {}

 protected:
  int_type overflow(int_type c) override { return c == traits_type::eof() ? 0 : std::fputc(c, file_); }
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    return static_cast<std::streamsize>(std::fwrite(text, 1, static_cast<size_t>(size), file_));
  }
  int sync() override { return std::fflush(file_); }

 private:
  std::FILE* const file_;
};

int Wrong(const std::string& sentence) {
  std::fprintf(stderr, "attaind: %s; see attaind verify --help\n", sentence.c_str());
  return kWrongOptions;
}

}  // namespace

std::optional<int> RunVerify(const std::vector<std::string>& arguments) {
  if (arguments.empty() || arguments[0] != "verify") return std::nullopt;
  storage::RocksStoreOptions store;
  engine::OfflineOptions offline;
  for (size_t i = 1; i < arguments.size(); ++i) {
    absl::string_view argument = arguments[i];
    if (argument == "--help" || argument == "-h") {
      std::fputs(kHelp, stdout);
      return 0;
    }
    if (!absl::ConsumePrefix(&argument, "--"))
      return Wrong(absl::StrCat("unexpected argument ", arguments[i]));
    std::pair<std::string, std::string> pair = absl::StrSplit(argument, absl::MaxSplits('=', 1));
    if (!absl::StrContains(argument, "=") && i + 1 < arguments.size()) pair.second = arguments[++i];
    if (pair.second.empty()) return Wrong(absl::StrCat("--", pair.first, " needs a value"));
    if (pair.first == "data-dir") {
      store.directory = pair.second;
    } else if (pair.first == "head-mark") {
      store.head_mark = pair.second;
    } else if (pair.first == "lang" && (pair.second == "en" || pair.second == "zh")) {
      offline.locale = pair.second == "zh" ? "zh-CN" : "en";
    } else {
      return Wrong(absl::StrCat("unknown option ", arguments[i]));
    }
  }
  if (store.directory.empty()) return Wrong("--data-dir=DIR is required");
  offline.progress = isatty(STDOUT_FILENO) == 1;
  FileBuffer buffer(stdout);
  std::ostream out(&buffer);
  const int code = engine::VerifyOffline(storage::OpenInspection(store), offline, out);
  out.flush();
  return code;
}

}  // namespace attain::server
