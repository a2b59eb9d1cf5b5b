// Packages carry checksums: every damaged copy is refused or read the same, never read short or otherwise.
#include <gtest/gtest.h>

#include <random>

#include "tests/unit/extract/support.h"

namespace attain::extract {
namespace {

class Damage : public ::testing::TestWithParam<const char*> {};

TEST_P(Damage, IsRefusedOrReadsTheSame) {
  const std::string whole = Fixture(GetParam());
  document::Document expected = ReadOrFail(whole);
  int refused = 0;
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    std::mt19937_64 random(seed);
    std::string damaged = whole;
    for (uint64_t i = random() % 40 + 1; i > 0; --i)
      damaged[random() % damaged.size()] = static_cast<char>(random());
    document::ExtractResult result = Extract(damaged, Limits());
    if (result.has_refusal()) {
      EXPECT_NE(result.refusal().code(), "READER_FAILED") << seed;
      ++refused;
      continue;
    }
    result.mutable_document()->set_sha256(expected.sha256());
    ASSERT_EQ(result.document().SerializeAsString(), expected.SerializeAsString()) << "seed " << seed;
  }
  EXPECT_GT(refused, 150);  // the damage does something
}

TEST_P(Damage, EveryCutIsRefused) {
  const std::string whole = Fixture(GetParam());
  for (size_t length = 4; length < whole.size(); length += 97) {
    ASSERT_NE(RefusalOf(absl::string_view(whole).substr(0, length)), "read") << length;
  }
}

INSTANTIATE_TEST_SUITE_P(Packages, Damage,
                         ::testing::Values("export/export.xlsx", "published/published.xlsx",
                                           "selfeval/selfeval.docx", "published/published.docx",
                                           "export/export.ods", "selfeval/selfeval.odt"));

}  // namespace
}  // namespace attain::extract
