// The Merkle tree of RFC 6962 and RFC 9162 section 2.1 with SHA-256: hashes, roots, proofs and their checks.
//
// A leaf's place is its index, from 0; a tree's size is its number of leaves. Both are below 2^63. The root
// of a tree stands for all its leaves and their order. A path (a proof) is a list of hashes, in the order of
// the RFCs: from the leaves up. All functions are thread-safe.
#ifndef ATTAIN_PROOFS_TREE_H_
#define ATTAIN_PROOFS_TREE_H_

#include <cstdint>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "proofs/sha256.h"

namespace attain::proofs {

using Path = std::vector<Hash>;

// SHA-256(0x00 ‖ data)
Hash LeafHash(absl::string_view data);
// SHA-256(0x01 ‖ left ‖ right)
Hash NodeHash(const Hash& left, const Hash& right);
// The root of the tree without leaves: SHA-256 of nothing.
const Hash& EmptyRoot();

// The root over full subtrees that stand side by side, each smaller than the one before: what a tree of any
// size consists of. Of none: EmptyRoot().
Hash RootOfSubtrees(absl::Span<const Hash> subtrees);

// A tree that only grows, kept as its full subtrees: at most 63 hashes, whatever its size. Thread-compatible.
class Frontier {
 public:
  // One more leaf. One node is hashed for each leaf, on average.
  void Append(const Hash& leaf_hash);
  uint64_t size() const { return size_; }
  Hash Root() const { return RootOfSubtrees(subtrees_); }
  // The full subtrees, the largest first: one for each bit that is set in the size.
  absl::Span<const Hash> subtrees() const { return subtrees_; }

 private:
  uint64_t size_ = 0;
  absl::InlinedVector<Hash, 16> subtrees_;
};

Hash RootOf(absl::Span<const Hash> leaf_hashes);

// The leaves [begin, end) below one node: at least one, and `begin` is a multiple of every power of two up to
// their number, so that they consist of full subtrees of the whole tree, the largest first.
struct LeafRange {
  uint64_t begin = 0;
  uint64_t end = 0;
};
// Which nodes make up a path; who has the leaves, or tiles of them, hashes them. For an index below the size,
// and for an old size of 1 … new size; no range where the path is empty.
std::vector<LeafRange> InclusionRanges(uint64_t index, uint64_t size);
std::vector<LeafRange> ConsistencyRanges(uint64_t old_size, uint64_t new_size);

// INVALID_ARGUMENT for an index that is not below the size, and for an old size above the new one.
absl::Status CheckIndex(uint64_t index, uint64_t size);
absl::Status CheckSizes(uint64_t old_size, uint64_t new_size);

// Paths in a tree whose leaves are at hand. INVALID_ARGUMENT for an index that is not below their number, and
// for an old size above it. The path from the old size 0 is empty.
absl::StatusOr<Path> InclusionPath(uint64_t index, absl::Span<const Hash> leaf_hashes);
absl::StatusOr<Path> ConsistencyPath(uint64_t old_size, absl::Span<const Hash> leaf_hashes);

// OK when the leaf stands at `index` in the tree of `size` leaves with this root. INVALID_ARGUMENT for an
// index that is not below the size and for a path that is too long or too short; PERMISSION_DENIED when it
// leads to another root.
absl::Status CheckInclusion(uint64_t index, uint64_t size, const Hash& leaf_hash, const Path& path,
                            const Hash& root);

// OK when the tree of `new_size` leaves begins with all leaves of the tree of `old_size`. Everything grows
// out of the empty tree, with an empty path; a tree of size 0 must have EmptyRoot(). INVALID_ARGUMENT for an
// old size above the new one and for a path that is too long or too short; PERMISSION_DENIED when the trees
// do not have one history.
absl::Status CheckConsistency(uint64_t old_size, const Hash& old_root, uint64_t new_size,
                              const Hash& new_root, const Path& path);

}  // namespace attain::proofs

#endif  // ATTAIN_PROOFS_TREE_H_
