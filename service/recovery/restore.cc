#include "service/recovery/restore.h"

#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "service/api/macros.h"
#include "service/state/rebuild.h"
#include "storage/key_codec.h"
#include "storage/rocksdb/open.h"
#include "storage/rocksdb/open_read_only.h"
#include "storage/sha256.h"

namespace attain::engine {
namespace {

using storage::Revision;

// The oldest whole backup that has the revision: the least to read.
absl::StatusOr<uint32_t> BackupWith(const storage::Backups& backups, Revision revision) {
  ASSIGN_OR_RETURN(const std::vector<storage::BackupInfo> infos, backups.List());
  Revision newest = 0;
  for (const storage::BackupInfo& info : infos) {
    if (!info.state.ok()) continue;
    if (info.head.revision >= revision) return info.id;
    newest = info.head.revision;
  }
  return absl::OutOfRangeError(
      absl::StrCat("no whole backup has revision ", revision, "; the newest one ends at ", newest));
}

// Everything that is in force at the revision, and which revisions wrote it.
absl::StatusOr<storage::Hash> StateAt(const storage::Store& store, Revision revision) {
  ASSIGN_OR_RETURN(const std::unique_ptr<storage::Reader> reader, store.ReadAt(revision));
  storage::Sha256 sha;
  RETURN_IF_ERROR(reader->Scan("", "", [&](absl::string_view key, Revision written, absl::string_view value) {
    std::string lengths;
    storage::AppendBigEndian(key.size(), &lengths);
    storage::AppendBigEndian(written, &lengths);
    storage::AppendBigEndian(value.size(), &lengths);
    sha.Add(lengths);
    sha.Add(key);
    sha.Add(value);
    return true;
  }));
  return sha.Finish();
}

absl::Status ReplayUpTo(Revision revision, const std::string& from, const std::string& to,
                        const RecoveryOptions& options) {
  ASSIGN_OR_RETURN(const std::unique_ptr<storage::Store> source, storage::OpenRocksStoreReadOnly(from));
  if (const Revision head = source->head().revision; revision > head) {
    return absl::OutOfRangeError(
        absl::StrCat("the backup ends at revision ", head, ", before revision ", revision));
  }
  storage::RocksStoreOptions rocks;
  rocks.directory = to;
  rocks.store_id = source->store_id();
  rocks.least_epoch = source->epoch();
  ASSIGN_OR_RETURN(const std::unique_ptr<storage::Store> target, storage::OpenRocksStore(rocks));
  RETURN_IF_ERROR(RebuildUpTo(revision, *source, target.get(), options.replaying));
  ASSIGN_OR_RETURN(const storage::Hash before, StateAt(*source, revision));
  ASSIGN_OR_RETURN(const storage::Hash after, StateAt(*target, revision));
  if (before == after) return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("this program makes another state of the journal up to revision ",
                                          revision, " than the backup holds; restore the backup whole"));
}

}  // namespace

absl::StatusOr<Recovered> Recover(const storage::Backups& backups, const RecoveryOptions& options) {
  storage::RestoreOptions restore;
  restore.id = options.id;
  restore.target = options.target;
  restore.progress = options.copying;
  if (options.revision.has_value()) {
    if (restore.id == 0) {
      ASSIGN_OR_RETURN(restore.id, BackupWith(backups, *options.revision));
    }
    restore.rework = [&](const std::string& from, const std::string& to) {
      return ReplayUpTo(*options.revision, from, to, options);
    };
  }
  Recovered recovered;
  restore.finish = [&](storage::Store* store, const storage::BackupInfo& info) {
    recovered.head = store->head();
    return options.finish == nullptr ? absl::OkStatus() : options.finish(store, info);
  };
  ASSIGN_OR_RETURN(recovered.backup, backups.Restore(restore));
  return recovered;
}

}  // namespace attain::engine
