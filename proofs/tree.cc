#include "proofs/tree.h"

#include <algorithm>

#include "absl/numeric/bits.h"
#include "absl/strings/str_cat.h"

namespace attain::proofs {
namespace {

constexpr absl::string_view kLeafPrefix("\0", 1), kNodePrefix("\1", 1);

// The largest power of two below `size`, which is 2 or more: the left subtree's leaves.
uint64_t Split(uint64_t size) {
  return absl::bit_floor(size - 1);
}

absl::Status TooLong() {
  return absl::InvalidArgumentError("the proof has more hashes than a tree of this size: ask for it again");
}

absl::Status TooShort() {
  return absl::InvalidArgumentError("the proof has fewer hashes than a tree of this size: ask for it again");
}

absl::Status SameSize(const Hash& old_root, const Hash& new_root, const Path& path) {
  if (!path.empty()) return TooLong();
  if (old_root != new_root) {
    return absl::PermissionDeniedError(
        "two trees of the same size have different roots: the history was forked; keep both heads as "
        "evidence");
  }
  return absl::OkStatus();
}

absl::StatusOr<Path> PathOf(const std::vector<LeafRange>& ranges, absl::Span<const Hash> leaf_hashes) {
  Path path;
  path.reserve(ranges.size());
  for (const LeafRange& range : ranges) {
    path.push_back(RootOf(leaf_hashes.subspan(range.begin, range.end - range.begin)));
  }
  return path;
}

// Where a path has come to, between a leaf and the root (RFC 9162 section 2.1.3.2): `place` is the node's
// number among those of its height, `last` that of the last one.
struct Climb {
  uint64_t place;
  uint64_t last;

  bool AtRoot() const { return last == 0; }
  // Whether the next hash of the path stands to the left.
  bool FromLeft() const { return place % 2 == 1 || place == last; }
  // Up by one node. A last node without a neighbour is carried up through the heights that it has none at.
  void Up() {
    if (place % 2 == 0 && place == last) {
      while (place % 2 == 0 && place != 0) Halve();
    }
    Halve();
  }
  void Halve() {
    place /= 2;
    last /= 2;
  }
};

}  // namespace

Hash LeafHash(absl::string_view data) {
  Sha256& sha = ThreadSha256();
  sha.Add(kLeafPrefix);
  sha.Add(data);
  return sha.Finish();
}

Hash NodeHash(const Hash& left, const Hash& right) {
  Sha256& sha = ThreadSha256();
  sha.Add(kNodePrefix);
  sha.Add(View(left));
  sha.Add(View(right));
  return sha.Finish();
}

const Hash& EmptyRoot() {
  static const Hash root = ThreadSha256().Finish();
  return root;
}

Hash RootOfSubtrees(absl::Span<const Hash> subtrees) {
  if (subtrees.empty()) return EmptyRoot();
  Hash root = subtrees.back();
  for (size_t at = subtrees.size() - 1; at > 0; --at) root = NodeHash(subtrees[at - 1], root);
  return root;
}

void Frontier::Append(const Hash& leaf_hash) {
  Hash hash = leaf_hash;
  for (uint64_t full = size_; full % 2 == 1; full /= 2) {
    hash = NodeHash(subtrees_.back(), hash);
    subtrees_.pop_back();
  }
  subtrees_.push_back(hash);
  ++size_;
}

Hash RootOf(absl::Span<const Hash> leaf_hashes) {
  Frontier frontier;
  for (const Hash& hash : leaf_hashes) frontier.Append(hash);
  return frontier.Root();
}

std::vector<LeafRange> InclusionRanges(uint64_t index, uint64_t size) {
  std::vector<LeafRange> ranges;
  uint64_t begin = 0, end = size;
  while (end - begin > 1) {
    const uint64_t middle = begin + Split(end - begin);
    if (index < middle) {
      ranges.push_back({middle, end});
      end = middle;
    } else {
      ranges.push_back({begin, middle});
      begin = middle;
    }
  }
  std::reverse(ranges.begin(), ranges.end());
  return ranges;
}

std::vector<LeafRange> ConsistencyRanges(uint64_t old_size, uint64_t new_size) {
  std::vector<LeafRange> ranges;
  uint64_t begin = 0, end = new_size;
  while (old_size != end) {
    const uint64_t middle = begin + Split(end - begin);
    if (old_size <= middle) {
      ranges.push_back({middle, end});
      end = middle;
    } else {
      ranges.push_back({begin, middle});
      begin = middle;
    }
  }
  // What is left is a subtree of both trees. The verifier knows it when it is all of the old one.
  if (begin != 0) ranges.push_back({begin, end});
  std::reverse(ranges.begin(), ranges.end());
  return ranges;
}

absl::Status CheckIndex(uint64_t index, uint64_t size) {
  if (index < size) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("leaf ", index, " is not in a tree of ", size, ": ask for a larger tree"));
}

