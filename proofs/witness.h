// What a witness decides (C2SP tlog-witness, add-checkpoint): it signs the head of a log only when that grows
// out of the head that it signed last. The notary, which holds a log's own key, decides by the same rule.
//
// The state is behind an interface, the transport is the caller's: bytes of a request in, code and bytes of
// the answer out.
#ifndef ATTAIN_PROOFS_WITNESS_H_
#define ATTAIN_PROOFS_WITNESS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "proofs/checkpoint.h"
#include "proofs/key.h"
#include "proofs/note.h"
#include "proofs/tree.h"

namespace attain::proofs {

// The body of a request:
//   old SIZE               the last head that the witness is thought to have signed; 0: none
//   BASE64(hash)           the consistency proof from there, one hash a line, at most 63
//   (an empty line)
//   the checkpoint with its signatures; for a notary its text alone
struct AddCheckpoint {
  uint64_t old_size = 0;
  Path proof;
  std::string checkpoint;
};
std::string PrintAddCheckpoint(const AddCheckpoint& request);
// INVALID_ARGUMENT for what is no such body or above the limits; the checkpoint is not read.
absl::StatusOr<AddCheckpoint> ParseAddCheckpoint(absl::string_view body);

// The newest checkpoint that was signed of each log. Implementations are thread-safe.
class WitnessState {
 public:
  virtual ~WitnessState() = default;
  // What Replace put there last; empty when there is nothing.
  virtual absl::StatusOr<std::string> Latest(absl::string_view origin) = 0;
  // Puts `next` in the place of `seen`, in one step, and returns once it would outlive a power cut. False,
  // and nothing changed, when the newest is not `seen` any more.
  virtual absl::StatusOr<bool> Replace(absl::string_view origin, absl::string_view seen,
                                       absl::string_view next) = 0;
};

// Codes are those of HTTP.
struct WitnessAnswer {
  int code = 0;
  std::string content_type;
  std::string body;
  // Why it was refused, for the operator's log; empty when it was signed. 409 and 422 of a checkpoint that
  // its log signed mean a fork, or an older copy that was put back.
  std::string why;
};

// Thread-safe when its signers and its state are.
class Witness {
 public:
  struct Log {
    std::string origin;
    std::vector<VerifierKey> keys;  // that it signs with; in a notary not used
  };
  struct Options {
    std::vector<Log> logs;  // each origin once
    // All sign, with keys of type 4; in a notary those of type 1 that have the origin's name. They must
    // outlive the witness.
    std::vector<const Signer*> signers;
    WitnessState* state = nullptr;  // must outlive the witness
    // A notary takes checkpoints without signatures from whoever reaches it, and refuses extension lines.
    bool is_notary = false;
  };

  // INVALID_ARGUMENT, saying what, when options are missing or do not fit each other.
  static absl::StatusOr<std::unique_ptr<Witness>> Make(Options options);

  // Decides one request. `now` is what the signature says. The codes:
  //   200  the body is the signature lines; the head is in the state, now or already
  //   400  no such request, or an old size above the new one
  //   403  no known key of the log signed the checkpoint
  //   404  a log that is not known
  //   409  the old size is not that of the head that was signed last: the body is that size, of type
  //        text/x.tlog.size. Or both sizes are that one and the root is another: the body is text
  //   422  the proof does not lead from the head that was signed last to the new one
  //   500  the state cannot be read or written, or the key does not sign. No signature is given out; asked
  //        again, it may be
  WitnessAnswer Decide(absl::string_view body, absl::Time now) const;

 private:
  // A request that is taken apart.
  struct Submission {
    AddCheckpoint request;
    std::string text;  // of the checkpoint, what is signed
    Checkpoint head;
  };

  explicit Witness(Options options) : options_(std::move(options)) {}

  // Fills `submission`; an answer with a code when the request is refused.
  WitnessAnswer Read(absl::string_view body, Submission* submission) const;
  const Log* Find(absl::string_view origin) const;
  std::vector<const Signer*> SignersFor(absl::string_view origin) const;
  // Checks the head against the one that was signed last and puts it in its place; an answer with a code
  // when it is refused.
  WitnessAnswer Advance(const Submission& submission) const;
  WitnessAnswer Sign(const Submission& submission, absl::Time now) const;

  const Options options_;
};

}  // namespace attain::proofs

#endif  // ATTAIN_PROOFS_WITNESS_H_
