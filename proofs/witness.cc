#include "proofs/witness.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "proofs/encoding.h"

namespace attain::proofs {
namespace {

constexpr absl::string_view kOld = "old ", kSizeType = "text/x.tlog.size",
                            kTextType = "text/plain; charset=utf-8";
// All of a note, and as many hashes as there may be, with some to spare.
constexpr size_t kMaxBodyBytes = kMaxNoteBytes + 4096;
constexpr int kSigned = 200, kBadRequest = 400, kForbidden = 403, kNotFound = 404, kConflict = 409,
              kUnprocessable = 422, kFailed = 500;

absl::Status Wrong(absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat("not an add-checkpoint request: ", why));
}

WitnessAnswer Refuse(int code, absl::string_view why) {
  return {code, std::string(kTextType), absl::StrCat(why, "\n"), std::string(why)};
}

WitnessAnswer Passed() {
  return {};
}

WitnessAnswer OtherSize(absl::string_view origin, uint64_t asked, uint64_t known) {
  return {kConflict, std::string(kSizeType), absl::StrCat(known, "\n"),
          absl::StrCat(origin, ": was asked to go on from size ", asked,
                       ", the last head that was signed has ", known)};
}

// What a state holds: the text of a checkpoint.
absl::StatusOr<Checkpoint> ReadKept(absl::string_view kept) {
  if (kept.empty()) {
    Checkpoint none;
    none.root = EmptyRoot();
    return none;
  }
  absl::StatusOr<Checkpoint> checkpoint = ParseCheckpoint(kept);
  if (!checkpoint.ok()) {
    return absl::DataLossError(
        absl::StrCat("the head that was signed last is damaged: restore the witness's state; ",
                     checkpoint.status().message()));
  }
  return checkpoint;
}

}  // namespace

std::string PrintAddCheckpoint(const AddCheckpoint& request) {
  return absl::StrCat(kOld, request.old_size, "\n", PrintHashes(request.proof), request.checkpoint);
}

absl::StatusOr<AddCheckpoint> ParseAddCheckpoint(absl::string_view body) {
  if (body.size() > kMaxBodyBytes) return Wrong(absl::StrCat("it has more than ", kMaxBodyBytes, " bytes"));
  AddCheckpoint request;
  absl::string_view line;
  const bool is_old = TakeLine(&body, &line) && absl::ConsumePrefix(&line, kOld);
  const std::optional<uint64_t> old_size = is_old ? ParseDecimal(line) : std::nullopt;
  if (!old_size.has_value()) return Wrong("its first line is \"old SIZE\"");
  request.old_size = *old_size;
  const absl::Status proof = TakeHashes(&body, &request.proof);
  if (!proof.ok()) return Wrong(proof.message());
  request.checkpoint = std::string(body);
  return request;
}

absl::StatusOr<std::unique_ptr<Witness>> Witness::Make(Options options) {
  if (options.state == nullptr || options.signers.empty()) {
    return absl::InvalidArgumentError("a witness has a state and at least one key");
  }
  const SignatureType type = options.is_notary ? SignatureType::kEd25519 : SignatureType::kCosignature;
  for (const Signer* const signer : options.signers) {
    if (signer->key().type() != type) {
      return absl::InvalidArgumentError(
          absl::StrCat(signer->key().name(), ": this key has type ", static_cast<int>(signer->key().type()),
                       ", it must have ", static_cast<int>(type), ": make a key for this use"));
    }
  }
  std::unique_ptr<Witness> witness(new Witness(std::move(options)));
  for (const Log& log : witness->options_.logs) {
    if (witness->Find(log.origin) != &log) {
      return absl::InvalidArgumentError(absl::StrCat(log.origin, " is listed twice: put its keys together"));
    }
    if (witness->options_.is_notary ? witness->SignersFor(log.origin).empty() : log.keys.empty()) {
      return absl::InvalidArgumentError(absl::StrCat(log.origin, " has no key: add the one with this name"));
    }
  }
  return witness;
}

std::vector<const Signer*> Witness::SignersFor(absl::string_view origin) const {
  std::vector<const Signer*> signers;
  for (const Signer* const signer : options_.signers) {
    if (!options_.is_notary || signer->key().name() == origin) signers.push_back(signer);
  }
  return signers;
}