absl::Status CheckSizes(uint64_t old_size, uint64_t new_size) {
  if (old_size <= new_size) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("a tree of ", new_size, " does not grow out of one of ",
                                                 old_size, ": name the smaller one first"));
}

absl::StatusOr<Path> InclusionPath(uint64_t index, absl::Span<const Hash> leaf_hashes) {
  const absl::Status inside = CheckIndex(index, leaf_hashes.size());
  if (!inside.ok()) return inside;
  return PathOf(InclusionRanges(index, leaf_hashes.size()), leaf_hashes);
}

absl::StatusOr<Path> ConsistencyPath(uint64_t old_size, absl::Span<const Hash> leaf_hashes) {
  const absl::Status sizes = CheckSizes(old_size, leaf_hashes.size());
  if (!sizes.ok()) return sizes;
  if (old_size == 0) return Path();
  return PathOf(ConsistencyRanges(old_size, leaf_hashes.size()), leaf_hashes);
}

absl::Status CheckInclusion(uint64_t index, uint64_t size, const Hash& leaf_hash, const Path& path,
                            const Hash& root) {
  const absl::Status inside = CheckIndex(index, size);
  if (!inside.ok()) return inside;
  Climb climb{index, size - 1};
  Hash hash = leaf_hash;
  for (const Hash& next : path) {
    if (climb.AtRoot()) return TooLong();
    hash = climb.FromLeft() ? NodeHash(next, hash) : NodeHash(hash, next);
    climb.Up();
  }
  if (!climb.AtRoot()) return TooShort();
  if (hash != root) {
    return absl::PermissionDeniedError(absl::StrCat("leaf ", index, " is not what the root of ", size,
                                                    " leaves stands for: it was changed"));
  }
  return absl::OkStatus();
}

absl::Status CheckConsistency(uint64_t old_size, const Hash& old_root, uint64_t new_size,
                              const Hash& new_root, const Path& path) {
  const absl::Status sizes = CheckSizes(old_size, new_size);
  if (!sizes.ok()) return sizes;
  if ((old_size == 0 && old_root != EmptyRoot()) || (new_size == 0 && new_root != EmptyRoot())) {
    return absl::PermissionDeniedError("a tree without leaves has another root: this head is wrong");
  }
  if (old_size == new_size) return SameSize(old_root, new_root, path);
  if (old_size == 0) return path.empty() ? absl::OkStatus() : TooLong();

  Climb climb{old_size - 1, new_size - 1};
  while (climb.place % 2 == 1) climb.Halve();
  size_t used = 0;
  // The subtree that both trees begin to climb from: all of the old tree, or the first hash of the path.
  Hash start = old_root;
  if (climb.place != 0) {
    if (path.empty()) return TooShort();
    start = path[used++];
  }
  Hash from_old = start, from_new = start;
  for (; used < path.size(); ++used) {
    if (climb.AtRoot()) return TooLong();
    if (climb.FromLeft()) {
      from_old = NodeHash(path[used], from_old);
      from_new = NodeHash(path[used], from_new);
    } else {
      from_new = NodeHash(from_new, path[used]);
    }
    climb.Up();
  }
  if (!climb.AtRoot()) return TooShort();
  if (from_old != old_root || from_new != new_root) {
    return absl::PermissionDeniedError(
        absl::StrCat("the tree of ", new_size, " leaves does not begin with those of ", old_size,
                     ": the history was rewritten; keep both heads as evidence"));
  }
  return absl::OkStatus();
}

}  // namespace attain::proofs
