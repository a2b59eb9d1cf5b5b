#include "service/watch/ring.h"

#include <gtest/gtest.h>

#include "tests/unit/watch/fake_source.h"

namespace attain::watch {
namespace {

TEST(Ring, GivesWhatComesAfterAndSaysWhenItIsGone) {
  const size_t one = MakeEntry(1, "u")->bytes;
  Ring ring(5 * one + one / 2);
  std::vector<EntryPtr> entries;
  EXPECT_FALSE(ring.Read(0, {}, &entries)) << "nothing there";
  for (Revision revision = 11; revision <= 20; ++revision) ring.Append({MakeEntry(revision, "u")});
  EXPECT_LE(ring.bytes(), 5 * one + one / 2);
  EXPECT_FALSE(ring.Read(14, {}, &entries));
  ASSERT_TRUE(ring.Read(15, {}, &entries));
  ASSERT_EQ(entries.size(), 5u);
  EXPECT_EQ(entries[0]->revision, 16u);
  entries.clear();
  EXPECT_TRUE(ring.Read(17, {2}, &entries));
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[1]->revision, 19u);
  entries.clear();
  EXPECT_TRUE(ring.Read(17, {100, 1}, &entries));
  EXPECT_EQ(entries.size(), 1u) << "at least one";
  entries.clear();
  EXPECT_TRUE(ring.Read(20, {}, &entries)) << "caught up";
  EXPECT_TRUE(entries.empty());
}

TEST(Ring, HoldsTheNewestHoweverLargeItIs) {
  Ring ring(1);
  ring.Append({MakeEntry(1, "u"), MakeEntry(2, "u")});
  std::vector<EntryPtr> entries;
  EXPECT_TRUE(ring.Read(1, {}, &entries));
  EXPECT_EQ(entries.size(), 1u);
  ring.Clear();
  EXPECT_EQ(ring.bytes(), 0u);
}

}  // namespace
}  // namespace attain::watch
