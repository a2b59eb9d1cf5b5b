// The leaf of the log that stands for one revision: 60 bytes that commit to the entry in parts, so that a
// part can be left out of what is shown and the rest still be verified.
//
// Layout (numbers big-endian):
//   0   8  "ATTAINL1"
//   8   8  revision, from 1; the leaf's index in the tree is revision − 1
//   16  8  recorded time, microseconds since the epoch, two's complement
//   24  4  number of parts, from 1
//   28 32  root of the parts: the RFC 6962 tree over their leaves
// A part's leaf is kind (1) ‖ salt (16) ‖ data. Without its salt nobody can guess a part from its hash.
//
// All functions are thread-safe; they allocate nothing but what they return.
#ifndef ATTAIN_PROOFS_LEAF_H_
#define ATTAIN_PROOFS_LEAF_H_

#include <array>
#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "proofs/sha256.h"
#include "proofs/tree.h"

namespace attain::proofs {

inline constexpr size_t kLeafBytes = 60, kEntrySaltBytes = 32, kPartSaltBytes = 16;

using LeafBytes = std::array<char, kLeafBytes>;
using PartSalt = std::array<char, kPartSaltBytes>;

inline absl::string_view View(const LeafBytes& leaf) {
  return {leaf.data(), leaf.size()};
}
inline absl::string_view View(const PartSalt& salt) {
  return {salt.data(), salt.size()};
}

// What a part holds. The numbers are hashed: they never change their meaning.
enum class PartKind : uint8_t {
  kWhole = 0,  // the whole payload of an entry of an older schema
  kWho = 1,    // person, on whose behalf, credential, address, request key
  kFacts = 2,  // an event without its texts
  kTexts = 3,  // an event's free texts and names
  kHead = 4,   // what this revision is to one table
};

// `number`: the part's place in its entry, from 0. `entry_salt` has 32 bytes. The first 16 bytes of
// SHA-256(entry salt ‖ number).
PartSalt SaltOfPart(absl::string_view entry_salt, uint32_t number);

// The hash of a part's leaf. `salt` has 16 bytes.
Hash PartHash(PartKind kind, absl::string_view salt, absl::string_view data);

struct Leaf {
  uint64_t revision = 0;
  absl::Time time;
  uint32_t parts = 0;
  Hash root{};  // of the parts
};

// The leaf over parts in their order; there is at least one.
Leaf MakeLeaf(uint64_t revision, absl::Time time, absl::Span<const Hash> part_hashes);
// The leaf of an entry of an older schema: one part with the whole payload, its salt is zeros. It can be
// guessed, and is shown whole or not at all.
Leaf MakeWholeLeaf(uint64_t revision, absl::Time time, absl::string_view payload);

// Microseconds are kept of the time.
LeafBytes EncodeLeaf(const Leaf& leaf);
// INVALID_ARGUMENT for bytes that are no leaf: another length or another beginning, revision 0, no parts.
absl::StatusOr<Leaf> DecodeLeaf(absl::string_view bytes);

// OK when this is part `number` of the leaf. INVALID_ARGUMENT for a salt of another length, a number that is
// not below the leaf's and a path that does not fit; PERMISSION_DENIED when kind, salt, data or place were
// changed.
absl::Status CheckPart(const Leaf& leaf, uint32_t number, PartKind kind, absl::string_view salt,
                       absl::string_view data, const Path& path);

}  // namespace attain::proofs

#endif  // ATTAIN_PROOFS_LEAF_H_
