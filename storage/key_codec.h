// Order-preserving keys: the only place that builds or parses the bytes of a key.
//
// A key is a space number and a tuple of components. Encoded keys compare (as unsigned bytes) exactly as the tuples do, component by
// component, and the encoding of one tuple is a prefix of another's only when the tuple is.
//   space   1 byte
//   text    the bytes, 0x00 written as 0x00 0xFF, ended by 0x00 0x01
//   u64     8 bytes, big-endian
// On disk a versioned key is followed by 8 bytes: the bitwise complement of the revision, big-endian, so newer versions come first.
#ifndef ATTAIN_STORAGE_KEY_CODEC_H_
#define ATTAIN_STORAGE_KEY_CODEC_H_

#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace attain::storage {

class KeyBuilder {
 public:
  explicit KeyBuilder(uint8_t space) {
    bytes_.reserve(64);
    bytes_.push_back(static_cast<char>(space));
  }
  KeyBuilder& Text(absl::string_view text);
  KeyBuilder& U64(uint64_t value);
  std::string Build() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Decodes what KeyBuilder made. Total: any bytes give a value or DATA_LOSS.
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
uint64_t DecodeBigEndian(absl::string_view bytes);  // the first 8 bytes

// Key and revision as they stand on disk.
std::string VersionedKey(absl::string_view key, uint64_t revision);
// False when `bytes` is too short to be one.
bool ParseVersionedKey(absl::string_view bytes, absl::string_view* key, uint64_t* revision);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_KEY_CODEC_H_
