// AES-256-GCM over the chunks of one file.
#ifndef ATTAIN_STORAGE_BACKUP_CHUNK_CIPHER_H_
#define ATTAIN_STORAGE_BACKUP_CHUNK_CIPHER_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/sha256.h"

struct evp_cipher_ctx_st;

namespace attain::storage {

inline constexpr size_t kTagBytes = 16;
inline constexpr size_t kSaltBytes = 32;

// A key encrypts one file only, so that the number of the chunk and whether it is the last one may be its
// nonce: a chunk that is moved, left out or put at the end is noticed. Thread-compatible.
class ChunkCipher {
 public:
  // `key`: 32 bytes.
  explicit ChunkCipher(absl::string_view key);
  ~ChunkCipher();
  ChunkCipher(const ChunkCipher&) = delete;
  ChunkCipher& operator=(const ChunkCipher&) = delete;

  // The chunk encrypted, with kTagBytes behind it.
  std::string Seal(uint64_t number, bool last, absl::string_view plain);
  // False unless `sealed` is what Seal made of the same chunk with the same key.
  bool Open(uint64_t number, bool last, absl::string_view sealed, std::string* plain);

 private:
  const std::string key_;
  evp_cipher_ctx_st* const context_;
};

// kSaltBytes random ones. UNAVAILABLE when the system has none.
absl::StatusOr<std::string> NewSalt();

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_BACKUP_CHUNK_CIPHER_H_
