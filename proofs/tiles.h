// The tree in tiles (C2SP tlog-tiles): 256 hashes that stand side by side at every eighth height. A tile that
// is full never changes; from tiles the root and every proof of any size are computed.
//
// Level 0 holds the hashes of leaves, level l + 1 the roots of the full tiles of level l. Tile `number` of a
// level begins with hash 256 · number of that level.
#ifndef ATTAIN_PROOFS_TILES_H_
#define ATTAIN_PROOFS_TILES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "proofs/tree.h"

namespace attain::proofs {

inline constexpr int kTileHeight = 8, kTileWidth = 1 << kTileHeight;
inline constexpr size_t kTileBytes = kTileWidth * kHashBytes;
// Levels that trees of less than 2^63 leaves have.
inline constexpr int kTileLevels = 8;
// In a path: the bundle of entries that belongs to a tile of level 0.
inline constexpr int kEntriesLevel = -1;

struct Tile {
  int level = 0;
  uint64_t number = 0;
  int width = kTileWidth;  // hashes, 1 … 256; below 256 the tile is partial

  friend bool operator==(const Tile& a, const Tile& b) {
    return a.level == b.level && a.number == b.number && a.width == b.width;
  }
};

// How many full tiles a level of the tree of `size` leaves has, and how many hashes the partial one behind
// them: 0 when there is none. `level` is 0 … kTileLevels − 1.
uint64_t FullTiles(int level, uint64_t size);
int PartialWidth(int level, uint64_t size);

// "tile/0/x001/x234/067", "tile/1/000.p/17", "tile/entries/000": the path below the log's address.
std::string TilePath(const Tile& tile);
// INVALID_ARGUMENT for everything that TilePath does not give, and for levels above kTileLevels − 1.
absl::StatusOr<Tile> ParseTilePath(absl::string_view path);

// Where tiles are kept. Implementations are thread-safe.
class TileStore {
 public:
  virtual ~TileStore() = default;
  // The hashes of a tile, one behind the other, 32 bytes each. At least `tile.width` of them; more when the
  // tile has grown meanwhile. NOT_FOUND when the tile, or that much of it, is not there.
  virtual absl::StatusOr<std::string> Read(const Tile& tile) const = 0;
};

// Roots and proofs of one log, of any size that its store has the tiles of. Each call reads each tile that it
// needs once: at most two of a level. Thread-safe.
//
// What a store holds is believed. Who does not believe it compares the root with a signed head first.
// Errors of the store are passed on; DATA_LOSS, with the tile's path, for a tile with fewer bytes than it
// must have.
class TileTree {
 public:
  // The store must outlive the tree.
  explicit TileTree(const TileStore* store) : store_(store) {}

  absl::StatusOr<Hash> Root(uint64_t size) const;
  // Errors of their own are those of CheckIndex and CheckSizes.
  absl::StatusOr<Path> Inclusion(uint64_t index, uint64_t size) const;
  absl::StatusOr<Path> Consistency(uint64_t old_size, uint64_t new_size) const;
  absl::StatusOr<Hash> LeafHashAt(uint64_t index, uint64_t size) const;

 private:
  const TileStore* const store_;
};

struct TileContent {
  Tile tile;
  std::string bytes;
};

// Takes hashes of leaves in their order and gives tiles when they are full; keeps the partial ones, at most
// 255 hashes of each level. Thread-compatible.
class TileWriter {
 public:
  TileWriter() : levels_(kTileLevels) {}
  // Goes on behind the full tiles of a store: at the size 256 · `full_tiles`, these being the full tiles of
  // level 0. The leaves that came after them must be appended again. Reads at most 255 tiles of each level;
  // errors are those of the store, and DATA_LOSS for a tile that is cut off.
  static absl::StatusOr<TileWriter> Resume(const TileStore& store, uint64_t full_tiles);

  // Adds the tiles that the leaf has filled to `full`, lower levels first. Those of one call belong together:
  // a store keeps all of them or none.
  void Append(const Hash& leaf_hash, std::vector<TileContent>* full);

  uint64_t size() const { return size_; }
  Hash Root() const;
  // The partial tiles as they are now, lower levels first. They and the full ones make the tree of size().
  std::vector<TileContent> Partial() const;

 private:
  struct Level {
    std::string bytes;  // of the partial tile
    Frontier frontier;  // over the same hashes
  };

  // Appends a hash to a level, and the roots of tiles that it fills to those above.
  void Put(int level, const Hash& hash, std::vector<TileContent>* full);

  uint64_t size_ = 0;
  std::vector<Level> levels_;
};

}  // namespace attain::proofs

#endif  // ATTAIN_PROOFS_TILES_H_
