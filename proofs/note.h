// Signed notes (C2SP signed-note): a text and lines with signatures over it.
//
//   TEXT of lines, each with its line end
//   (an empty line)
//   — KEY-NAME BASE64(key id (4) ‖ signature)        one line for each signature
// A note is believed only for the keys that its reader knows: signatures of others say nothing. Functions are
// thread-safe.
#ifndef ATTAIN_PROOFS_NOTE_H_
#define ATTAIN_PROOFS_NOTE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "proofs/key.h"

namespace attain::proofs {

// What is above is refused before anything is computed. 128 KiB hold 16 signatures of the largest kind there
// is.
inline constexpr size_t kMaxNoteBytes = 128 * 1024, kMaxNoteSignatures = 64;

struct NoteSignature {
  std::string name;
  uint32_t key_id = 0;
  std::string bytes;  // what stands behind the key's id, at least one

  friend bool operator==(const NoteSignature& a, const NoteSignature& b) {
    return a.name == b.name && a.key_id == b.key_id && a.bytes == b.bytes;
  }
};

struct Note {
  std::string text;  // with the line end of its last line
  std::vector<NoteSignature> signatures;
};

// INVALID_ARGUMENT for text that cannot be signed: empty, without the last line end, no UTF-8, with control
// characters.
absl::Status CheckNoteText(absl::string_view text);

// What is parsed gives the same bytes when it is printed. Nothing is verified. INVALID_ARGUMENT, saying
// where, for what is no note or above the limits. A note has at least one signature.
absl::StatusOr<Note> ParseNote(absl::string_view bytes);
std::string PrintNote(const Note& note);
// Signature lines alone, as a witness answers: what can be put behind a note. At least one.
absl::StatusOr<std::vector<NoteSignature>> ParseSignatures(absl::string_view lines);
std::string PrintSignature(const NoteSignature& signature);

// Makes signatures of one key. A key in a file is KeySigner; a token or a command are other implementations.
// Implementations are thread-safe.
class Signer {
 public:
  virtual ~Signer() = default;
  virtual const VerifierKey& key() const = 0;
  // `now` is what a cosignature says, in whole seconds; other types do not hold it. INVALID_ARGUMENT for text
  // that CheckNoteText refuses and for a time before 1970; otherwise what keeps the key from signing.
  virtual absl::StatusOr<NoteSignature> Sign(absl::string_view text, absl::Time now) const = 0;
};

class KeySigner : public Signer {
 public:
  explicit KeySigner(const SecretKey& key) : key_(key) {}
  const VerifierKey& key() const override { return key_.verifier(); }
  absl::StatusOr<NoteSignature> Sign(absl::string_view text, absl::Time now) const override;

 private:
  const SecretKey key_;
};

// A signature that was checked.
struct Verified {
  size_t key = 0;   // which of the keys
  absl::Time time;  // of a cosignature; InfinitePast for other types
};

// Which of the keys signed the note, in the order of the note's lines. A line belongs to a key by name and
// id; lines of other keys are passed over. PERMISSION_DENIED when a line of one of the keys is wrong (then
// the whole note is refused), and when no line is of one of them.
absl::StatusOr<std::vector<Verified>> VerifyNote(const Note& note, absl::Span<const VerifierKey> keys);

}  // namespace attain::proofs

#endif  // ATTAIN_PROOFS_NOTE_H_
