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

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/store.h"

namespace attain::storage {

inline constexpr size_t kHashBytes = 32;
inline constexpr size_t kEntryHeaderBytes = 80;

// Bytes of the entry; the new hash is put into `hash`.
std::string EncodeEntry(Revision revision, absl::Time time, absl::string_view previous_hash, absl::string_view payload,
                        std::string* hash);

// The fields as stored, without checking the hash. DATA_LOSS when the bytes are cut off.
absl::StatusOr<JournalRecord> DecodeEntry(absl::string_view bytes);

// DATA_LOSS naming the revision unless the entry is `revision`, follows `previous_hash` and its own hash fits.
absl::Status CheckEntry(const JournalRecord& record, Revision revision, absl::string_view previous_hash);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ENTRY_CODEC_H_
