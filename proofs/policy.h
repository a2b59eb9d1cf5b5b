// Whom a reader trusts (C2SP tlog-policy): the keys of logs and witnesses, and how many witnesses must have
// seen a head.
//
//   log VKEY [URL]
//   witness NAME VKEY [URL]
//   group NAME all|any|K MEMBER…       members are witnesses and groups that were named above
//   quorum NAME|none                   once
// Lines that begin with "#" and empty lines say nothing.
#ifndef ATTAIN_PROOFS_POLICY_H_
#define ATTAIN_PROOFS_POLICY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "proofs/checkpoint.h"
#include "proofs/key.h"
#include "proofs/note.h"

namespace attain::proofs {

inline constexpr size_t kMaxPolicyBytes = 256 * 1024, kMaxPolicyLines = 1024;

// A head that a policy accepts.
struct AcceptedHead {
  struct Witness {
    std::string name;  // in the policy
    absl::Time time;   // when it saw the head, as it says
  };

  Checkpoint checkpoint;
  std::vector<Witness> witnesses;  // those that signed, in the order of the policy, each once
};

// Thread-safe once it is there.
class Policy {
 public:
  struct Log {
    VerifierKey key;
    std::string url;  // empty when not given
  };
  struct Witness {
    std::string name;
    VerifierKey key;
    std::string url;  // empty when not given
  };

  // INVALID_ARGUMENT with the line's number for what is no policy or above the limits. The keys of logs are
  // of type 1, those of witnesses of type 4.
  static absl::StatusOr<Policy> Parse(absl::string_view text);

  const std::vector<Log>& logs() const { return logs_; }
  const std::vector<Witness>& witnesses() const { return witnesses_; }

  // The head of a note that is signed by a log of the policy, under the log's own origin, and cosigned by the
  // quorum. INVALID_ARGUMENT for what is no note or no checkpoint; PERMISSION_DENIED for a wrong signature,
  // for a log that is not listed and for too few witnesses, whose names it then says.
  absl::StatusOr<AcceptedHead> Accept(absl::string_view note) const;
  // The same without asking for witnesses: those that signed are listed.
  absl::StatusOr<AcceptedHead> AcceptLog(absl::string_view note) const;

 private:
  friend class PolicyParser;

  // A witness or a group: what a name stands for. Members come before those that hold them.
  struct Voter {
    std::string name;
    size_t witness = 0;           // for a witness, which
    std::vector<size_t> members;  // of a group: which voters
    size_t threshold = 0;         // of a group: how many of them; 0 for a witness
  };

  // Whether the quorum is among the witnesses that signed: one flag for each of witnesses().
  bool QuorumMet(const std::vector<bool>& signed_by) const;

  std::vector<Log> logs_;
  std::vector<Witness> witnesses_;
  std::vector<Voter> voters_;
  size_t quorum_ = kNoQuorum;

  static constexpr size_t kNoQuorum = static_cast<size_t>(-1);
};

}  // namespace attain::proofs

#endif  // ATTAIN_PROOFS_POLICY_H_
