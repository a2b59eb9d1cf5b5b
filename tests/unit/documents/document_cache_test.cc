#include "service/documents/document_cache.h"

#include <gtest/gtest.h>

namespace attain::documents {
namespace {

DocumentCache::Document Make(size_t bytes) {
  auto document = std::make_shared<attain::document::v1::Document>();
  document->set_text(std::string(bytes, 'x'));
  return document;
}

TEST(DocumentCache, KeepsWhatWasUsedLast) {
  DocumentCache cache(250'000);
  cache.Put("a", Make(100'000));
  cache.Put("b", Make(100'000));
  EXPECT_NE(cache.Find("a"), nullptr);
  cache.Put("c", Make(100'000));
  EXPECT_NE(cache.Find("a"), nullptr) << "used after b";
  EXPECT_EQ(cache.Find("b"), nullptr);
  EXPECT_NE(cache.Find("c"), nullptr);
}

TEST(DocumentCache, WhatWasDroppedTakesNoPlace) {
  DocumentCache cache(250'000);
  for (int i = 0; i < 20; ++i) cache.Put(std::to_string(i), Make(100'000));
  EXPECT_NE(cache.Find("18"), nullptr);
  EXPECT_NE(cache.Find("19"), nullptr);
  EXPECT_EQ(cache.Find("17"), nullptr);
}

TEST(DocumentCache, OneThatIsTooLargeDrivesNobodyOut) {
  DocumentCache cache(250'000);
  cache.Put("a", Make(100'000));
  cache.Put("large", Make(300'000));
  EXPECT_EQ(cache.Find("large"), nullptr);
  EXPECT_NE(cache.Find("a"), nullptr);
}

TEST(DocumentCache, TheSameKeyTwiceTakesOnePlace) {
  DocumentCache cache(250'000);
  const DocumentCache::Document first = Make(100'000);
  cache.Put("a", first);
  for (int i = 0; i < 5; ++i) cache.Put("a", Make(100'000));
  EXPECT_EQ(cache.Find("a"), first);
  cache.Put("b", Make(100'000));
  EXPECT_NE(cache.Find("a"), nullptr);
}

}  // namespace
}  // namespace attain::documents
