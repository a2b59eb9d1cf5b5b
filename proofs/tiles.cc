#include "proofs/tiles.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "absl/numeric/bits.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "proofs/encoding.h"

namespace attain::proofs {
namespace {

constexpr absl::string_view kTileFolder = "tile/", kEntries = "entries", kPartialMark = ".p/";
constexpr uint64_t kPathBase = 1000;  // three digits an element

// Hashes of a level that are complete in the tree of `size` leaves.
uint64_t HashesOf(int level, uint64_t size) {
  return size >> (kTileHeight * level);
}

absl::Status NoTilePath(absl::string_view path) {
  return absl::InvalidArgumentError(absl::StrCat(
      "\"", path, "\" names no tile: write tile/LEVEL/NUMBER[.p/WIDTH] as C2SP tlog-tiles has it"));
}

Hash HashAt(absl::string_view bytes, uint64_t place) {
  return HashOf(bytes.substr(place * kHashBytes, kHashBytes));
}

absl::StatusOr<std::string> ReadTile(const TileStore& store, const Tile& tile) {
  absl::StatusOr<std::string> bytes = store.Read(tile);
  if (bytes.ok() && bytes->size() < tile.width * kHashBytes) {
    return absl::DataLossError(absl::StrCat(TilePath(tile), " has ", bytes->size(), " bytes, fewer than ",
                                            tile.width, " hashes: make the tiles anew from the journal"));
  }
  return bytes;
}

// The root over hashes [begin, end) of a tile.
Hash RootIn(absl::string_view bytes, uint64_t begin, uint64_t end) {
  Frontier frontier;
  for (uint64_t place = begin; place < end; ++place) frontier.Append(HashAt(bytes, place));
  return frontier.Root();
}

// What one call reads of the tree of one size.
class Reader {
 public:
  Reader(const TileStore& store, uint64_t size) : store_(store), size_(size) {}

  absl::StatusOr<Hash> RootOfRange(const LeafRange& range) {
    std::vector<Hash> subtrees;
    for (uint64_t begin = range.begin; begin < range.end;) {
      const uint64_t leaves = absl::bit_floor(range.end - begin);
      absl::StatusOr<Hash> hash = Subtree(absl::countr_zero(leaves), begin / leaves);
      if (!hash.ok()) return hash.status();
      subtrees.push_back(*hash);
      begin += leaves;
    }
    return RootOfSubtrees(subtrees);
  }

  absl::StatusOr<Path> PathOf(const std::vector<LeafRange>& ranges) {
    Path path;
    path.reserve(ranges.size());
    for (const LeafRange& range : ranges) {
      absl::StatusOr<Hash> hash = RootOfRange(range);
      if (!hash.ok()) return hash.status();
      path.push_back(*hash);
    }
    return path;
  }

  // The root of full subtree `number` of 2^height leaves.
  absl::StatusOr<Hash> Subtree(int height, uint64_t number) {
    const int level = height / kTileHeight, above = height % kTileHeight;
    const uint64_t first = number << above;  // hash of the level that the subtree begins with
    absl::StatusOr<absl::string_view> bytes = Bytes(level, first / kTileWidth);
    if (!bytes.ok()) return bytes.status();
    const uint64_t place = first % kTileWidth;
    return RootIn(*bytes, place, place + (uint64_t{1} << above));
  }

 private:
  absl::StatusOr<absl::string_view> Bytes(int level, uint64_t number) {
    const auto [at, added] = tiles_.try_emplace({level, number});
    if (added) {
      const uint64_t hashes = HashesOf(level, size_) - number * kTileWidth;
      const Tile tile{level, number, static_cast<int>(std::min<uint64_t>(hashes, kTileWidth))};
      absl::StatusOr<std::string> bytes = ReadTile(store_, tile);
      if (!bytes.ok()) return bytes.status();
      at->second = *std::move(bytes);
    }
    return absl::string_view(at->second);
  }

