#include "service/documents/find_program.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <filesystem>

#include "absl/strings/str_cat.h"
#include "tests/support/scratch.h"

namespace attain::documents {
namespace {

class FindProgramTest : public ::testing::Test {
 protected:
  FindProgramTest() : path_(getenv("PATH")) {}
  ~FindProgramTest() override { setenv("PATH", path_.c_str(), 1); }
  void LookIn(const std::string& path) { setenv("PATH", path.c_str(), 1); }
  void Program(const std::string& name, mode_t mode) {
    std::filesystem::create_directories(std::filesystem::path(scratch_ / name).parent_path());
    testing::WriteFileOrDie(scratch_ / name, "#!/bin/sh\n");
    chmod((scratch_ / name).c_str(), mode);
  }
  testing::ScratchDirectory scratch_;

 private:
  const std::string path_;
};

TEST_F(FindProgramTest, BesideThisProgramComesFirst) {
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe");
  const std::string name = self.filename();
  Program(name, 0755);
  LookIn(scratch_.path());
  EXPECT_EQ(FindProgram(name), self.string());
}

TEST_F(FindProgramTest, ThenTheFirstOnPathThatCanBeRun) {
  std::filesystem::create_directories(scratch_ / "a/attain-test-reader");  // a folder
  Program("b/attain-test-reader", 0644);                                   // nothing to run
  Program("c/attain-test-reader", 0755);
  Program("d/attain-test-reader", 0755);
  LookIn(absl::StrCat("/nonexistent::", scratch_ / "a", ":", scratch_ / "b", ":", scratch_ / "c", ":",
                      scratch_ / "d"));
  EXPECT_EQ(FindProgram("attain-test-reader"), scratch_ / "c/attain-test-reader");
}

TEST_F(FindProgramTest, NothingIsFoundWhereThereIsNone) {
  LookIn(scratch_.path());
  EXPECT_EQ(FindProgram("attain-test-reader"), "");
  unsetenv("PATH");
  EXPECT_EQ(FindProgram("attain-test-reader"), "");
}

}  // namespace
}  // namespace attain::documents
