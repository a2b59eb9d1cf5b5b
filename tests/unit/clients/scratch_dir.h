// A folder of its own for one test, gone with it.
#ifndef ATTAIN_TESTS_UNIT_CLIENTS_SCRATCH_DIR_H_
#define ATTAIN_TESTS_UNIT_CLIENTS_SCRATCH_DIR_H_

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace attain::cli {

class ScratchDir {
 public:
  ScratchDir() : path_(testing::TempDir() + "attain-cli-XXXXXX") {
    if (mkdtemp(path_.data()) == nullptr) ADD_FAILURE() << "cannot make " << path_;
  }
  ~ScratchDir() { std::filesystem::remove_all(path_); }
  ScratchDir(const ScratchDir&) = delete;
  ScratchDir& operator=(const ScratchDir&) = delete;

  const std::string& path() const { return path_; }
  // Writes a file and gives its path.
  std::string Write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ + "/" + name, std::ios::binary) << text;
    return path_ + "/" + name;
  }

 private:
  std::string path_;
};

}  // namespace attain::cli

#endif  // ATTAIN_TESTS_UNIT_CLIENTS_SCRATCH_DIR_H_