  const TileStore& store_;
  const uint64_t size_;
  std::map<std::pair<int, uint64_t>, std::string> tiles_;
};

// "x001/x234/067"
std::string NumberPath(uint64_t number) {
  std::string path = absl::StrFormat("%03d", number % kPathBase);
  while ((number /= kPathBase) > 0) path = absl::StrFormat("x%03d/%s", number % kPathBase, path);
  return path;
}

// Of what cannot be a number that NumberPath was given: nothing, or a number with another path.
uint64_t ParseNumberPath(absl::string_view path) {
  uint64_t number = 0;
  for (absl::string_view element : absl::StrSplit(path, '/')) {
    absl::ConsumePrefix(&element, "x");
    while (element.size() > 1 && absl::ConsumePrefix(&element, "0")) {
    }
    number = number * kPathBase + ParseDecimal(element).value_or(0);
  }
  return number;
}

}  // namespace

uint64_t FullTiles(int level, uint64_t size) {
  return HashesOf(level, size) / kTileWidth;
}

int PartialWidth(int level, uint64_t size) {
  return static_cast<int>(HashesOf(level, size) % kTileWidth);
}

std::string TilePath(const Tile& tile) {
  std::string path = absl::StrCat(
      kTileFolder, tile.level == kEntriesLevel ? std::string(kEntries) : absl::StrCat(tile.level), "/",
      NumberPath(tile.number));
  if (tile.width < kTileWidth) absl::StrAppend(&path, kPartialMark, tile.width);
  return path;
}

absl::StatusOr<Tile> ParseTilePath(absl::string_view path) {
  Tile tile;
  absl::string_view rest = path;
  if (!absl::ConsumePrefix(&rest, kTileFolder)) return NoTilePath(path);
  const std::pair<absl::string_view, absl::string_view> at_level =
      absl::StrSplit(rest, absl::MaxSplits('/', 1));
  if (at_level.first == kEntries) {
    tile.level = kEntriesLevel;
  } else {
    const std::optional<uint64_t> level = ParseDecimal(at_level.first);
    if (!level.has_value() || *level >= kTileLevels) return NoTilePath(path);
    tile.level = static_cast<int>(*level);
  }
  const std::pair<absl::string_view, absl::string_view> at_width =
      absl::StrSplit(at_level.second, absl::MaxSplits(kPartialMark, 1));
  if (at_level.second.find(kPartialMark) != absl::string_view::npos) {
    const std::optional<uint64_t> width = ParseDecimal(at_width.second);
    if (!width.has_value() || *width == 0 || *width >= kTileWidth) return NoTilePath(path);
    tile.width = static_cast<int>(*width);
  }
  tile.number = ParseNumberPath(at_width.first);
  // One tile has one path: whatever else stood in it shows here.
  if (TilePath(tile) != path) return NoTilePath(path);
  return tile;
}

absl::StatusOr<Hash> TileTree::Root(uint64_t size) const {
  return Reader(*store_, size).RootOfRange({0, size});
}

absl::StatusOr<Path> TileTree::Inclusion(uint64_t index, uint64_t size) const {
  const absl::Status inside = CheckIndex(index, size);
  if (!inside.ok()) return inside;
  return Reader(*store_, size).PathOf(InclusionRanges(index, size));
}

absl::StatusOr<Path> TileTree::Consistency(uint64_t old_size, uint64_t new_size) const {
  const absl::Status sizes = CheckSizes(old_size, new_size);
  if (!sizes.ok()) return sizes;
  if (old_size == 0) return Path();
  return Reader(*store_, new_size).PathOf(ConsistencyRanges(old_size, new_size));
}

absl::StatusOr<Hash> TileTree::LeafHashAt(uint64_t index, uint64_t size) const {
  const absl::Status inside = CheckIndex(index, size);
  if (!inside.ok()) return inside;
  return Reader(*store_, size).Subtree(0, index);
}

absl::StatusOr<TileWriter> TileWriter::Resume(const TileStore& store, uint64_t full_tiles) {
  TileWriter writer;
  writer.size_ = full_tiles * kTileWidth;
  std::vector<TileContent> none;
  for (int level = 1; level < kTileLevels; ++level) {
    // The partial tile of this level holds the roots of the full tiles below that are in no full tile of it
    // yet.
    const uint64_t below = FullTiles(level - 1, writer.size_);
    for (uint64_t number = below - below % kTileWidth; number < below; ++number) {
      absl::StatusOr<std::string> bytes = ReadTile(store, {level - 1, number, kTileWidth});
      if (!bytes.ok()) return bytes.status();
      writer.Put(level, RootIn(*bytes, 0, kTileWidth), &none);
    }
  }
  return writer;
}

void TileWriter::Append(const Hash& leaf_hash, std::vector<TileContent>* full) {
  ++size_;
  Put(0, leaf_hash, full);
}

void TileWriter::Put(int level, const Hash& hash, std::vector<TileContent>* full) {
  Level& at = levels_[level];
  at.bytes.append(hash.data(), hash.size());
  at.frontier.Append(hash);
  if (at.frontier.size() < kTileWidth) return;
  const Hash root = at.frontier.Root();
  full->push_back({{level, FullTiles(level, size_) - 1, kTileWidth}, std::move(at.bytes)});
  at = Level();
  if (level + 1 < kTileLevels) Put(level + 1, root, full);
}

Hash TileWriter::Root() const {
  std::vector<Hash> subtrees;
  for (auto level = levels_.rbegin(); level != levels_.rend(); ++level) {
    subtrees.insert(subtrees.end(), level->frontier.subtrees().begin(), level->frontier.subtrees().end());
  }
  return RootOfSubtrees(subtrees);
}

std::vector<TileContent> TileWriter::Partial() const {
  std::vector<TileContent> partial;
  for (int level = 0; level < kTileLevels; ++level) {
    const uint64_t width = levels_[level].frontier.size();
    if (width == 0) continue;
    partial.push_back({{level, FullTiles(level, size_), static_cast<int>(width)}, levels_[level].bytes});
  }
  return partial;
}

}  // namespace attain::proofs
