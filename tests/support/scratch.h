// A directory of its own for each test, removed with everything in it.
#ifndef ATTAIN_TESTS_SUPPORT_SCRATCH_H_
#define ATTAIN_TESTS_SUPPORT_SCRATCH_H_

#include <string>

#include "absl/strings/string_view.h"

namespace attain::testing {

class ScratchDirectory {
 public:
  ScratchDirectory();
  ~ScratchDirectory();
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;

  const std::string& path() const { return path_; }
  // Path of something in it.
  std::string operator/(absl::string_view name) const;

 private:
  std::string path_;
};

// Contents of a file; aborts the test program when it cannot be read.
std::string ReadFileOrDie(const std::string& path);
void WriteFileOrDie(const std::string& path, absl::string_view content);

}  // namespace attain::testing

#endif  // ATTAIN_TESTS_SUPPORT_SCRATCH_H_
