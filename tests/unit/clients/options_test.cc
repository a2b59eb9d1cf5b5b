#include "clients/cli/input/options.h"

#include <gtest/gtest.h>

#include <set>

#include "absl/strings/string_view.h"

namespace attain::cli {
namespace {

TEST(Options, AreUniqueAndExplainedInBothLanguages) {
  std::set<absl::string_view> names;
  for (const Option& option : AllOptions()) {
    EXPECT_TRUE(names.insert(option.name).second) << option.name;
    EXPECT_FALSE(option.help.zh.empty()) << option.name;
    EXPECT_FALSE(option.help.en.empty()) << option.name;
  }
}

}  // namespace
}  // namespace attain::cli
