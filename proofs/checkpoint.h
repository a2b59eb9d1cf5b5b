// The head of a log as a text (C2SP tlog-checkpoint), the body of a signed note:
//
//   ORIGIN               which log
//   SIZE                 number of leaves, decimal
//   BASE64(root)         RFC 6962
//   extension lines      none in ours: nobody can audit them
// Functions are thread-safe.
#ifndef ATTAIN_PROOFS_CHECKPOINT_H_
#define ATTAIN_PROOFS_CHECKPOINT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "proofs/sha256.h"

namespace attain::proofs {

struct Checkpoint {
  std::string origin;
  uint64_t size = 0;
  Hash root{};
  std::vector<std::string> extensions;  // empty in the heads of Attain
};

// INVALID_ARGUMENT, saying which line is wrong, for what is no checkpoint: empty lines, numbers or hashes in
// another spelling, a last line without end. Other logs' extension lines are kept. Whether the root fits the
// size is not looked at.
absl::StatusOr<Checkpoint> ParseCheckpoint(absl::string_view text);
// Parsed, it gives the same bytes again.
std::string CheckpointText(const Checkpoint& checkpoint);

}  // namespace attain::proofs

#endif  // ATTAIN_PROOFS_CHECKPOINT_H_
