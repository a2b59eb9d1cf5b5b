// The list of one backup: what it is of, and which files it needs. Text, so that a backup can be put back
// without this program:
//
//   attain-backup 1
//   id 7
//   store 0123456789abcdef0123456789abcdef
//   epoch 1
//   revision 42
//   hash …                     64 hex digits: of the newest entry
//   recorded 1735689600000000  of the newest entry, microseconds since 1970 UTC; - in a store without entries
//   made 1735689600000000      when the backup was made, likewise
//   schema 2
//   key 89abcdef01234567       id of the key, or -
//   file 000012.sst 5120 …     name in the store, bytes, name in files/ (stored_file.h)
//   …
//   seal …                     HMAC-SHA256 (seal key) of the lines above; without a key "-"
//   check …                    SHA-256 of the lines above
#ifndef ATTAIN_STORAGE_BACKUP_MANIFEST_H_
#define ATTAIN_STORAGE_BACKUP_MANIFEST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/backup/backup_key.h"
#include "storage/position.h"
#include "storage/store.h"

namespace attain::storage {

struct BackupFile {
  std::string name;    // in the directory of the store; letters, digits, "-", "_", "."
  uint64_t bytes = 0;  // as the store had it
  std::string stored;  // its name in the backup directory
};

struct Manifest {
  uint32_t id = 0;  // 1, 2, 3, … in one backup directory
  std::string store_id;
  uint32_t epoch = kFirstEpoch;
  Head head;  // of the copy
  absl::Time made;
  uint64_t schema_version = 0;
  std::string key_id;  // empty: not encrypted
  std::vector<BackupFile> files;
};

// `key` null: not sealed. The manifest's key_id must be the key's.
std::string EncodeManifest(const Manifest& manifest, const BackupKey* key);

// DATA_LOSS when the text is cut off, was changed by accident or is no manifest. Says nothing of somebody who
// changed it on purpose: see CheckSeal.
absl::StatusOr<Manifest> DecodeManifest(absl::string_view text);

// Whether `text`, which DecodeManifest takes, was written with this key. FAILED_PRECONDITION: it needs a key
// and `key` is null, needs none, or was made with another one. DATA_LOSS: it was changed by somebody who does
// not have the key.
absl::Status CheckSeal(absl::string_view text, const Manifest& manifest, const BackupKey* key);

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_BACKUP_MANIFEST_H_
