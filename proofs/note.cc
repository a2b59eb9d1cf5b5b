#include "proofs/note.h"

#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "proofs/encoding.h"

namespace attain::proofs {
namespace {

constexpr absl::string_view kLineStart = "\u2014 ", kGap = "\n\n";
constexpr size_t kIdBytes = 4, kTimeBytes = 8;

absl::Status Wrong(absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat("not a signed note: ", why));
}

// "— NAME BASE64", without its line end.
absl::StatusOr<NoteSignature> ParseSignature(absl::string_view line) {
  if (!absl::ConsumePrefix(&line, kLineStart))
    return Wrong("a signature's line begins with a dash (U+2014) and a blank");
  const size_t name_end = line.find(' ');
  if (name_end == absl::string_view::npos || !IsKeyName(line.substr(0, name_end))) {
    return Wrong("a signature's line has the key's name, a blank and base64");
  }
  const std::optional<std::string> bytes = ParseBase64(line.substr(name_end + 1));
  if (!bytes.has_value()) return Wrong("a signature is not base64 in its one spelling");
  if (bytes->size() <= kIdBytes) return Wrong("a signature has more than the four bytes of its key's id");
  NoteSignature signature;
  signature.name = std::string(line.substr(0, name_end));
  signature.key_id = static_cast<uint32_t>(ReadBigEndian(absl::string_view(*bytes).substr(0, kIdBytes)));
  signature.bytes = bytes->substr(kIdBytes);
  return signature;
}

// What a cosignature signs (C2SP tlog-cosignature).
std::string TimedText(uint64_t seconds, absl::string_view text) {
  return absl::StrCat("cosignature/v1\ntime ", seconds, "\n", text);
}

// Nothing when the signature is not the key's.
std::optional<Verified> VerifyOne(absl::string_view text, absl::string_view signature,
                                  const VerifierKey& key) {
  switch (key.type()) {
    case SignatureType::kEd25519:
      if (!key.public_key().Verifies(text, signature)) return std::nullopt;
      return Verified{0, absl::InfinitePast()};
    case SignatureType::kCosignature:
      break;
  }
  if (signature.size() != kTimeBytes + kEd25519SignatureBytes) return std::nullopt;
  const uint64_t seconds = ReadBigEndian(signature.substr(0, kTimeBytes));
  if (seconds > kMaxNumber ||
      !key.public_key().Verifies(TimedText(seconds, text), signature.substr(kTimeBytes))) {
    return std::nullopt;
  }
  return Verified{0, absl::FromUnixSeconds(static_cast<int64_t>(seconds))};
}

}  // namespace

absl::Status CheckNoteText(absl::string_view text) {
  if (!absl::EndsWith(text, "\n")) return Wrong("its text ends with a line end");
  while (!text.empty()) {
    const std::optional<char32_t> point = TakeCodePoint(&text);
    if (!point.has_value()) return Wrong("it is not UTF-8");
    if (*point < 0x20 && *point != '\n') return Wrong("it holds a control character");
  }
  return absl::OkStatus();
}

absl::StatusOr<Note> ParseNote(absl::string_view bytes) {
  if (bytes.size() > kMaxNoteBytes) {
    return Wrong(absl::StrCat("it has more than ", kMaxNoteBytes,
                              " bytes: leave signatures out that nobody asks for"));
  }
  // The last empty line: the text may have others.
  const size_t gap = bytes.rfind(kGap);
  if (gap == absl::string_view::npos) return Wrong("no empty line stands between text and signatures");
  Note note;
  note.text = std::string(bytes.substr(0, gap + 1));
  const absl::Status text = CheckNoteText(note.text);
  if (!text.ok()) return text;
  absl::StatusOr<std::vector<NoteSignature>> signatures = ParseSignatures(bytes.substr(gap + kGap.size()));
  if (!signatures.ok()) return signatures.status();
  note.signatures = *std::move(signatures);
  return note;
}

std::string PrintNote(const Note& note) {
  std::string bytes = absl::StrCat(note.text, "\n");
  for (const NoteSignature& signature : note.signatures) absl::StrAppend(&bytes, PrintSignature(signature));
  return bytes;
}

absl::StatusOr<std::vector<NoteSignature>> ParseSignatures(absl::string_view lines) {
  if (lines.size() > kMaxNoteBytes)
    return Wrong(absl::StrCat("its signatures have more than ", kMaxNoteBytes, " bytes"));
  std::vector<NoteSignature> signatures;
  absl::string_view line;
  while (TakeLine(&lines, &line)) {
    if (signatures.size() == kMaxNoteSignatures)
      return Wrong(absl::StrCat("it has more than ", kMaxNoteSignatures, " signatures"));
    absl::StatusOr<NoteSignature> signature = ParseSignature(line);
    if (!signature.ok()) return signature.status();
    signatures.push_back(*std::move(signature));
  }
  if (!lines.empty()) return Wrong("its last line has no end: it was cut off");
  if (signatures.empty()) return Wrong("it has no signature");
  return signatures;
}

std::string PrintSignature(const NoteSignature& signature) {
  std::string bytes;
  AppendBigEndian(signature.key_id, kIdBytes, &bytes);
  return absl::StrCat(kLineStart, signature.name, " ", absl::Base64Escape(bytes + signature.bytes), "\n");
}

absl::StatusOr<NoteSignature> KeySigner::Sign(absl::string_view text, absl::Time now) const {
  const absl::Status can_be_signed = CheckNoteText(text);
  if (!can_be_signed.ok()) return can_be_signed;
  const VerifierKey& verifier = key_.verifier();
  NoteSignature signature{verifier.name(), verifier.id(), ""};
  if (verifier.type() == SignatureType::kEd25519) {
    signature.bytes = key_.private_key().Sign(text);
    return signature;
  }
  const int64_t seconds = absl::ToUnixSeconds(now);
  if (seconds < 0)
    return absl::InvalidArgumentError("a cosignature cannot say a time before 1970: set the clock");
  AppendBigEndian(static_cast<uint64_t>(seconds), kTimeBytes, &signature.bytes);
  signature.bytes += key_.private_key().Sign(TimedText(static_cast<uint64_t>(seconds), text));
  return signature;
}

absl::StatusOr<std::vector<Verified>> VerifyNote(const Note& note, absl::Span<const VerifierKey> keys) {
  std::vector<Verified> verified;
  for (const NoteSignature& signature : note.signatures) {
    for (size_t at = 0; at < keys.size(); ++at) {
      const VerifierKey& key = keys[at];
      if (key.name() != signature.name || key.id() != signature.key_id) continue;
      std::optional<Verified> one = VerifyOne(note.text, signature.bytes, key);
      if (!one.has_value()) {
        return absl::PermissionDeniedError(
            absl::StrCat("the signature of ", key.name(), " does not fit the text: one of them was changed"));
      }
      one->key = at;
      verified.push_back(*one);
    }
  }
  if (verified.empty()) {
    return absl::PermissionDeniedError(
        "no key that is trusted here signed this: look which keys the reader trusts");
  }
  return verified;
}

}  // namespace attain::proofs
