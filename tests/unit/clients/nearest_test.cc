#include "clients/cli/input/nearest.h"

#include <gtest/gtest.h>

namespace attain::cli {
namespace {

TEST(Nearest, CountsLetters) {
  EXPECT_EQ(EditDistance("", "abc"), 3);
  EXPECT_EQ(EditDistance("score", "score"), 0);
  EXPECT_EQ(EditDistance("scroe", "score"), 1) << "neighbours swapped";
  EXPECT_EQ(EditDistance("kitten", "sitting"), 3);
}

TEST(Nearest, FindsWhatWasMeant) {
  const std::vector<absl::string_view> known = {"score", "spend", "report", "retract", "tables", "table"};
  EXPECT_EQ(Nearest("scroe", known), "score");
  EXPECT_EQ(Nearest("repotr", known), "report");
  EXPECT_EQ(Nearest("tabel", known), "table");
  EXPECT_EQ(Nearest("ret", known), "retract") << "a beginning";
  EXPECT_FALSE(Nearest("xyz", known).has_value());
  EXPECT_FALSE(Nearest("", known).has_value());
}

}  // namespace
}  // namespace attain::cli
