#include "proofs/tiles.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "tests/unit/proofs/sample.h"

namespace attain::proofs {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Le;
using ::testing::SizeIs;

constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;

TEST(TilesTest, PathsAreThoseOfTheStandard) {
  const std::vector<std::pair<Tile, std::string>> paths = {
      {{0, 0, 256}, "tile/0/000"},
      {{0, 5, 256}, "tile/0/005"},
      {{1, 999, 256}, "tile/1/999"},
      {{0, 1000, 256}, "tile/0/x001/000"},
      {{0, 1234067, 256}, "tile/0/x001/x234/067"},
      {{7, 1234067, 1}, "tile/7/x001/x234/067.p/1"},
      {{2, 0, 255}, "tile/2/000.p/255"},
      {{kEntriesLevel, 273, 112}, "tile/entries/273.p/112"},
      {{kEntriesLevel, 1000000, 256}, "tile/entries/x001/x000/000"},
      {{0, (uint64_t{1} << 55) - 1, 256}, "tile/0/x036/x028/x797/x018/x963/967"}};
  for (const auto& [tile, path] : paths) {
    EXPECT_EQ(TilePath(tile), path);
    const absl::StatusOr<Tile> back = ParseTilePath(path);
    ASSERT_TRUE(back.ok()) << path;
    EXPECT_TRUE(*back == tile) << path;
  }
}

TEST(TilesTest, OtherSpellingsOfAPathAreRefused) {
  for (const absl::string_view path : {"",
                                       "tile",
                                       "tile/",
                                       "tile/0",
                                       "tile/0/",
                                       "tile//000",
                                       "/tile/0/000",
                                       "tile/0/000/",
                                       "tile/8/000",
                                       "tile/63/000",
                                       "tile/-1/000",
                                       "tile/00/000",
                                       "tile/0/0",
                                       "tile/0/00",
                                       "tile/0/0000",
                                       "tile/0/001.p/0",
                                       "tile/0/001.p/256",
                                       "tile/0/001.p/",
                                       "tile/0/001.p/01",
                                       "tile/0/001.p/1/",
                                       "tile/0/001.p",
                                       "tile/0/x000/001",
                                       "tile/0/001/002",
                                       "tile/0/x001/x002",
                                       "tile/0/x01/002",
                                       "tile/0/x001/2",
                                       "tile/0/x1000/000",
                                       "tile/0/xx01/002",
                                       "tile/0/..",
                                       "tile/0/../000",
                                       "tile/0/ 00",
                                       "tile/0/000.p/1.p/1",
                                       "tile/Entries/000",
                                       "tile/0/0x1",
                                       "tile/0/x999/x999/x999/x999/x999/x999/x999/999"}) {
    EXPECT_EQ(ParseTilePath(path).status().code(), kInvalid) << path;
  }
}

TEST(TilesTest, SeventyThousandLeavesHave273FullTilesAndWidths112And17And1) {
  const std::vector<Hash> leaves = Leaves(70000);
  TileWriter writer;
  std::vector<TileContent> full;
  Frontier frontier;
  for (const Hash& leaf : leaves) {
    writer.Append(leaf, &full);
    frontier.Append(leaf);
  }
  std::vector<uint64_t> full_of_level(kTileLevels);
  for (const TileContent& content : full) {
    EXPECT_EQ(content.tile.number, full_of_level[content.tile.level]++);
    EXPECT_EQ(content.tile.width, kTileWidth);
    EXPECT_EQ(content.bytes.size(), kTileBytes);
  }
  EXPECT_EQ(full_of_level[0], 273u);
  EXPECT_EQ(full_of_level[1], 1u);
  EXPECT_EQ(full_of_level[2], 0u);
  const std::vector<TileContent> partial = writer.Partial();
  ASSERT_THAT(partial, SizeIs(3));
  EXPECT_TRUE((partial[0].tile == Tile{0, 273, 112}));
  EXPECT_TRUE((partial[1].tile == Tile{1, 1, 17}));
  EXPECT_TRUE((partial[2].tile == Tile{2, 0, 1}));
  for (int level = 0; level < kTileLevels; ++level) {
    EXPECT_EQ(FullTiles(level, 70000), full_of_level[level]);
    EXPECT_EQ(PartialWidth(level, 70000), level < 3 ? partial[level].tile.width : 0);
  }
  for (const TileContent& content : partial) EXPECT_EQ(content.bytes.size(), content.tile.width * kHashBytes);
  EXPECT_EQ(writer.size(), 70000u);
  EXPECT_EQ(writer.Root(), frontier.Root());

  MemoryTiles tiles;
  for (const TileContent& content : full) tiles.Put(content);
  for (const TileContent& content : partial) tiles.Put(content);
  const TileTree tree(&tiles);
  EXPECT_EQ(*tree.Root(70000), frontier.Root());
  SlowTree slow(leaves);
  for (const uint64_t index : {0, 1, 255, 256, 12345, 65535, 65536, 69887, 69888, 69999}) {
    EXPECT_EQ(*tree.Inclusion(index, 70000), slow.Inclusion(index, 0, 70000)) << index;
    EXPECT_EQ(*tree.Consistency(index + 1, 70000), slow.Consistency(index + 1, 0, 70000, true)) << index + 1;
    EXPECT_EQ(*tree.LeafHashAt(index, 70000), leaves[index]);
  }
}

TEST(TilesTest, RootsAndProofsOfAllSizesComeFromTheTilesOfALargerTree) {
  constexpr uint64_t kSizes = 600;
  const std::vector<Hash> leaves = Leaves(kSizes);
  SlowTree slow(leaves);
  MemoryTiles tiles;
  tiles.Fill(leaves);
  const TileTree tree(&tiles);
  std::mt19937_64 random(1);
  EXPECT_EQ(*tree.Root(0), EmptyRoot());
  for (uint64_t size = 1; size <= kSizes; ++size) {
    ASSERT_EQ(*tree.Root(size), slow.Root(0, size)) << size;
    for (const uint64_t index : {uint64_t{0}, size - 1, size / 256 * 255, random() % size, random() % size}) {
      ASSERT_EQ(*tree.Inclusion(index, size), slow.Inclusion(index, 0, size)) << index << " of " << size;
      ASSERT_EQ(*tree.Consistency(index + 1, size), slow.Consistency(index + 1, 0, size, true))
          << index + 1 << " to " << size;
      ASSERT_EQ(*tree.LeafHashAt(index, size), leaves[index]);
    }
  }
  EXPECT_THAT(*tree.Consistency(0, 9), IsEmpty());
  EXPECT_EQ(tree.Inclusion(9, 9).status().code(), kInvalid);
  EXPECT_EQ(tree.LeafHashAt(9, 9).status().code(), kInvalid);
  EXPECT_EQ(tree.Consistency(10, 9).status().code(), kInvalid);
}

// What a mirror must have is what the standard says it has: tiles of exactly these widths.
TEST(TilesTest, OnlyTilesOfTheSizeAreReadEachOnceAndTwoALevelAtMost) {
  MemoryTiles tiles;
  tiles.Fill(Leaves(70000));
  const TileTree tree(&tiles);
  std::mt19937_64 random(4);
  for (int trial = 0; trial < 300; ++trial) {
    const uint64_t size = 1 + random() % 70000, index = random() % size;
    for (const bool inclusion : {true, false}) {
      tiles.read_.clear();
      ASSERT_TRUE((inclusion ? tree.Inclusion(index, size) : tree.Consistency(index + 1, size)).ok());
      std::vector<int> of_level(kTileLevels);
      std::set<std::pair<int, uint64_t>> seen;
      for (const Tile& tile : tiles.read_) {
        EXPECT_TRUE(seen.insert({tile.level, tile.number}).second) << TilePath(tile);
        EXPECT_THAT(++of_level[tile.level], Le(2)) << TilePath(tile);
        const uint64_t full = FullTiles(tile.level, size);
        EXPECT_EQ(tile.width, tile.number < full ? kTileWidth : PartialWidth(tile.level, size))
            << TilePath(tile);
        EXPECT_LE(tile.number, full);
        EXPECT_GT(tile.width, 0);
      }
    }
  }
}

TEST(TilesTest, TilesThatAreMissingOrCutOffAreNamed) {
  MemoryTiles tiles;
  tiles.Fill(Leaves(600));
  const TileTree tree(&tiles);
  EXPECT_EQ(tree.Root(1000000).status().code(), absl::StatusCode::kNotFound);
  tiles.tiles_[{0, 2}].pop_back();
  EXPECT_TRUE(tree.Root(599).ok()) << "this size does not need the last hash";
  const absl::Status cut = tree.Root(600).status();
  EXPECT_EQ(cut.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(cut.message()), HasSubstr("tile/0/002.p/88"));
  tiles.tiles_[{0, 0}].resize(kTileBytes - 1);
  EXPECT_EQ(TileWriter::Resume(tiles, 2).status().code(), absl::StatusCode::kDataLoss);
  tiles.tiles_.erase({0, 1});
  EXPECT_EQ(tree.Inclusion(300, 600).status().code(), absl::StatusCode::kNotFound);
}

// After a start: the full tiles are there, the leaves behind them come again.
TEST(TilesTest, AWriterGoesOnWhereFullTilesEnd) {
  const std::vector<Hash> leaves = Leaves(70000);
  MemoryTiles kept;
  TileWriter first;
  std::vector<TileContent> full;
  for (const Hash& leaf : leaves) first.Append(leaf, &full);
  for (const TileContent& content : full) kept.Put(content);
  for (const uint64_t full_tiles : {0, 1, 2, 17, 255, 256, 257, 273}) {
    kept.read_.clear();
    absl::StatusOr<TileWriter> writer = TileWriter::Resume(kept, full_tiles);
    ASSERT_TRUE(writer.ok()) << writer.status();
    EXPECT_THAT(kept.read_, SizeIs(full_tiles % 256 + full_tiles / 256));
    ASSERT_EQ(writer->size(), full_tiles * 256);
    Frontier frontier;
    for (uint64_t index = 0; index < writer->size(); ++index) frontier.Append(leaves[index]);
    EXPECT_EQ(writer->Root(), frontier.Root()) << full_tiles;
    std::vector<TileContent> more;
    for (uint64_t index = writer->size(); index < leaves.size(); ++index)
      writer->Append(leaves[index], &more);
    EXPECT_EQ(writer->Root(), first.Root());
    ASSERT_THAT(more, SizeIs(full.size() - full_tiles - full_tiles / 256));
    for (size_t at = 0; at < more.size(); ++at) {
      const TileContent& before = full[full.size() - more.size() + at];
      EXPECT_TRUE(more[at].tile == before.tile && more[at].bytes == before.bytes) << TilePath(before.tile);
    }
    EXPECT_EQ(writer->Partial().back().bytes, first.Partial().back().bytes);
  }
}

TEST(TilesTest, ATreeOf256HasAFullTileAndOneHashAbove) {
  TileWriter writer;
  std::vector<TileContent> full;
  EXPECT_THAT(writer.Partial(), IsEmpty());
  EXPECT_EQ(writer.Root(), EmptyRoot());
  const std::vector<Hash> leaves = Leaves(256);
  for (const Hash& leaf : leaves) {
    EXPECT_THAT(full, IsEmpty());
    writer.Append(leaf, &full);
  }
  ASSERT_THAT(full, SizeIs(1));
  EXPECT_TRUE((full[0].tile == Tile{0, 0, 256}));
  ASSERT_THAT(writer.Partial(), SizeIs(1));
  EXPECT_TRUE((writer.Partial()[0].tile == Tile{1, 0, 1}));
  EXPECT_EQ(writer.Partial()[0].bytes, View(RootOf(leaves)));
}

}  // namespace
}  // namespace attain::proofs
