#include "service/history/tree_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/env.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "proofs/leaf.h"
#include "storage/entry_codec.h"
#include "storage/entry_parts.h"
#include "storage/rocksdb/open.h"

namespace attain::engine {
namespace {

using ::testing::HasSubstr;

constexpr absl::Duration kLong = absl::Seconds(30);

class TreeLogTest : public ::testing::Test {
 protected:
  TreeLogTest() : memory_(rocksdb::NewMemEnv(rocksdb::Env::Default())) { Reopen(); }

  void Reopen() {
    store_.reset();
    storage::RocksStoreOptions options;
    options.env = memory_.get();
    options.directory = "/store";
    auto store = storage::OpenRocksStore(options);
    ASSERT_TRUE(store.ok()) << store.status();
    store_ = *std::move(store);
  }
  // Every third entry is whole, as entries of older schemas are.
  void Write(int entries) {
    auto group = store_->Begin();
    ASSERT_TRUE(group.ok()) << group.status();
    for (int i = 0; i < entries; ++i) {
      const uint64_t revision = (*group)->StartEntry();
      const absl::Time time = absl::FromUnixSeconds(static_cast<int64_t>(revision));
      if (revision % 3 == 0) {
        (*group)->FinishEntry(absl::StrCat("entry ", revision), time);
        continue;
      }
      storage::PartsWriter parts(std::string(storage::kSaltBytes, 's'));
      parts.Add(1, "who");
      parts.Add(4, absl::StrCat("head ", revision));
      (*group)->FinishEntry(std::move(parts).Take(), time, storage::EntryForm::kParts);
    }
    ASSERT_TRUE((*group)->Commit().ok());
  }
  // The hashes of all leaves, made without tiles and from the payloads.
  std::vector<proofs::Hash> Leaves() const {
    std::vector<proofs::Hash> leaves;
    EXPECT_TRUE(store_
                    ->ReadJournal(1,
                                  [&](const storage::JournalRecord& record) {
                                    const auto leaf = storage::LeafOf(storage::EntryFields{
                                        record.form, record.revision, record.time, "", record.payload});
                                    EXPECT_TRUE(leaf.ok()) << leaf.status();
                                    leaves.push_back(
                                        proofs::LeafHash(proofs::View(proofs::EncodeLeaf(*leaf))));
                                    return true;
                                  })
                    .ok());
    return leaves;
  }
  void ExpectWholeTree(const TreeLog& log) const {
    const std::vector<proofs::Hash> leaves = Leaves();
    ASSERT_TRUE(log.Await(leaves.size(), kLong).ok());
    const uint64_t size = leaves.size();
    for (const uint64_t part : {uint64_t{1}, size / 2, size - 1, size}) {
      if (part == 0) continue;
      const auto root = log.Root(part);
      ASSERT_TRUE(root.ok()) << root.status();
      EXPECT_EQ(*root, proofs::RootOf(absl::MakeSpan(leaves).subspan(0, part))) << part << " of " << size;
    }
  }

  const std::unique_ptr<rocksdb::Env> memory_;
  std::unique_ptr<storage::Store> store_;
};

TEST_F(TreeLogTest, TheTreeIsThatOfTheJournalAtEverySize) {
  TreeLog log(store_.get(), nullptr);
  EXPECT_EQ(*log.Root(0), proofs::EmptyRoot());
  for (const int entries : {1, 2, 252, 1, 1, 1, 300, 255, 700}) {
    Write(entries);
    log.GroupAnswered();
    ExpectWholeTree(log);
  }
}

TEST_F(TreeLogTest, ProofsHold) {
  Write(600);
  TreeLog log(store_.get(), nullptr);
  ASSERT_TRUE(log.Await(600, kLong).ok());
  const std::vector<proofs::Hash> leaves = Leaves();
  for (const uint64_t index : {0, 255, 256, 511, 599}) {
    const auto path = log.Inclusion(index, 600);
    ASSERT_TRUE(path.ok()) << path.status();
    EXPECT_TRUE(proofs::CheckInclusion(index, 600, leaves[index], *path, *log.Root(600)).ok()) << index;
  }
  for (const uint64_t old_size : {1, 256, 257, 599, 600}) {
    const auto path = log.Consistency(old_size, 600);
    ASSERT_TRUE(path.ok()) << path.status();
    EXPECT_TRUE(proofs::CheckConsistency(old_size, *log.Root(old_size), 600, *log.Root(600), *path).ok());
  }
  EXPECT_EQ(log.Root(601).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_FALSE(log.Inclusion(600, 601).ok());
  EXPECT_FALSE(log.Consistency(1, 601).ok());
}

TEST_F(TreeLogTest, GoesOnFromItsTilesAfterARestart) {
  for (const int entries : {700, 3, 65'536}) {
    Write(entries);
    {
      TreeLog log(store_.get(), nullptr);
      ExpectWholeTree(log);
    }
    Reopen();
    TreeLog log(store_.get(), nullptr);
    ExpectWholeTree(log);
    EXPECT_EQ(*store_->CountTiles(), store_->head().revision / 256);
  }
}

// A crash takes tiles that were not written out; they are made again.
TEST_F(TreeLogTest, TilesThatAreMissingAreMadeAgain) {
  Write(1000);
  EXPECT_EQ(*store_->CountTiles(), 0u);
  TreeLog log(store_.get(), nullptr);
  ExpectWholeTree(log);
  EXPECT_EQ(*store_->CountTiles(), 3u);
}

TEST_F(TreeLogTest, TilesAreServedAsTheyAreAndNotBeforeTheyAre) {
  Write(600);
  TreeLog log(store_.get(), nullptr);
  ASSERT_TRUE(log.Await(600, kLong).ok());
  EXPECT_EQ(log.Read({0, 1, 256})->size(), size_t{proofs::kTileBytes});
  EXPECT_EQ(log.Read({0, 2, 88})->size(), 88 * proofs::kHashBytes);
  EXPECT_GE(log.Read({0, 2, 5})->size(), 5 * proofs::kHashBytes);
  EXPECT_EQ(log.Read({1, 0, 2})->size(), 2 * proofs::kHashBytes);
  for (const proofs::Tile& none :
       {proofs::Tile{0, 2, 256}, {0, 2, 89}, {0, 3, 1}, {1, 0, 3}, {1, 0, 256}, {2, 0, 1}})
    EXPECT_EQ(log.Read(none).status().code(), absl::StatusCode::kNotFound) << proofs::TilePath(none);
}

TEST_F(TreeLogTest, WhoWaitsForMoreThanThereIsIsTold) {
  Write(5);
  TreeLog log(store_.get(), nullptr);
  EXPECT_EQ(log.Await(6, absl::Milliseconds(50)).code(), absl::StatusCode::kDeadlineExceeded);
  EXPECT_TRUE(log.Await(5, kLong).ok());
  log.Shutdown();
  log.Shutdown();
  EXPECT_TRUE(log.Await(5, absl::ZeroDuration()).ok());
}

// Put past the store's own functions: the tree goes no further and says so.
TEST_F(TreeLogTest, TilesThatDoNotFitAreTold) {
  Write(600);
  ASSERT_TRUE(store_->PutTiles({{{0, 0, 256}, "short"}, {{0, 1, 256}, "short"}}).ok());
  absl::Status told;
  TreeLog log(store_.get(), [&](const absl::Status& status) { told = status; });
  EXPECT_EQ(log.Await(600, kLong).code(), absl::StatusCode::kDataLoss);
  log.Shutdown();
  EXPECT_THAT(std::string(told.message()), HasSubstr("tile/0/000"));
}

}  // namespace
}  // namespace attain::engine
