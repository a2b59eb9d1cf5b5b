// The key of encrypted backups, and the file that holds it.
//
// A key is 32 random bytes. Three keys are derived from it (HMAC-SHA256 of a fixed word each): one encrypts,
// one seals lists, one names files. Whoever loses the key file loses the backups made with it: keep a copy
// of it apart from them.
#ifndef ATTAIN_STORAGE_BACKUP_BACKUP_KEY_H_
#define ATTAIN_STORAGE_BACKUP_BACKUP_KEY_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/sha256.h"

namespace attain::storage {

inline constexpr size_t kBackupKeyBytes = 32;

// Immutable, so thread-safe.
class BackupKey {
 public:
  // `bytes`: kBackupKeyBytes of them.
  explicit BackupKey(absl::string_view bytes);

  // 16 hex digits that tell this key from others and nothing about its bytes.
  const std::string& id() const { return id_; }
  absl::string_view cipher_key() const { return View(cipher_key_); }
  absl::string_view seal_key() const { return View(seal_key_); }
  absl::string_view name_key() const { return View(name_key_); }

 private:
  std::string id_;
  Hash cipher_key_, seal_key_, name_key_;
};

struct KeyFile {
  BackupKey key;
  std::string warning;  // a sentence for the operator; empty when all is well
};

// 64 hex digits with or without the end of a line, or exactly 32 bytes. INVALID_ARGUMENT: the file cannot be
// read, holds something else, or a key that nobody can have drawn (one byte 32 times). Warns of a file that
// other users of the machine may read.
absl::StatusOr<KeyFile> ReadKeyFile(const std::string& path);

// HMAC-SHA256.
Hash Hmac(absl::string_view key, absl::string_view text);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_BACKUP_BACKUP_KEY_H_
