// The proof that one leaf is in a log, in one file that is checked offline (C2SP tlog-proof, *.tlog-proof):
//
//   c2sp.org/tlog-proof@v1
//   extra BASE64                   optional; proven by nothing
//   index NUMBER                   of the leaf, from 0
//   BASE64(hash)                   the path, one hash a line
//   (an empty line)
//   the checkpoint with its signatures
// Functions are thread-safe.
#ifndef ATTAIN_PROOFS_TLOG_PROOF_H_
#define ATTAIN_PROOFS_TLOG_PROOF_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "proofs/policy.h"
#include "proofs/tree.h"

namespace attain::proofs {

struct TlogProof {
  std::optional<std::string> extra;  // not empty; whoever hands the file on can change it
  uint64_t index = 0;
  Path path;               // at most kMaxProofHashes of encoding.h
  std::string checkpoint;  // the signed note, byte for byte
};

// Of the extra data, in bytes.
inline constexpr size_t kMaxExtraBytes = 64 * 1024;

// Parsed, it gives the same bytes again.
std::string PrintTlogProof(const TlogProof& proof);
// INVALID_ARGUMENT, saying what is wrong, for what is no such file or above the limits. Nothing is verified,
// and the checkpoint is not read.
absl::StatusOr<TlogProof> ParseTlogProof(absl::string_view text);

// The head that proves that the log holds `leaf` (its bytes, not its hash) at the proof's index. Errors are
// those of ParseTlogProof, Policy::Accept and CheckInclusion.
absl::StatusOr<AcceptedHead> CheckTlogProof(absl::string_view text, const Policy& policy,
                                            absl::string_view leaf);

}  // namespace attain::proofs

#endif  // ATTAIN_PROOFS_TLOG_PROOF_H_
