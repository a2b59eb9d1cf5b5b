#include "proofs/tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "absl/strings/escaping.h"
#include "tests/unit/proofs/sample.h"

namespace attain::proofs {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr uint64_t kSizes = 600;
constexpr auto kRefused = absl::StatusCode::kPermissionDenied;
constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

// The inputs and roots of Certificate Transparency's reference implementation.
TEST(TreeTest, RootsAreThoseOfCertificateTransparency) {
  const std::vector<std::string> inputs = {
      "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
  const std::vector<std::string> roots = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  std::vector<Hash> leaves;
  EXPECT_EQ(Hex(EmptyRoot()), roots[0]);
  EXPECT_EQ(Hex(RootOf(leaves)), roots[0]);
  for (const std::string& input : inputs) {
    leaves.push_back(LeafHash(absl::HexStringToBytes(input)));
    EXPECT_EQ(Hex(RootOf(leaves)), roots[leaves.size()]);
  }
}

TEST(TreeTest, RootsOfAllSizesAreThoseOfTheSlowTree) {
  const std::vector<Hash> leaves = Leaves(kSizes);
  SlowTree slow(leaves);
  Frontier frontier;
  for (uint64_t size = 0; size <= kSizes; ++size) {
    ASSERT_EQ(frontier.size(), size);
    ASSERT_THAT(frontier.subtrees(), SizeIs(__builtin_popcountll(size)));
    ASSERT_EQ(frontier.Root(), slow.Root(0, size)) << size;
    if (size < kSizes) frontier.Append(leaves[size]);
  }
}

// The ranges are looked up in the slow tree; that they are hashed rightly, PathsAreThoseOfTheSlowTree shows.
TEST(TreeTest, InclusionOfEveryLeafInEverySizeIsThatOfTheSlowTree) {
  const std::vector<Hash> leaves = Leaves(kSizes);
  SlowTree slow(leaves);
  for (uint64_t size = 1; size <= kSizes; ++size) {
    for (uint64_t index = 0; index < size; ++index) {
      Path path;
      for (const LeafRange& range : InclusionRanges(index, size))
        path.push_back(slow.Root(range.begin, range.end));
      ASSERT_EQ(path, slow.Inclusion(index, 0, size)) << index << " of " << size;
      ASSERT_TRUE(CheckInclusion(index, size, leaves[index], path, slow.Root(0, size)).ok())
          << index << " of " << size;
    }
  }
}

TEST(TreeTest, ConsistencyOfEveryTwoSizesIsThatOfTheSlowTree) {
  SlowTree slow(Leaves(kSizes));
  for (uint64_t size = 1; size <= kSizes; ++size) {
    for (uint64_t old_size = 1; old_size <= size; ++old_size) {
      Path path;
      for (const LeafRange& range : ConsistencyRanges(old_size, size))
        path.push_back(slow.Root(range.begin, range.end));
      ASSERT_EQ(path, slow.Consistency(old_size, 0, size, true)) << old_size << " to " << size;
      ASSERT_TRUE(CheckConsistency(old_size, slow.Root(0, old_size), size, slow.Root(0, size), path).ok())
          << old_size << " to " << size;
    }
  }
}

TEST(TreeTest, PathsAreThoseOfTheSlowTree) {
  const std::vector<Hash> all = Leaves(kSizes);
  SlowTree slow(all);
  std::mt19937_64 random(1);
  for (uint64_t size = 1; size <= kSizes; ++size) {
    const absl::Span<const Hash> leaves = absl::MakeSpan(all).subspan(0, size);
    for (int trial = 0; trial < 4; ++trial) {
      const uint64_t index = random() % size;
      ASSERT_EQ(*InclusionPath(index, leaves), slow.Inclusion(index, 0, size)) << index << " of " << size;
      ASSERT_EQ(*ConsistencyPath(index + 1, leaves), slow.Consistency(index + 1, 0, size, true))
          << index + 1 << " to " << size;
    }
  }
  EXPECT_THAT(*ConsistencyPath(0, all), IsEmpty());
  EXPECT_EQ(InclusionPath(kSizes, all).status().code(), kInvalid);
  EXPECT_EQ(ConsistencyPath(kSizes + 1, all).status().code(), kInvalid);
}

TEST(TreeTest, EveryChangeOfAnInclusionIsRefused) {
  const std::vector<Hash> leaves = Leaves(kSizes);
  SlowTree slow(leaves);
  std::mt19937_64 random(2);
  for (int trial = 0; trial < 4000; ++trial) {
    const uint64_t size = 2 + random() % (kSizes - 1), index = random() % size;
    const Hash root = slow.Root(0, size);
    const Path path = slow.Inclusion(index, 0, size);
    const size_t bit = random() % 256;
    Path changed = path;
    const size_t at = random() % path.size();
    changed[at] = FlippedHash(changed[at], bit);
    ASSERT_EQ(CheckInclusion(index, size, leaves[index], changed, root).code(), kRefused);
    ASSERT_EQ(CheckInclusion(index, size, FlippedHash(leaves[index], bit), path, root).code(), kRefused);
    ASSERT_EQ(CheckInclusion(index, size, leaves[index], path, FlippedHash(root, bit)).code(), kRefused);
    const uint64_t other = random() % size;
    ASSERT_EQ(CheckInclusion(other, size, leaves[index], path, root).ok(), other == index)
        << index << " as " << other;
    changed = path;
    changed.pop_back();
    ASSERT_EQ(CheckInclusion(index, size, leaves[index], changed, root).code(), kInvalid);
    changed = path;
    changed.push_back(root);
    ASSERT_EQ(CheckInclusion(index, size, leaves[index], changed, root).code(), kInvalid);
  }
  EXPECT_EQ(CheckInclusion(1, 1, leaves[0], {}, leaves[0]).code(), kInvalid);
  EXPECT_EQ(CheckInclusion(0, 0, leaves[0], {}, EmptyRoot()).code(), kInvalid);
  EXPECT_TRUE(CheckInclusion(0, 1, leaves[0], {}, leaves[0]).ok());
}

TEST(TreeTest, EveryChangeOfAConsistencyIsRefused) {
  SlowTree slow(Leaves(kSizes));
  std::mt19937_64 random(3);
  for (int trial = 0; trial < 4000; ++trial) {
    const uint64_t size = 2 + random() % (kSizes - 1), old_size = 1 + random() % (size - 1);
    const Hash root = slow.Root(0, size), old_root = slow.Root(0, old_size);
    const Path path = slow.Consistency(old_size, 0, size, true);
    const size_t bit = random() % 256, at = random() % path.size();
    Path changed = path;
    changed[at] = FlippedHash(changed[at], bit);
    ASSERT_EQ(CheckConsistency(old_size, old_root, size, root, changed).code(), kRefused);
    ASSERT_EQ(CheckConsistency(old_size, FlippedHash(old_root, bit), size, root, path).code(), kRefused);
    ASSERT_EQ(CheckConsistency(old_size, old_root, size, FlippedHash(root, bit), path).code(), kRefused);
    changed = path;
    changed.pop_back();
    ASSERT_EQ(CheckConsistency(old_size, old_root, size, root, changed).code(), kInvalid);
    changed = path;
    changed.push_back(root);
    ASSERT_EQ(CheckConsistency(old_size, old_root, size, root, changed).code(), kInvalid);
  }
}

TEST(TreeTest, ARewrittenPastIsRefusedFromEveryOldSize) {
  const uint64_t size = 100;
  std::vector<Hash> leaves = Leaves(size);
  SlowTree slow(leaves);
  leaves[41] = LeafHash("rewritten");
  SlowTree forked(leaves);
  for (uint64_t old_size = 1; old_size <= size; ++old_size) {
    const absl::Status status = CheckConsistency(old_size, slow.Root(0, old_size), size, forked.Root(0, size),
                                                 forked.Consistency(old_size, 0, size, true));
    EXPECT_EQ(status.code(), old_size <= 41 ? absl::StatusCode::kOk : kRefused) << old_size;
  }
}

TEST(TreeTest, TreesOfTheSameSizeHaveTheSameRoot) {
  const Hash root = FromHex(kRootOf3Hex);
  EXPECT_TRUE(CheckConsistency(3, root, 3, root, {}).ok());
  EXPECT_EQ(CheckConsistency(3, root, 3, FlippedHash(root, 0), {}).code(), kRefused);
  EXPECT_EQ(CheckConsistency(3, root, 3, root, {root}).code(), kInvalid);
  EXPECT_EQ(CheckConsistency(4, root, 3, root, {}).code(), kInvalid);
}

TEST(TreeTest, EverythingGrowsOutOfTheEmptyTree) {
  const Hash root = FromHex(kRootOf3Hex);
  EXPECT_TRUE(CheckConsistency(0, EmptyRoot(), 3, root, {}).ok());
  EXPECT_TRUE(CheckConsistency(0, EmptyRoot(), 0, EmptyRoot(), {}).ok());
  EXPECT_EQ(CheckConsistency(0, EmptyRoot(), 3, root, {root}).code(), kInvalid);
  EXPECT_EQ(CheckConsistency(0, root, 3, root, {}).code(), kRefused);
  EXPECT_EQ(CheckConsistency(0, EmptyRoot(), 0, root, {}).code(), kRefused);
  EXPECT_EQ(CheckConsistency(0, root, 0, root, {}).code(), kRefused);
}

}  // namespace
}  // namespace attain::proofs
