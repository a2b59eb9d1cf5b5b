// libFuzzer's way into CheckPages.

#include "tests/fuzz/fuzz_one.h"
#include "tests/fuzz/pdf_check.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return attain::testing::FuzzOne([&] { return attain::extract::CheckPages(data, size); });
}
