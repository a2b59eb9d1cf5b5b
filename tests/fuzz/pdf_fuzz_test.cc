// Thousands of pages of random lines and letters, the same ones in every run.
#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "tests/fuzz/corpus.h"
#include "tests/fuzz/longer.h"
#include "tests/fuzz/pdf_check.h"

namespace attain::extract {
namespace {

TEST(PdfPages, SurviveTheCorpus) {
  const auto inputs = attain::testing::Corpus("pages");
  ASSERT_GE(inputs.size(), 1u);
  for (const auto& [name, bytes] : inputs)
    EXPECT_EQ(CheckPages(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()), "") << name;
}

TEST(PdfPages, SurviveAnyBytes) {
  size_t tables = 0;
  for (uint64_t seed = 1; seed <= attain::testing::Longer(6000); ++seed) {
    std::mt19937 random(static_cast<uint32_t>(seed));
    std::vector<uint8_t> bytes(random() % 3000);
    // Few different values make lines that meet.
    const int values = seed % 3 == 0 ? 256 : 2 + static_cast<int>(random() % 20);
    for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random() % values * (256 / values));
    ASSERT_EQ(CheckPages(bytes.data(), bytes.size(), &tables), "") << "seed " << seed;
  }
  EXPECT_GT(tables, 4000u);  // else nothing was tried
}

}  // namespace
}  // namespace attain::extract
