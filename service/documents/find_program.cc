#include "service/documents/find_program.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_split.h"

namespace attain::documents {
namespace {

namespace fs = std::filesystem;

bool IsExecutable(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error) && access(path.c_str(), X_OK) == 0;
}

}  // namespace

std::string FindProgram(absl::string_view name) {
  const fs::path file{std::string(name)};
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  if (!error && IsExecutable(self.parent_path() / file)) return self.parent_path() / file;
  const char* const path = std::getenv("PATH");
  for (absl::string_view folder : absl::StrSplit(path == nullptr ? "" : path, ':', absl::SkipEmpty())) {
    const fs::path candidate = fs::absolute(fs::path(std::string(folder)) / file, error);
    if (!error && IsExecutable(candidate)) return candidate;
  }
  return "";
}

}  // namespace attain::documents
