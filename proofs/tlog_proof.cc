#include "proofs/tlog_proof.h"

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "proofs/encoding.h"

namespace attain::proofs {
namespace {

constexpr absl::string_view kFirstLine = "c2sp.org/tlog-proof@v1", kExtra = "extra ", kIndex = "index ";
constexpr size_t kMaxProofBytes = kMaxNoteBytes + 2 * kMaxExtraBytes;

absl::Status Wrong(absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat("not a tlog-proof: ", why));
}

}  // namespace

std::string PrintTlogProof(const TlogProof& proof) {
  std::string text = absl::StrCat(kFirstLine, "\n");
  if (proof.extra.has_value()) absl::StrAppend(&text, kExtra, absl::Base64Escape(*proof.extra), "\n");
  absl::StrAppend(&text, kIndex, proof.index, "\n", PrintHashes(proof.path), proof.checkpoint);
  return text;
}

absl::StatusOr<TlogProof> ParseTlogProof(absl::string_view text) {
  if (text.size() > kMaxProofBytes) return Wrong(absl::StrCat("it has more than ", kMaxProofBytes, " bytes"));
  TlogProof proof;
  absl::string_view line;
  if (!TakeLine(&text, &line) || line != kFirstLine)
    return Wrong(absl::StrCat("its first line is ", kFirstLine));
  if (!TakeLine(&text, &line)) return Wrong("it ends behind its first line");
  if (absl::ConsumePrefix(&line, kExtra)) {
    proof.extra = ParseBase64(line);
    if (!proof.extra.has_value()) return Wrong("its extra data are not base64 in its one spelling");
    if (proof.extra->size() > kMaxExtraBytes)
      return Wrong(absl::StrCat("its extra data have more than ", kMaxExtraBytes, " bytes"));
    if (!TakeLine(&text, &line)) return Wrong("it ends behind its extra data");
  }
  const std::optional<uint64_t> index =
      absl::ConsumePrefix(&line, kIndex) ? ParseDecimal(line) : std::nullopt;
  if (!index.has_value()) return Wrong("the line with the leaf's index is missing: index NUMBER");
  proof.index = *index;
  const absl::Status path = TakeHashes(&text, &proof.path);
  if (!path.ok()) return Wrong(path.message());
  proof.checkpoint = std::string(text);
  return proof;
}

absl::StatusOr<AcceptedHead> CheckTlogProof(absl::string_view text, const Policy& policy,
                                            absl::string_view leaf) {
  const absl::StatusOr<TlogProof> proof = ParseTlogProof(text);
  if (!proof.ok()) return proof.status();
  absl::StatusOr<AcceptedHead> head = policy.Accept(proof->checkpoint);
  if (!head.ok()) return head;
  const absl::Status in_tree =
      CheckInclusion(proof->index, head->checkpoint.size, LeafHash(leaf), proof->path, head->checkpoint.root);
  if (!in_tree.ok()) return in_tree;
  return head;
}

}  // namespace attain::proofs
