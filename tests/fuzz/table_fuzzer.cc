#include <cstdint>

#include "tests/fuzz/fuzz_one.h"
#include "tests/fuzz/importing_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return attain::testing::FuzzOne(
      [&] { return attain::importing::CheckDocument(attain::importing::DocumentOf(data, size)); });
}
