// Thousands of damaged documents, the same ones in every run: cut short, cells and lines lost, doubled or
// moved, bytes changed.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <random>
#include <sstream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/fuzz/corpus.h"
#include "tests/fuzz/damaged_text.h"
#include "tests/fuzz/importing_check.h"
#include "tests/fuzz/longer.h"

namespace attain::importing {
namespace {

using Random = std::mt19937_64;

std::string ReadFile(const std::string& name) {
  std::ifstream file(absl::StrCat(ATTAIN_SOURCE_DIR "/", name));
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_FALSE(text.str().empty()) << name;
  return text.str();
}

class Import : public ::testing::TestWithParam<const char*> {};

TEST_P(Import, SurvivesEveryCut) {
  const std::string text = ReadFile(GetParam());
  const size_t step = std::max<size_t>(1, text.size() / 700);
  for (size_t length = 0; length <= text.size(); length += step)
    ASSERT_EQ(CheckImport(absl::string_view(text).substr(0, length)), "") << length;
}

TEST_P(Import, SurvivesDamage) {
  const std::string text = ReadFile(GetParam());
  for (uint64_t seed = 1; seed <= attain::testing::Longer(1500); ++seed) {
    Random random(seed);
    ASSERT_EQ(CheckImport(Damaged(text, random)), "") << "seed " << seed;
  }
}

TEST_P(Import, SurvivesOneCellPerLine) {
  std::string text = ReadFile(GetParam());
  std::replace(text.begin(), text.end(), '\t', '\n');
  for (uint64_t seed = 1; seed <= attain::testing::Longer(500); ++seed) {
    Random random(seed);
    ASSERT_EQ(CheckImport(Damaged(text, random)), "") << "seed " << seed;
  }
}

// What the fuzzers found, and what they start from.
TEST(Corpus, IsImported) {
  const auto inputs = attain::testing::Corpus("importing");
  ASSERT_GE(inputs.size(), 3u);
  for (const auto& [name, bytes] : inputs) EXPECT_EQ(CheckImport(bytes), "") << name;
}

TEST(Corpus, OfDocumentsIsImported) {
  const auto inputs = attain::testing::Corpus("table");
  ASSERT_GE(inputs.size(), 3u);
  for (const auto& [name, bytes] : inputs) {
    EXPECT_EQ(CheckDocument(DocumentOf(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size())), "")
        << name;
  }
}

// Grids of the words of target tables in any order.
TEST(Grids, AnyDocumentIsCountedWhole) {
  for (uint64_t seed = 1; seed <= attain::testing::Longer(4000); ++seed) {
    Random random(seed);
    std::vector<uint8_t> bytes(40 + random() % 400);
    for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random());
    ASSERT_EQ(CheckDocument(DocumentOf(bytes.data(), bytes.size())), "") << "seed " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(Samples, Import,
                         ::testing::Values("samples/urumqi-2024.txt", "samples/template.csv",
                                           "tests/golden/importing/forms.input.txt"));

}  // namespace
}  // namespace attain::importing
