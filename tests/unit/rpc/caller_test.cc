// Who calls and in which language, as metadata say it.
#include "service/rpc/caller.h"

#include <gtest/gtest.h>

namespace attain::rpc {
namespace {

TEST(Caller, SpeaksTheFirstLanguageThatTheServerKnows) {
  const std::pair<const char*, const char*> kTags[] = {
      {"", "en"},           {"zh", "zh-CN"},      {"zh-CN", "zh-CN"},     {"ZH-hant", "zh-CN"},
      {"en-GB", "en"},      {"fr", "en"},         {"fr, zh-CN", "zh-CN"}, {"fr,zh", "zh-CN"},
      {"fr, en, zh", "en"}, {"zh, en", "zh-CN"},  {"en, zh", "en"},       {"fr;q=0.9, zh;q=0.1", "zh-CN"},
      {"*, zh", "zh-CN"},   {"xzh, en-US", "en"}, {",,  \tzh", "zh-CN"},  {"fr,de,it,ja,ko", "en"},
  };
  for (const auto& [tags, locale] : kTags) EXPECT_EQ(LocaleOf(absl::string_view(tags)), locale) << tags;
}

TEST(Caller, OnlyWholeEscapesAreUndone) {
  const std::pair<const char*, const char*> kTexts[] = {
      {"", ""},       {"a b", "a b"}, {"%41", "A"},   {"%e6%9D%8e", "李"}, {"50%", "50%"},      {"%4", "%4"},
      {"%4g", "%4g"}, {"%g4", "%g4"}, {"%%41", "%A"}, {"%2541", "%41"},    {"%20end%", " end%"}};
  for (const auto& [text, decoded] : kTexts) EXPECT_EQ(PercentDecode(text), decoded) << text;
}

}  // namespace
}  // namespace attain::rpc
