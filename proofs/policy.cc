#include "proofs/policy.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "proofs/encoding.h"

namespace attain::proofs {
namespace {

constexpr absl::string_view kNone = "none";

using Words = std::vector<absl::string_view>;

absl::Status Wrong(int line, absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat("policy, line ", line, ": ", why));
}

bool IsAllowed(char byte) {
  return byte == '\t' || static_cast<unsigned char>(byte) >= 0x80 ||
         absl::ascii_isprint(static_cast<unsigned char>(byte));
}

}  // namespace

// Reads a policy line by line.
class PolicyParser {
 public:
  absl::StatusOr<Policy> Parse(absl::string_view text) {
    if (text.size() > kMaxPolicyBytes) {
      return absl::InvalidArgumentError(absl::StrCat("a policy has at most ", kMaxPolicyBytes, " bytes"));
    }
    absl::string_view line;
    while (TakeLine(&text, &line)) {
      ++line_;
      if (line_ > static_cast<int>(kMaxPolicyLines))
        return Wrong(line_, absl::StrCat("a policy has at most ", kMaxPolicyLines, " lines"));
      const absl::Status read = ReadLine(line);
      if (!read.ok()) return read;
    }
    if (!text.empty()) return Wrong(line_ + 1, "it has no line end: was the file cut off?");
    if (!has_quorum_)
      return Wrong(line_ + 1,
                   "there is no quorum: write \"quorum NAME\", or \"quorum none\" to ask for no witness");
    return std::move(policy_);
  }

 private:
  absl::Status ReadLine(absl::string_view line) {
    if (!std::all_of(line.begin(), line.end(), IsAllowed))
      return Wrong(line_, "it holds a control character");
    const Words words = absl::StrSplit(line, absl::ByAnyChar(" \t"), absl::SkipEmpty());
    if (words.empty() || words[0][0] == '#') return absl::OkStatus();
    if (words[0] == "log") return ReadLog(words);
    if (words[0] == "witness") return ReadWitness(words);
    if (words[0] == "group") return ReadGroup(words);
    if (words[0] == "quorum") return ReadQuorum(words);
    return Wrong(line_, absl::StrCat("\"", words[0], "\" is neither log, witness, group nor quorum"));
  }

  absl::Status ReadLog(const Words& words) {
    if (words.size() < 2 || words.size() > 3) return Wrong(line_, "write \"log VKEY [URL]\"");
    const absl::StatusOr<VerifierKey> key = ReadKey(words[1], SignatureType::kEd25519);
    if (!key.ok()) return key.status();
    for (const Policy::Log& log : policy_.logs_) {
      if (log.key.public_key().bytes() == key->public_key().bytes())
        return Wrong(line_, "another log has the same key");
    }
    policy_.logs_.push_back({*key, std::string(words.size() > 2 ? words[2] : "")});
    return absl::OkStatus();
  }

  absl::Status ReadWitness(const Words& words) {
    if (words.size() < 3 || words.size() > 4) return Wrong(line_, "write \"witness NAME VKEY [URL]\"");
    const absl::StatusOr<VerifierKey> key = ReadKey(words[2], SignatureType::kCosignature);
    if (!key.ok()) return key.status();
    for (const Policy::Witness& witness : policy_.witnesses_) {
      if (witness.key.public_key().bytes() == key->public_key().bytes()) {
        return Wrong(line_, absl::StrCat("witness ", witness.name, " has the same key"));
      }
    }
    Policy::Voter voter;
    voter.name = std::string(words[1]);
    voter.witness = policy_.witnesses_.size();
    policy_.witnesses_.push_back({voter.name, *key, std::string(words.size() > 3 ? words[3] : "")});
    return Define(std::move(voter));
  }

  absl::Status ReadGroup(const Words& words) {
    if (words.size() < 4) return Wrong(line_, "write \"group NAME all|any|NUMBER MEMBER…\"");
    Policy::Voter group;
    group.name = std::string(words[1]);
    for (size_t at = 3; at < words.size(); ++at) {
      const std::optional<size_t> member = Find(words[at]);
      if (!member.has_value())
        return Wrong(line_, absl::StrCat("no line above names a witness or group ", words[at]));
      // So every witness counts in one way only.
      if (is_member_[*member])
        return Wrong(line_, absl::StrCat(words[at], " is a member already: each name is one once"));
      is_member_[*member] = true;
      group.members.push_back(*member);
    }
    const uint64_t all = group.members.size();
    const std::optional<uint64_t> threshold = words[2] == "all"   ? all
                                              : words[2] == "any" ? 1
                                                                  : ParseDecimal(words[2]);
    if (!threshold.has_value() || *threshold == 0 || *threshold > all) {
      return Wrong(line_,
                   absl::StrCat("\"", words[2], "\" is neither all, any nor a number from 1 to ", all));
    }
    group.threshold = *threshold;
    return Define(std::move(group));
  }

