// Inputs of the fuzzers that are kept: seeds, what failed once, and what reached code that no other input
// reached.
#ifndef ATTAIN_TESTS_FUZZ_CORPUS_H_
#define ATTAIN_TESTS_FUZZ_CORPUS_H_

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

namespace attain::testing {

// Name and bytes of the files in tests/fuzz/corpus/FOLDER.
inline std::map<std::string, std::string> Corpus(const std::string& folder) {
  std::map<std::string, std::string> inputs;
  for (const auto& entry :
       std::filesystem::directory_iterator(ATTAIN_SOURCE_DIR "/tests/fuzz/corpus/" + folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    inputs[entry.path().filename()].assign(std::istreambuf_iterator<char>(file),
                                           std::istreambuf_iterator<char>());
  }
  return inputs;
}

}  // namespace attain::testing

#endif  // ATTAIN_TESTS_FUZZ_CORPUS_H_
