#include "tests/support/scratch.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace attain::testing {
namespace {

void DieUnless(bool fine, const std::string& what) {
  if (fine) return;
  std::perror(what.c_str());
  std::abort();
}

}  // namespace

ScratchDirectory::ScratchDirectory() {
  std::string pattern = (std::filesystem::temp_directory_path() / "attain-test-XXXXXX").string();
  DieUnless(mkdtemp(pattern.data()) != nullptr, pattern);
  path_ = pattern;
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

std::string ScratchDirectory::operator/(absl::string_view name) const {
  return absl::StrCat(path_, "/", name);
}

std::string ReadFileOrDie(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  DieUnless(file.good(), path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

void WriteFileOrDie(const std::string& path, absl::string_view content) {
  std::ofstream file(path, std::ios::binary);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  file.close();
  DieUnless(file.good(), path);
}

}  // namespace attain::testing
