// What the tests of this room share: the published vectors, a slow second implementation of the tree, tiles
// in memory.
#ifndef ATTAIN_TESTS_UNIT_PROOFS_SAMPLE_H_
#define ATTAIN_TESTS_UNIT_PROOFS_SAMPLE_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "proofs/key.h"
#include "proofs/tiles.h"
#include "proofs/tree.h"

namespace attain::proofs {

std::string Hex(const Hash& hash);
Hash FromHex(absl::string_view hex);

// Published: key 1 of RFC 8032 section 7.1 as a log's and as a witness's key, a head of three leaves, both
// signatures.
inline constexpr absl::string_view kSeedHex =
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
inline constexpr absl::string_view kOrigin = "log.example/0123456789abcdef/1";
inline constexpr absl::string_view kWitnessName = "witness.example/w";
inline constexpr absl::string_view kLogKey =
    "log.example/0123456789abcdef/1+30debdbc+AddamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea";
inline constexpr absl::string_view kRootOf3Hex =
    "7005445929cfb60a6dee26e035565e21ea305d79e975f4992d8edd317f114680";
inline constexpr absl::string_view kHeadText =
    "log.example/0123456789abcdef/1\n3\ncAVEWSnPtgpt7ibgNVZeIeowXXnpdfSZLY7dMX8RRoA=\n";
inline constexpr absl::string_view kLogLine =
    "\u2014 log.example/0123456789abcdef/1 "
    "MN69vLK6LmJ/y1iZ0CwRQOBoGjpfM1xwTj/NwHHEFhv5oNyNGbs+Hn0sY/ZW4pYNWZcyG7pvlooZsSWdoQ02iRFeHQM=\n";
inline constexpr absl::string_view kWitnessLine =
    "\u2014 witness.example/w "
    "u6u3CgAAAABndIXk960nX3IeQcwjwkkVeXP1nfSIGSZDJ7+pw2obYUaxCqaxqNP4YvJKdoGWoqJWNuwYQWl8NYNiWpsyrhqMOiM9BA=="
    "\n";
// When the witness signed.
inline const absl::Time kSeen = absl::FromUnixSeconds(1735689700);
std::string HeadNote();  // text, gap, both lines
// "log …", "witness w …", "quorum w".
std::string HeadPolicy();

SecretKey LogKey();
SecretKey WitnessKey();
// Another key for each seed.
SecretKey OtherKey(absl::string_view name, SignatureType type, char seed);

// A log of `size` leaves: the hashes of their indexes in 8 bytes.
std::vector<Hash> Leaves(uint64_t size);

// RFC 6962 section 2.1 word by word, over another interface of the library for SHA-256. Roots are kept.
class SlowTree {
 public:
  explicit SlowTree(std::vector<Hash> leaves) : leaves_(std::move(leaves)) {}
  Hash Root(uint64_t begin, uint64_t end);
  Path Inclusion(uint64_t index, uint64_t begin, uint64_t end);
  Path Consistency(uint64_t old_size, uint64_t begin, uint64_t end, bool whole);

 private:
  std::vector<Hash> leaves_;
  std::map<std::pair<uint64_t, uint64_t>, Hash> roots_;
};

// Tiles in memory; keeps the widest of each. Counts what is read.
class MemoryTiles : public TileStore {
 public:
  absl::StatusOr<std::string> Read(const Tile& tile) const override;
  void Put(const TileContent& content) { tiles_[{content.tile.level, content.tile.number}] = content.bytes; }
  // All tiles of the log with these leaves.
  void Fill(const std::vector<Hash>& leaves);

  std::map<std::pair<int, uint64_t>, std::string> tiles_;
  mutable std::vector<Tile> read_;
};

// The text with one bit changed.
std::string Flipped(std::string text, size_t bit);
Hash FlippedHash(Hash hash, size_t bit);

}  // namespace attain::proofs

#endif  // ATTAIN_TESTS_UNIT_PROOFS_SAMPLE_H_
