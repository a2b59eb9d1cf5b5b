// Who calls, as metadata say it.
#include "service/rpc/caller.h"

#include <gtest/gtest.h>

namespace attain::rpc {
namespace {

TEST(Caller, OnlyWholeEscapesAreUndone) {
  const std::pair<const char*, const char*> kTexts[] = {
      {"", ""},       {"a b", "a b"}, {"%41", "A"},   {"%e6%9D%8e", "李"}, {"50%", "50%"},      {"%4", "%4"},
      {"%4g", "%4g"}, {"%g4", "%g4"}, {"%%41", "%A"}, {"%2541", "%41"},    {"%20end%", " end%"}};
  for (const auto& [text, decoded] : kTexts) EXPECT_EQ(PercentDecode(text), decoded) << text;
}

}  // namespace
}  // namespace attain::rpc
