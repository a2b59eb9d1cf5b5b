// Backups of a store, made while it is written, in a directory of their own.
//
//   DIR/backups/7.backup   the list of backup 7 (manifest.h); it makes the backup: without it there is none
//   DIR/files/…            files of the store, named by what they hold (stored_file.h), shared by backups
//
// A backup is a checkpoint of RocksDB copied file by file: a file that is there already is read and checked,
// and not written again. So a backup after a day costs what was written that day, but reads both sides whole.
// Every file is synced before the list that names it. Whatever ends a backup early (kill -9, a full disk)
// leaves those before it as they were.
//
// What a key protects: nobody without it reads a value, a key or a name from files/, and a byte that is
// changed, cut off or moved from one file to another is told, also when somebody did it on purpose. The list
// says in clear what is no secret: store id, epoch, revision, hash and time of the head, and sizes and number
// of files. A key does not hide how much was written between two backups, and does not notice when a whole
// backup is removed or an older backup directory is put in place of a newer one: compare revision and hash
// with what clients kept. Without a key damage is noticed (SHA-256), but not somebody who rewrites the list.
//
// The format is not that of rocksdb::BackupEngine: its lists have no checksum, its encrypted files draw their
// starting point from 31 bits and say nothing of who changed them, and a file that was cut off there ends the
// process (an assertion that is on in Debian's build).
#ifndef ATTAIN_STORAGE_BACKUP_BACKUPS_H_
#define ATTAIN_STORAGE_BACKUP_BACKUPS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/backup/backup_key.h"
#include "storage/backup/files.h"
#include "storage/backup/manifest.h"
#include "storage/store.h"

namespace attain::storage {

struct BackupsOptions {
  std::string directory;
  // New backups are encrypted with it, and old ones read. Unset: neither. Backups of several keys may lie in
  // one directory; they share no files.
  std::optional<BackupKey> key;
};

struct CreateOptions {
  // A path that does not exist, on the file system of the store, whose parent does: hard links to the store's
  // files are made there while the backup is made, and removed. What a killed program left there goes first.
  std::string staging;
  absl::Time now;                // when the backup is made
  uint32_t epoch = kFirstEpoch;  // of the store
  BackupProgress progress;       // bytes of the store
};

struct BackupInfo {
  uint32_t id = 0;
  std::string store_id;
  uint32_t epoch = 0;
  Head head;
  absl::Time made;
  uint64_t schema_version = 0;
  bool encrypted = false;
  uint64_t bytes = 0;    // of all its files, as the store had them
  uint64_t written = 0;  // given by Create only: bytes that were not there already
  // What List sees without reading the files: OK, or DATA_LOSS with what is missing or has another size. Of
  // a backup whose list is damaged only id and state are known.
  absl::Status state;
};

struct PruneOptions {
  absl::Time made_before;  // younger ones stay
  // The newest backups that stay whatever their age. Only what was read through and found whole counts. At
  // least 1; less counts as 1.
  size_t keep = 1;
  BackupProgress progress;  // of reading one of them through
};

struct RestoreOptions {
  uint32_t id = 0;  // 0: the newest whose state is OK
  // Where the store will be: a path that does not exist, or an empty directory. Its parent must be there.
  std::string target;
  BackupProgress progress;  // bytes of the store
  // Makes another store of the restored one: `from` is the directory of that one, checked and closed, `to` an
  // empty directory beside it, whose store gets the name `target`. Null: the restored store does.
  std::function<absl::Status(const std::string& from, const std::string& to)> rework;
  // Called with the store before it gets its name. For what makes it another one than it was (a new epoch).
  // May be null. An error of either ends the restore, and nothing is left of it.
  std::function<absl::Status(Store* store, const BackupInfo& info)> finish;
};

// Thread-safe; several programs may use one directory. Errors of all: PERMISSION_DENIED, UNAVAILABLE (the
// disk fails or is full), CANCELLED (the callback said so).
class Backups {
 public:
  explicit Backups(BackupsOptions options);

  // A backup of the store at some revision between the call and its end; commits go on meanwhile. The
  // directory is made if its parent is there. INVALID_ARGUMENT: a directory is missing. FAILED_PRECONDITION:
  // the directory holds other files, or backups of another store, or somebody else is at work there.
  // DATA_LOSS: the copy of the store is not consistent. What is written for a failed backup is removed.
  absl::StatusOr<BackupInfo> Create(Store* store, const CreateOptions& options);

  // Oldest first. NOT_FOUND: there is no such directory. No key is needed.
  absl::StatusOr<std::vector<BackupInfo>> List() const;

  // Reads every file of the backup and checks it. NOT_FOUND: no such backup. DATA_LOSS names the file that is
  // damaged, gone, or changed on purpose. FAILED_PRECONDITION: another key is needed.
  absl::StatusOr<BackupInfo> Verify(uint32_t id, const BackupProgress& progress) const;

  // Removes old backups, damaged ones among them, and files that none needs; gives the ids.
  // FAILED_PRECONDITION: somebody else is at work there, or none of the backups is found whole, so nothing is
  // removed.
  absl::StatusOr<std::vector<uint32_t>> Prune(const PruneOptions& options);

  // Puts a backup back as a store of its own: all or nothing, synced, and checked (every file, the chain of
  // the journal, id and head). FAILED_PRECONDITION: the target is not empty, or another key is needed, told
  // before anything is written. NOT_FOUND: no such backup, or none that is whole. DATA_LOSS as Verify.
  absl::StatusOr<BackupInfo> Restore(const RestoreOptions& options) const;

 private:
  struct Listed {
    std::string text;
    Manifest manifest;
  };
  const BackupKey* key() const { return options_.key.has_value() ? &*options_.key : nullptr; }
  std::string ListPath(uint32_t id) const;
  std::string FilePath(const std::string& stored) const;
  absl::StatusOr<std::vector<uint32_t>> Ids() const;
  absl::StatusOr<Listed> Read(uint32_t id) const;
  // The manifest, its seal checked.
  absl::StatusOr<Manifest> ReadSealed(uint32_t id) const;
  absl::Status CheckFiles(const Manifest& manifest, const BackupProgress& progress) const;
  absl::Status Prepare(const Store& store) const;
  absl::Status CopyFiles(const std::string& checkpoint, const BackupProgress& progress, Manifest* manifest,
                         std::vector<std::string>* written, BackupInfo* info) const;
  absl::Status CopyFile(const std::string& source, const BackupFile& file, Meter* meter,
                        std::vector<std::string>* written, BackupInfo* info) const;
  absl::Status RemoveUnneeded() const;
  absl::StatusOr<uint32_t> NewestWhole() const;
  absl::Status CopyOut(const Manifest& manifest, const std::string& directory,
                       const BackupProgress& progress) const;
  BackupInfo InfoOf(const Manifest& manifest) const;

  const BackupsOptions options_;
};

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_BACKUP_BACKUPS_H_
