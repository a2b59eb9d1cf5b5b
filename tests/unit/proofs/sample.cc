#include "tests/unit/proofs/sample.h"

#include <openssl/sha.h>

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "proofs/encoding.h"

namespace attain::proofs {
namespace {

Hash OneShot(const std::string& bytes) {
  Hash hash;
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(hash.data()));
  return hash;
}

Hash SlowNode(const Hash& left, const Hash& right) {
  return OneShot(absl::StrCat(std::string("\1"), View(left), View(right)));
}

// The largest power of two below n.
uint64_t LargestBelow(uint64_t n) {
  uint64_t k = 1;
  while (2 * k < n) k *= 2;
  return k;
}

SecretKey MustMake(absl::string_view name, SignatureType type, absl::string_view seed) {
  return *SecretKey::Make(name, type, *Ed25519PrivateKey::FromSeed(seed));
}

}  // namespace

std::string Hex(const Hash& hash) {
  return absl::BytesToHexString(View(hash));
}

Hash FromHex(absl::string_view hex) {
  return HashOf(absl::HexStringToBytes(hex));
}

std::string HeadNote() {
  return absl::StrCat(kHeadText, "\n", kLogLine, kWitnessLine);
}

std::string HeadPolicy() {
  return absl::StrCat("log ", kLogKey, "\nwitness w ", WitnessKey().verifier().Text(), "\nquorum w\n");
}

SecretKey LogKey() {
  return MustMake(kOrigin, SignatureType::kEd25519, absl::HexStringToBytes(kSeedHex));
}

SecretKey WitnessKey() {
  return MustMake(kWitnessName, SignatureType::kCosignature, absl::HexStringToBytes(kSeedHex));
}

SecretKey OtherKey(absl::string_view name, SignatureType type, char seed) {
  return MustMake(name, type, std::string(kEd25519KeyBytes, seed));
}

std::vector<Hash> Leaves(uint64_t size) {
  std::vector<Hash> leaves;
  for (uint64_t index = 0; index < size; ++index) {
    std::string bytes;
    AppendBigEndian(index, 8, &bytes);
    leaves.push_back(LeafHash(bytes));
  }
  return leaves;
}

Hash SlowTree::Root(uint64_t begin, uint64_t end) {
  if (begin == end) return OneShot("");
  if (end - begin == 1) return leaves_[begin];
  const auto found = roots_.find({begin, end});
  if (found != roots_.end()) return found->second;
  const uint64_t middle = begin + LargestBelow(end - begin);
  const Hash root = SlowNode(Root(begin, middle), Root(middle, end));
  roots_[{begin, end}] = root;
  return root;
}

Path SlowTree::Inclusion(uint64_t index, uint64_t begin, uint64_t end) {
  if (end - begin <= 1) return {};
  const uint64_t middle = begin + LargestBelow(end - begin);
  const bool is_left = index < middle;
  Path path = is_left ? Inclusion(index, begin, middle) : Inclusion(index, middle, end);
  path.push_back(is_left ? Root(middle, end) : Root(begin, middle));
  return path;
}

Path SlowTree::Consistency(uint64_t old_size, uint64_t begin, uint64_t end, bool whole) {
  if (old_size == end - begin) return whole ? Path() : Path{Root(begin, end)};
  const uint64_t left = LargestBelow(end - begin), middle = begin + left;
  const bool is_left = old_size <= left;
  Path path = is_left ? Consistency(old_size, begin, middle, whole)
                      : Consistency(old_size - left, middle, end, false);
  path.push_back(is_left ? Root(middle, end) : Root(begin, middle));
  return path;
}

absl::StatusOr<std::string> MemoryTiles::Read(const Tile& tile) const {
  read_.push_back(tile);
  const auto found = tiles_.find({tile.level, tile.number});
  if (found == tiles_.end()) return absl::NotFoundError(TilePath(tile));
  return found->second;
}

void MemoryTiles::Fill(const std::vector<Hash>& leaves) {
  TileWriter writer;
  std::vector<TileContent> content;
  for (const Hash& leaf : leaves) writer.Append(leaf, &content);
  for (const TileContent& partial : writer.Partial()) content.push_back(partial);
  for (const TileContent& each : content) Put(each);
}

std::string Flipped(std::string text, size_t bit) {
  text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << (bit % 8)));
  return text;
}

Hash FlippedHash(Hash hash, size_t bit) {
  return HashOf(Flipped(std::string(View(hash)), bit));
}

}  // namespace attain::proofs
