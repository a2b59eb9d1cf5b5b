// Sums tell sets of records apart, whatever the order.
#include "service/verify/record_sums.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace attain::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(RecordSumsTest, TheOrderDoesNotMatterTheRecordsDo) {
  const std::string salt = RandomSalt();
  RecordSums one(salt), other(salt);
  for (uint64_t i = 0; i < 100; ++i) one.AddVersion({absl::StrCat(i % 7), i, true, absl::StrCat("v", i)});
  for (uint64_t i = 100; i > 0; --i) {
    EXPECT_FALSE(one.Differing(other).empty());
    other.AddVersion({absl::StrCat((i - 1) % 7), i - 1, true, absl::StrCat("v", i - 1)});
  }
  EXPECT_THAT(one.Differing(other), IsEmpty());
}

TEST(RecordSumsTest, EveryPartOfARecordCounts) {
  const std::string salt = RandomSalt();
  const auto sum_of = [&](const storage::StoredVersion& version) {
    RecordSums sums(salt);
    sums.AddVersion(version);
    return sums;
  };
  const RecordSums sum = sum_of({"key", 7, true, "value"});
  EXPECT_THAT(sum.Differing(sum_of({"key", 7, true, "value"})), IsEmpty());
  EXPECT_THAT(sum.Differing(sum_of({"key", 7, true, "valuf"})), ElementsAre(RecordSums::BucketOf("key")));
  EXPECT_THAT(sum.Differing(sum_of({"key", 8, true, "value"})), ElementsAre(RecordSums::BucketOf("key")));
  EXPECT_THAT(sum.Differing(sum_of({"key", 7, false, "value"})), ElementsAre(RecordSums::BucketOf("key")));
  EXPECT_FALSE(sum.Differing(sum_of({"keyv", 7, true, "alue"})).empty());
  EXPECT_FALSE(sum.Differing(RecordSums(salt)).empty());
}

TEST(RecordSumsTest, ARecordThatIsThereTwiceIsNotNone) {
  const std::string salt = RandomSalt();
  RecordSums sums(salt);
  sums.AddOnce("key", "value");
  sums.AddOnce("key", "value");
  EXPECT_THAT(sums.Differing(RecordSums(salt)), ElementsAre(RecordSums::BucketOf("key")));
}

TEST(RecordSumsTest, ValuesWithoutVersionsAreOthers) {
  const std::string salt = RandomSalt();
  RecordSums versions(salt), once(salt), other(salt);
  versions.AddVersion({"key", 0, true, "value"});
  once.AddOnce("key", "value");
  EXPECT_FALSE(versions.Differing(once).empty());
  other.AddOnce("key", "other");
  EXPECT_FALSE(once.Differing(other).empty());
}

// Who does not know the salt cannot make two sets of one sum.
TEST(RecordSumsTest, SaltsDiffer) {
  const std::string salt = RandomSalt(), other = RandomSalt();
  EXPECT_EQ(salt.size(), 32u);
  EXPECT_NE(salt, other);
  RecordSums one(salt), two(other);
  one.AddOnce("key", "value");
  two.AddOnce("key", "value");
  EXPECT_FALSE(one.Differing(two).empty());
}

TEST(DoubtsTest, CoverTheirBucketsAlone) {
  Doubts doubts;
  EXPECT_FALSE(doubts.any());
  EXPECT_FALSE(doubts.Has("a"));
  EXPECT_FALSE(doubts.Add({}));
  EXPECT_FALSE(doubts.any());
  EXPECT_TRUE(doubts.Add({RecordSums::BucketOf("a")}));
  EXPECT_FALSE(doubts.Add({RecordSums::BucketOf("a")})) << "doubted before";
  EXPECT_TRUE(
      doubts.Add({RecordSums::BucketOf("a"), (RecordSums::BucketOf("a") + 1) % RecordSums::kBuckets}));
  EXPECT_TRUE(doubts.any());
  EXPECT_TRUE(doubts.Has("a"));
  std::string other = "b";
  while ((RecordSums::BucketOf(other) - RecordSums::BucketOf("a") + RecordSums::kBuckets) %
             RecordSums::kBuckets <
         2) {
    other += "b";
  }
  EXPECT_FALSE(doubts.Has(other));
}

}  // namespace
}  // namespace attain::engine
