// One file of a store as it lies in a backup directory: named by what it holds, so that backups share it.
//
// Without a key: the bytes as they are, under their SHA-256 in hex. With a key: under HMAC(name key,
// SHA-256), and 8 bytes "ATTAINB1", 32 bytes of salt, then chunks of 256 KiB, each by AES-256-GCM with its
// tag (16 bytes) behind it; the key of the file is HMAC(cipher key, salt ‖ name).
#ifndef ATTAIN_STORAGE_BACKUP_STORED_FILE_H_
#define ATTAIN_STORAGE_BACKUP_STORED_FILE_H_

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/backup/backup_key.h"
#include "storage/backup/files.h"

namespace attain::storage {

inline constexpr size_t kChunkBytes = size_t{256} << 10;

// What a file of `size` bytes takes in the backup directory.
uint64_t StoredBytes(uint64_t size, bool encrypted);

// The name that the contents of `source` have: 64 hex digits. `key` may be null, here and below.
absl::StatusOr<std::string> NameOf(const std::string& source, const BackupKey* key, Meter* meter);

// Writes `source` to the new file `target`, synced. DATA_LOSS when its contents have another name than
// `name`: it changed after NameOf.
absl::Status WriteStored(const std::string& source, const std::string& target, const std::string& name,
                         const BackupKey* key);

// Reads the stored file `path` and hands its contents to `sink` (null: nobody) in order. DATA_LOSS unless
// it is there, whole and what `name` says, or was encrypted with another key; what `sink` got then is not to
// be used. `meter` counts the contents.
absl::Status ReadStored(const std::string& path, const std::string& name, uint64_t size, const BackupKey* key,
                        const std::function<absl::Status(absl::string_view)>& sink, Meter* meter);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_BACKUP_STORED_FILE_H_
