// Which language a client is answered in.
#include "service/calls/accept_language.h"

#include <gtest/gtest.h>

#include <utility>

namespace attain::calls {
namespace {

TEST(AcceptLanguage, SpeaksTheFirstLanguageThatTheServerKnows) {
  const std::pair<const char*, const char*> kTags[] = {
      {"", "en"},           {"zh", "zh-CN"},      {"zh-CN", "zh-CN"},     {"ZH-hant", "zh-CN"},
      {"en-GB", "en"},      {"fr", "en"},         {"fr, zh-CN", "zh-CN"}, {"fr,zh", "zh-CN"},
      {"fr, en, zh", "en"}, {"zh, en", "zh-CN"},  {"en, zh", "en"},       {"fr;q=0.9, zh;q=0.1", "zh-CN"},
      {"*, zh", "zh-CN"},   {"xzh, en-US", "en"}, {",,  \tzh", "zh-CN"},  {"fr,de,it,ja,ko", "en"},
  };
  for (const auto& [tags, locale] : kTags) EXPECT_EQ(LocaleOf(tags), locale) << tags;
}

}  // namespace
}  // namespace attain::calls
