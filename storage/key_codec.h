// Order-preserving keys: the only place that builds or parses the bytes of a key.
//
// A key is a space number (one byte) and a tuple of components. Encoded keys compare as unsigned bytes
// exactly as the tuples do, component by component; the encoding of one tuple is a prefix of another's only
// when the tuple is. So Build() of the first components is the prefix of every longer key, and serves as a
// scan bound with PrefixEnd().
//   text    0x02, the bytes with 0x00 written as 0x00 0xFF, then 0x00 0x01
//   u64     0x10 + n, then n bytes: the number big-endian without leading zeros (n = 0 for 0)
// On disk a versioned key is followed by 0x00, which sorts before every component, and by 8 bytes: the
// bitwise complement of the revision, big-endian. So all versions of one key stand together, newest first,
// before every longer key. storage/README.md has examples.
#ifndef ATTAIN_STORAGE_KEY_CODEC_H_
#define ATTAIN_STORAGE_KEY_CODEC_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace attain::storage {

// What a text component ends with.
inline constexpr absl::string_view kTextEnd("\0\1", 2);

// Bytes that follow the key in a versioned key.
inline constexpr size_t kRevisionSuffixBytes = 9;

class KeyBuilder {
 public:
  explicit KeyBuilder(uint8_t space) {
    bytes_.reserve(64);
    bytes_.push_back(static_cast<char>(space));
  }
  KeyBuilder& Text(absl::string_view text);
  KeyBuilder& U64(uint64_t value);
  // Once, last.
  std::string Build() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Decodes what KeyBuilder made. Total: any bytes give a value or DATA_LOSS. Accepts only the bytes KeyBuilder
// would have made, so one tuple has one key. After an error the reader must not be used further.
class KeyReader {
 public:
  explicit KeyReader(absl::string_view key) : rest_(key) {}
  // 0 when the key is empty. Call once, first.
  uint8_t Space();
  absl::Status Text(std::string* out);
  absl::Status U64(uint64_t* out);
  // OK when nothing is left.
  absl::Status Finish() const;

 private:
  absl::string_view rest_;
};

// The least key above every key that begins with `prefix`; empty when there is none (all bytes 0xFF).
std::string PrefixEnd(absl::string_view prefix);

void AppendBigEndian(uint64_t value, std::string* out);
// Of the first 8 bytes, which must be there.
uint64_t DecodeBigEndian(absl::string_view bytes);

// Key and revision as they stand on disk.
std::string VersionedKey(absl::string_view key, uint64_t revision);
// The least bytes above every version of `key`, not above any version of another key that comes later.
std::string AfterVersions(absl::string_view key);
// False when `bytes` is no versioned key. `key` points into `bytes`.
bool ParseVersionedKey(absl::string_view bytes, absl::string_view* key, uint64_t* revision);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_KEY_CODEC_H_
