#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tests/fuzz/importing_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string wrong = attain::importing::CheckDocument(attain::importing::DocumentOf(data, size));
  if (!wrong.empty()) {
    std::fprintf(stderr, "%s\n", wrong.c_str());
    std::abort();
  }
  return 0;
}
