#include "storage/rocksdb/newest_revisions.h"

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace attain::storage {
namespace {

TEST(NewestRevisionsTest, KnowsWhatWasWrittenAndLearned) {
  NewestRevisions newest(10);
  EXPECT_EQ(newest.Find("a"), 0u);
  newest.Learn("a", 3, 10);
  EXPECT_EQ(newest.Find("a"), 3u);
  newest.Announce(11);
  newest.Wrote("a", 11);
  EXPECT_EQ(newest.Find("a"), 11u);
}

TEST(NewestRevisionsTest, ReaderThatMayHaveMissedAGroupTeachesNothing) {
  NewestRevisions newest(10);
  newest.Announce(11);
  newest.Learn("a", 3, 10);
  EXPECT_EQ(newest.Find("a"), 0u);
  newest.Wrote("a", 11);
  newest.Learn("a", 3, 10);
  EXPECT_EQ(newest.Find("a"), 11u);
  newest.Learn("b", 4, 11);
  EXPECT_EQ(newest.Find("b"), 4u);
}

TEST(NewestRevisionsTest, ManyKeysPushEachOtherOutAndNeverAnswerForAnother) {
  NewestRevisions newest(0);
  constexpr Revision kKeys = 300'000;
  newest.Announce(kKeys);
  for (Revision n = 1; n <= kKeys; ++n) newest.Wrote(absl::StrCat("key", n), n);
  size_t known = 0;
  for (Revision n = 1; n <= kKeys; ++n) {
    const Revision found = newest.Find(absl::StrCat("key", n));
    ASSERT_TRUE(found == 0 || found == n);
    known += found != 0;
  }
  EXPECT_GT(known, 50'000u);
  EXPECT_LE(known, 65'536u);
}

}  // namespace
}  // namespace attain::storage
