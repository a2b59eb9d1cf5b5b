// One journal entry as bytes, and the hash that chains it to the entry before.
//
// Layout (numbers big-endian):
//   0   1  form: 0 whole, 1 parts (store.h, EntryForm)
//   1   7  revision
//   8   8  recorded time, microseconds since the epoch, two's complement
//   16 32  hash of the entry before; zeros before the first
//   48 32  hash of this entry
//          whole: SHA-256 over bytes 0 … 47 followed by the payload
//          parts: SHA-256 over bytes 16 … 47 followed by the entry's leaf (proofs/leaf.h)
//   whole:  80  …  payload
//   parts:  80  4  number of parts
//           84 32  root of the parts, so that the leaf can be made from the first 116 bytes
//          116  …  payload: the parts (entry_parts.h)
#ifndef ATTAIN_STORAGE_ENTRY_CODEC_H_
#define ATTAIN_STORAGE_ENTRY_CODEC_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "proofs/leaf.h"
#include "storage/sha256.h"
#include "storage/store.h"

namespace attain::storage {

inline constexpr size_t kEntryHeaderBytes = 80;  // of an entry that is whole

// What an entry is made from; the views point elsewhere.
struct EntryFields {
  EntryForm form = EntryForm::kWhole;
  Revision revision = 0;  // below 2^56
  absl::Time time;
  absl::string_view previous_hash;  // 32 bytes
  absl::string_view payload;
};

// An entry's bytes taken apart.
struct EntryView : EntryFields {
  absl::string_view hash;
  uint32_t parts = 0;      // of form kParts, as is
  absl::string_view root;  // this
};

// Puts the bytes of the entry into `bytes` and gives its hash. Nothing when the payload has form kParts and
// is no parts.
std::optional<Hash> EncodeEntry(const EntryFields& fields, Sha256* sha, std::string* bytes);

// The leaf that stands for an entry in the log. DATA_LOSS naming the revision when the payload is no parts.
absl::StatusOr<proofs::Leaf> LeafOf(const EntryFields& fields);
// The same for what was read, without going through its parts again.
proofs::Leaf LeafOf(const JournalRecord& record);

// The fields as stored; the hash is not checked. False when the bytes are cut off or of a form that this
// version does not know.
bool DecodeEntry(absl::string_view bytes, EntryView* entry);

// DATA_LOSS naming the revision unless the bytes are entry `revision`, follow `previous_hash` and fit their
// own hash.
absl::Status CheckEntry(absl::string_view bytes, Revision revision, absl::string_view previous_hash,
                        Sha256* sha);

// Names for what can be wrong with the journal at `revision`; all are DATA_LOSS.
absl::Status EntryMissing(Revision revision);
absl::Status EntryMalformed(Revision revision);

// The newest entry, kept beside the journal so that a cut-off end is noticed. 48 bytes: revision, time, hash.
std::string EncodeHead(const Head& head);
bool DecodeHead(absl::string_view bytes, Head* head);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ENTRY_CODEC_H_