WitnessAnswer Witness::Decide(absl::string_view body, absl::Time now) const {
  Submission submission;
  WitnessAnswer answer = Read(body, &submission);
  if (answer.code != 0) return answer;
  answer = Advance(submission);
  if (answer.code != 0) return answer;
  return Sign(submission, now);
}

const Witness::Log* Witness::Find(absl::string_view origin) const {
  for (const Log& log : options_.logs) {
    if (log.origin == origin) return &log;
  }
  return nullptr;
}

WitnessAnswer Witness::Read(absl::string_view body, Submission* submission) const {
  absl::StatusOr<AddCheckpoint> request = ParseAddCheckpoint(body);
  if (!request.ok()) return Refuse(kBadRequest, request.status().message());
  submission->request = *std::move(request);
  Note note;
  if (options_.is_notary) {
    note.text = submission->request.checkpoint;
    const absl::Status text = CheckNoteText(note.text);
    if (!text.ok()) return Refuse(kBadRequest, text.message());
  } else {
    absl::StatusOr<Note> parsed = ParseNote(submission->request.checkpoint);
    if (!parsed.ok()) return Refuse(kBadRequest, parsed.status().message());
    note = *std::move(parsed);
  }
  absl::StatusOr<Checkpoint> head = ParseCheckpoint(note.text);
  if (!head.ok()) return Refuse(kBadRequest, head.status().message());
  const Log* const log = Find(head->origin);
  if (log == nullptr)
    return Refuse(kNotFound, absl::StrCat(head->origin, " is not a log that is signed here"));
  if (!options_.is_notary) {
    const absl::StatusOr<std::vector<Verified>> verified = VerifyNote(note, log->keys);
    if (!verified.ok())
      return Refuse(kForbidden, absl::StrCat(head->origin, ": ", verified.status().message()));
  } else if (!head->extensions.empty()) {
    return Refuse(kBadRequest, absl::StrCat(head->origin, ": a head of this log has no extension lines"));
  }
  const absl::Status sizes = CheckSizes(submission->request.old_size, head->size);
  if (!sizes.ok()) return Refuse(kBadRequest, absl::StrCat(head->origin, ": ", sizes.message()));
  submission->head = *std::move(head);
  submission->text = std::move(note.text);
  return Passed();
}

WitnessAnswer Witness::Advance(const Submission& submission) const {
  const Checkpoint& head = submission.head;
  // The second time when another request came first; that one moved the size, so there is no third.
  for (int attempt = 0; attempt < 2; ++attempt) {
    const absl::StatusOr<std::string> kept = options_.state->Latest(head.origin);
    if (!kept.ok()) return Refuse(kFailed, kept.status().message());
    const absl::StatusOr<Checkpoint> last = ReadKept(*kept);
    if (!last.ok()) return Refuse(kFailed, last.status().message());
    if (submission.request.old_size != last->size)
      return OtherSize(head.origin, submission.request.old_size, last->size);
    const absl::Status grows =
        CheckConsistency(last->size, last->root, head.size, head.root, submission.request.proof);
    if (!grows.ok()) {
      const bool is_fork = head.size == last->size && head.root != last->root && !kept->empty();
      return Refuse(is_fork ? kConflict : kUnprocessable, absl::StrCat(head.origin, ": ", grows.message()));
    }
    if (!kept->empty() && head.size == last->size) return Passed();
    const absl::StatusOr<bool> replaced = options_.state->Replace(head.origin, *kept, submission.text);
    if (!replaced.ok()) return Refuse(kFailed, replaced.status().message());
    if (*replaced) return Passed();
  }
  return Refuse(kFailed, absl::StrCat(head.origin, ": its newest head changes all the time: ask again"));
}

WitnessAnswer Witness::Sign(const Submission& submission, absl::Time now) const {
  WitnessAnswer answer{kSigned, std::string(kTextType), "", ""};
  for (const Signer* const signer : SignersFor(submission.head.origin)) {
    const absl::StatusOr<NoteSignature> signature = signer->Sign(submission.text, now);
    if (!signature.ok()) return Refuse(kFailed, signature.status().message());
    absl::StrAppend(&answer.body, PrintSignature(*signature));
  }
  return answer;
}

}  // namespace attain::proofs
