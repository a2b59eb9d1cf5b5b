// Puts a backup back, whole or as the store was at one of its revisions.
//
// For the latter the backup is restored beside the target, and its journal up to the revision is replayed
// into a new store, which is then compared with what the backup says of that revision. Nothing is deleted
// from a store: what it answers at revisions up to the chosen one are the same bytes as before, by the same
// code that wrote them. It costs about as much as writing that history did, without its syncs.
#ifndef ATTAIN_SERVICE_RECOVERY_RESTORE_H_
#define ATTAIN_SERVICE_RECOVERY_RESTORE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/backup/backups.h"
#include "storage/store.h"

namespace attain::engine {

struct RecoveryOptions {
  uint32_t id = 0;  // of the backup. 0: the newest that is whole; with a revision the oldest that has it
  std::string target;
  // The last revision of the restored store, which keeps the store's id. Unset: that of the backup.
  std::optional<storage::Revision> revision;
  storage::BackupProgress copying;  // bytes
  std::function<void(storage::Revision done, storage::Revision total)> replaying;
  // As storage::RestoreOptions::finish: here the store gets its new epoch.
  std::function<absl::Status(storage::Store* store, const storage::BackupInfo& info)> finish;
};

struct Recovered {
  storage::BackupInfo backup;
  storage::Head head;  // of the restored store, before `finish`
};

// All or nothing. Errors as storage::Backups::Restore, and OUT_OF_RANGE: the backup (id 0: none of them) has
// the revision. DATA_LOSS: this program makes something else of the journal than is in the backup, which is
// then to be restored whole.
absl::StatusOr<Recovered> Recover(const storage::Backups& backups, const RecoveryOptions& options);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_RECOVERY_RESTORE_H_
