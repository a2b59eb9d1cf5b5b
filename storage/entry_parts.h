// The parts of a journal entry as bytes. An entry in this form commits to each part by itself
// (proofs/leaf.h), so that some can be shown and others left out.
//
// Layout:
//   0 32  salt of the entry: random, or the parts could be guessed from their hashes
//  32  …  parts, one behind the other: kind (1 byte), length (LEB128, at most 5 bytes), that many bytes of
//  data
// Bit 7 of a kind is reserved: a text that was removed will stand there as its hash.
#ifndef ATTAIN_STORAGE_ENTRY_PARTS_H_
#define ATTAIN_STORAGE_ENTRY_PARTS_H_

#include <cstdint>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"

namespace attain::storage {

inline constexpr size_t kSaltBytes = 32;

// Writes parts in order. Thread-compatible.
class PartsWriter {
 public:
  // `salt` has 32 bytes. `expected` bytes are made room for.
  explicit PartsWriter(absl::string_view salt, size_t expected = 0);

  // Room for a part's data, to be filled before anything else is called. At most 2^31 bytes.
  uint8_t* Add(uint8_t kind, size_t bytes);
  void Add(uint8_t kind, absl::string_view data);
  // The bytes; nothing may be added any more.
  std::string Take() && { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Calls `visitor` for each part in order until it says false. False when the bytes are no parts: cut off, a
// reserved kind, none at all. Views point into `bytes`. Thread-safe.
bool ForEachPart(absl::string_view bytes,
                 absl::FunctionRef<bool(uint8_t kind, absl::string_view data)> visitor);
// The first 32 bytes; empty when there are fewer.
absl::string_view SaltOf(absl::string_view bytes);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_ENTRY_PARTS_H_
