#include "proofs/leaf.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "proofs/encoding.h"

namespace attain::proofs {
namespace {

constexpr absl::string_view kMagic = "ATTAINL1";
// Where the fields begin.
constexpr size_t kRevisionAt = 8, kTimeAt = 16, kPartsAt = 24, kRootAt = 28;

}  // namespace

PartSalt SaltOfPart(absl::string_view entry_salt, uint32_t number) {
  char place[4];
  PutBigEndian(number, sizeof(place), place);
  Sha256& sha = ThreadSha256();
  sha.Add(entry_salt);
  sha.Add(absl::string_view(place, sizeof(place)));
  const Hash hash = sha.Finish();
  PartSalt salt;
  std::copy_n(hash.begin(), salt.size(), salt.begin());
  return salt;
}

Hash PartHash(PartKind kind, absl::string_view salt, absl::string_view data) {
  // The prefix of a leaf (RFC 6962), then the part.
  const char head[2] = {'\0', static_cast<char>(kind)};
  Sha256& sha = ThreadSha256();
  sha.Add(absl::string_view(head, sizeof(head)));
  sha.Add(salt);
  sha.Add(data);
  return sha.Finish();
}

Leaf MakeLeaf(uint64_t revision, absl::Time time, absl::Span<const Hash> part_hashes) {
  return {revision, time, static_cast<uint32_t>(part_hashes.size()), RootOf(part_hashes)};
}

Leaf MakeWholeLeaf(uint64_t revision, absl::Time time, absl::string_view payload) {
  constexpr PartSalt kNoSalt{};
  return {revision, time, 1, PartHash(PartKind::kWhole, View(kNoSalt), payload)};
}

LeafBytes EncodeLeaf(const Leaf& leaf) {
  LeafBytes bytes;
  char* out = std::copy(kMagic.begin(), kMagic.end(), bytes.data());
  out = PutBigEndian(leaf.revision, 8, out);
  out = PutBigEndian(static_cast<uint64_t>(absl::ToUnixMicros(leaf.time)), 8, out);
  out = PutBigEndian(leaf.parts, 4, out);
  std::copy(leaf.root.begin(), leaf.root.end(), out);
  return bytes;
}

absl::StatusOr<Leaf> DecodeLeaf(absl::string_view bytes) {
  if (bytes.size() != kLeafBytes) {
    return absl::InvalidArgumentError(absl::StrCat("a leaf has ", kLeafBytes, " bytes, this has ",
                                                   bytes.size(), ": take the bytes as they were served"));
  }
  if (bytes.substr(0, kRevisionAt) != kMagic) {
    return absl::InvalidArgumentError(
        absl::StrCat("a leaf begins with ", kMagic, ": this is another kind of leaf, or of a newer version"));
  }
  Leaf leaf;
  leaf.revision = ReadBigEndian(bytes.substr(kRevisionAt, 8));
  leaf.time = absl::FromUnixMicros(static_cast<int64_t>(ReadBigEndian(bytes.substr(kTimeAt, 8))));
  leaf.parts = static_cast<uint32_t>(ReadBigEndian(bytes.substr(kPartsAt, 4)));
  leaf.root = HashOf(bytes.substr(kRootAt));
  if (leaf.revision == 0 || leaf.parts == 0) {
    return absl::InvalidArgumentError(
        "revisions and parts of a leaf count from 1: this leaf was not made by Attain");
  }
  return leaf;
}

absl::Status CheckPart(const Leaf& leaf, uint32_t number, PartKind kind, absl::string_view salt,
                       absl::string_view data, const Path& path) {
  if (salt.size() != kPartSaltBytes) {
    return absl::InvalidArgumentError(absl::StrCat("part ", number, " of revision ", leaf.revision,
                                                   ": a salt has ", kPartSaltBytes, " bytes"));
  }
  const absl::Status in_leaf =
      CheckInclusion(number, leaf.parts, PartHash(kind, salt, data), path, leaf.root);
  if (in_leaf.ok()) return in_leaf;
  return absl::Status(in_leaf.code(),
                      absl::StrCat("part ", number, " of revision ", leaf.revision, ": ", in_leaf.message()));
}

}  // namespace attain::proofs
