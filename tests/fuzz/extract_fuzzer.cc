// libFuzzer's way into one reader, which ATTAIN_READER names: ATTAIN_READER=docx extract_fuzzer CORPUS…
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/fuzz/extract_check.h"
#include "tests/fuzz/fuzz_one.h"
#include "tests/fuzz/markup.h"

namespace attain::extract {
namespace {

const std::string& Reader() {
  static const std::string& reader =
      *new std::string(std::getenv("ATTAIN_READER") == nullptr ? "" : std::getenv("ATTAIN_READER"));
  return reader;
}

// The seeds of the reader in pieces, to take from.
const std::vector<std::string>& Seeds() {
  static const std::vector<std::string>& seeds = *[] {
    std::string all;
    for (const auto& entry :
         std::filesystem::directory_iterator(ATTAIN_SOURCE_DIR "/tests/fuzz/corpus/extract/" + Reader())) {
      std::ifstream file(entry.path(), std::ios::binary);
      all.append(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return new std::vector<std::string>(Pieces(all));
  }();
  return seeds;
}

}  // namespace
}  // namespace attain::extract

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t max_size);

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  const auto& readers = attain::extract::Readers();
  if (std::find(readers.begin(), readers.end(), attain::extract::Reader()) != readers.end()) return 0;
  std::fputs("set ATTAIN_READER to one of:", stderr);
  for (const std::string& reader : readers) std::fprintf(stderr, " %s", reader.c_str());
  std::fputs("\n", stderr);
  std::exit(2);
}

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size, unsigned seed) {
  namespace extract = attain::extract;
  extract::Random random(seed);
  if (!extract::ReadsMarkup(extract::Reader())) return LLVMFuzzerMutate(data, size, max_size);
  if (extract::Below(random, 4) == 0) size = LLVMFuzzerMutate(data, size, max_size);
  std::string markup(reinterpret_cast<const char*>(data), size);
  if (extract::Below(random, 5) > 0) markup = extract::WithPiecesChanged(markup, extract::Seeds(), random);
  if (extract::Below(random, 8) > 0) markup = extract::Balanced(markup);
  size = std::min(markup.size(), max_size);
  std::memcpy(data, markup.data(), size);
  return size;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  return attain::testing::FuzzOne([&] {
    return attain::extract::CheckExtract(attain::extract::Reader(),
                                         {reinterpret_cast<const char*>(data), size});
  });
}
