// Thousands of broken documents, the same ones in every run: the corpus of the fuzzer with tags and bytes
// lost, doubled, moved and changed.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/fuzz/extract_check.h"
#include "tests/fuzz/longer.h"

namespace attain::extract {
namespace {

using Random = std::mt19937_64;

std::vector<std::string> Corpus() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry :
       std::filesystem::directory_iterator(ATTAIN_SOURCE_DIR "/tests/fuzz/corpus/extract"))
    paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> inputs;
  for (const auto& path : paths) {
    std::ifstream file(path, std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return inputs;
}

size_t Below(Random& random, size_t bound) {
  return bound == 0 ? 0 : random() % bound;
}

// Tags and the texts between them.
std::vector<std::string> Pieces(const std::string& input) {
  std::vector<std::string> pieces(1);
  for (char c : input) {
    if (c == '<' && !pieces.back().empty()) pieces.emplace_back();
    pieces.back() += c;
    if (c == '>') pieces.emplace_back();
  }
  return pieces;
}

// Puts another number in the place of one.
void ChangeNumber(Random& random, std::string* piece) {
  static constexpr const char* kNumbers[] = {
      "0",     "-1",  "1", "2147483647", "4294967296", "99999999999999999999", "1048577", "16385",
      "1e999", "NaN", ""};
  const size_t begin = piece->find_first_of("0123456789");
  if (begin == std::string::npos) return;
  const size_t end = std::min(piece->find_first_not_of("0123456789", begin), piece->size());
  piece->replace(begin, end - begin, kNumbers[Below(random, std::size(kNumbers))]);
}

std::string Broken(const std::string& input, Random& random) {
  std::vector<std::string> pieces = Pieces(input);
  for (size_t i = 0; i <= Below(random, 6); ++i) {
    const size_t at = Below(random, pieces.size());
    const size_t other = Below(random, pieces.size());
    switch (Below(random, 6)) {
      case 0:
        pieces[at].clear();
        break;
      case 1:
        pieces[at] = pieces[other];
        break;
      case 2:
        std::swap(pieces[at], pieces[other]);
        break;
      case 3:
        pieces.insert(pieces.begin() + static_cast<long>(at), pieces[other]);
        break;
      default:
        ChangeNumber(random, &pieces[at]);
    }
  }
  std::string out;
  for (const std::string& piece : pieces) out += piece;
  for (size_t i = 0; i < Below(random, 3) && out.size() > 1; ++i)
    out[1 + Below(random, out.size() - 1)] = static_cast<char>(random());
  return out;
}

TEST(Extract, ReadsTheCorpus) {
  const std::vector<std::string> corpus = Corpus();
  ASSERT_GE(corpus.size(), 10u);
  for (const std::string& input : corpus) EXPECT_EQ(CheckExtract(input), "") << input.substr(0, 80);
}

TEST(Extract, SurvivesDamage) {
  int number = 0;
  for (const std::string& input : Corpus()) {
    ++number;
    for (uint64_t seed = 1; seed <= attain::testing::Longer(1000); ++seed) {
      Random random(seed);
      ASSERT_EQ(CheckExtract(Broken(input, random)), "") << "input " << number << " seed " << seed;
    }
  }
}

TEST(Extract, SurvivesEveryCut) {
  for (const std::string& input : Corpus()) {
    for (size_t length = 0; length <= input.size(); ++length)
      ASSERT_EQ(CheckExtract(absl::string_view(input).substr(0, length)), "") << length;
  }
}

}  // namespace
}  // namespace attain::extract