  absl::Status ReadQuorum(const Words& words) {
    if (words.size() != 2) return Wrong(line_, "write \"quorum NAME\"");
    if (has_quorum_) return Wrong(line_, "there is a quorum already: a policy has one");
    has_quorum_ = true;
    if (words[1] == kNone) return absl::OkStatus();
    const std::optional<size_t> voter = Find(words[1]);
    if (!voter.has_value())
      return Wrong(line_, absl::StrCat("no line above names a witness or group ", words[1]));
    policy_.quorum_ = *voter;
    return absl::OkStatus();
  }

  absl::StatusOr<VerifierKey> ReadKey(absl::string_view vkey, SignatureType type) {
    absl::StatusOr<VerifierKey> key = VerifierKey::Parse(vkey);
    if (!key.ok()) return Wrong(line_, key.status().message());
    if (key->type() != type) {
      return Wrong(line_, absl::StrCat("a key of type ", static_cast<int>(type),
                                       " stands here, this has type ", static_cast<int>(key->type())));
    }
    return key;
  }

  std::optional<size_t> Find(absl::string_view name) const {
    const auto found = names_.find(name);
    if (found == names_.end()) return std::nullopt;
    return found->second;
  }

  absl::Status Define(Policy::Voter voter) {
    if (voter.name == kNone) return Wrong(line_, "\"none\" is the name of no witness: choose another");
    if (!names_.try_emplace(voter.name, policy_.voters_.size()).second) {
      return Wrong(line_, absl::StrCat(voter.name, " is named above already: choose another name"));
    }
    policy_.voters_.push_back(std::move(voter));
    is_member_.push_back(false);
    return absl::OkStatus();
  }

  Policy policy_;
  absl::flat_hash_map<std::string, size_t> names_;  // to voters
  std::vector<bool> is_member_;                     // of each voter
  bool has_quorum_ = false;
  int line_ = 0;
};

absl::StatusOr<Policy> Policy::Parse(absl::string_view text) {
  return PolicyParser().Parse(text);
}

bool Policy::QuorumMet(const std::vector<bool>& signed_by) const {
  if (quorum_ == kNoQuorum) return true;
  std::vector<bool> voted;
  for (const Voter& voter : voters_) {
    if (voter.threshold == 0) {
      voted.push_back(signed_by[voter.witness]);
      continue;
    }
    const auto votes =
        std::count_if(voter.members.begin(), voter.members.end(), [&](size_t at) { return voted[at]; });
    voted.push_back(static_cast<size_t>(votes) >= voter.threshold);
  }
  return voted[quorum_];
}

absl::StatusOr<AcceptedHead> Policy::AcceptLog(absl::string_view bytes) const {
  const absl::StatusOr<Note> note = ParseNote(bytes);
  if (!note.ok()) return note.status();
  absl::StatusOr<Checkpoint> checkpoint = ParseCheckpoint(note->text);
  if (!checkpoint.ok()) return checkpoint.status();
  std::vector<VerifierKey> keys;
  for (const Witness& witness : witnesses_) keys.push_back(witness.key);
  for (const Log& log : logs_) {
    if (log.key.name() == checkpoint->origin) keys.push_back(log.key);
  }
  const absl::StatusOr<std::vector<Verified>> verified = VerifyNote(*note, keys);
  if (!verified.ok()) return verified.status();
  std::vector<std::optional<absl::Time>> seen(witnesses_.size());
  bool by_log = false;
  for (const Verified& one : *verified) {
    if (one.key >= witnesses_.size()) {
      by_log = true;
    } else if (!seen[one.key].has_value()) {
      seen[one.key] = one.time;
    }
  }
  if (!by_log) {
    return absl::PermissionDeniedError(absl::StrCat("no log of the policy signed as ", checkpoint->origin,
                                                    ": add its key to the policy if you trust it"));
  }
  AcceptedHead head{*std::move(checkpoint), {}};
  for (size_t at = 0; at < seen.size(); ++at) {
    if (seen[at].has_value()) head.witnesses.push_back({witnesses_[at].name, *seen[at]});
  }
  return head;
}

absl::StatusOr<AcceptedHead> Policy::Accept(absl::string_view note) const {
  absl::StatusOr<AcceptedHead> head = AcceptLog(note);
  if (!head.ok()) return head;
  std::vector<bool> signed_by(witnesses_.size());
  for (const AcceptedHead::Witness& signer : head->witnesses) {
    for (size_t at = 0; at < witnesses_.size(); ++at) {
      if (witnesses_[at].name == signer.name) signed_by[at] = true;
    }
  }
  if (QuorumMet(signed_by)) return head;
  const std::string names = absl::StrJoin(
      head->witnesses, ", ",
      [](std::string* out, const AcceptedHead::Witness& witness) { absl::StrAppend(out, witness.name); });
  return absl::PermissionDeniedError(
      absl::StrCat("the policy asks for ", voters_[quorum_].name, "; this head was seen by ",
                   names.empty() ? "no witness" : names, ": wait for more cosignatures and fetch it again"));
}

}  // namespace attain::proofs
