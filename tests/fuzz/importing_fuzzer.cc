// libFuzzer's way into CheckImport. Most changes are of cells and lines: importing_fuzzer
// tests/fuzz/corpus/importing
#include <algorithm>
#include <cstdint>
#include <cstring>

#include "tests/fuzz/damaged_text.h"
#include "tests/fuzz/fuzz_one.h"
#include "tests/fuzz/importing_check.h"

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t max_size);

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size, unsigned seed) {
  std::mt19937_64 random(seed);
  if (random() % 4 == 0) return LLVMFuzzerMutate(data, size, max_size);
  const std::string text = attain::importing::Damaged({reinterpret_cast<const char*>(data), size}, random);
  size = std::min(text.size(), max_size);
  std::memcpy(data, text.data(), size);
  return size;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return attain::testing::FuzzOne([&] {
    return attain::importing::CheckImport({reinterpret_cast<const char*>(data), size});
  });
}
