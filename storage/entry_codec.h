// One journal entry as bytes, and the hash that chains it to the entry before.
//
// Layout (numbers big-endian):
//   0   8  revision
//   8   8  recorded time, microseconds since the epoch, two's complement
//   16 32  hash of the entry before; zeros before the first
//   48 32  hash of this entry = SHA-256 over bytes 0 … 47 followed by the payload
//   80  …  payload
#ifndef ATTAIN_STORAGE_ENTRY_CODEC_H_
#define ATTAIN_STORAGE_ENTRY_CODEC_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "storage/sha256.h"
#include "storage/store.h"

namespace attain::storage {

inline constexpr size_t kEntryHeaderBytes = 80;

// An entry's bytes taken apart; the views point into them.
struct EntryView {
  Revision revision = 0;
  absl::Time time;
  absl::string_view previous_hash;
  absl::string_view hash;
  absl::string_view payload;
};

// Puts the bytes of the entry into `bytes` and returns its hash. `previous_hash` has 32 bytes.
Hash EncodeEntry(Revision revision, absl::Time time, absl::string_view previous_hash,
                 absl::string_view payload, Sha256* sha, std::string* bytes);

// The fields as stored; the hash is not checked. False when the bytes are cut off.
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
