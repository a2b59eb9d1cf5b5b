// From a backup to a store.
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/backup/backups.h"
#include "storage/backup/stored_file.h"
#include "storage/rocksdb/open.h"

namespace attain::storage {
namespace {

// Where a store is put together. What a killed program left there goes first; what is there at the end as
// well.
class Unfinished {
 public:
  static absl::StatusOr<std::unique_ptr<Unfinished>> Make(const std::string& path) {
    if (absl::Status made = MakeDirectory(path); !made.ok()) return made;
    absl::StatusOr<std::unique_ptr<BackupLock>> lock = BackupLock::Take(path);
    if (!lock.ok()) return lock.status();
    std::unique_ptr<Unfinished> unfinished(new Unfinished(path, *std::move(lock)));
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
      std::error_code error;
      std::filesystem::remove_all(entry.path(), error);
      if (error) return FileError("remove", entry.path(), error.value());
    }
    return unfinished;
  }
  ~Unfinished() {
    std::error_code ignored;  // what was told already is why it is there
    std::filesystem::remove_all(path_, ignored);
  }
  std::string operator/(absl::string_view name) const { return absl::StrCat(path_, "/", name); }

 private:
  Unfinished(std::string path, std::unique_ptr<BackupLock> lock)
      : path_(std::move(path)), lock_(std::move(lock)) {}
  const std::string path_;
  const std::unique_ptr<BackupLock> lock_;
};

absl::Status RequireFree(const std::string& target) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::symlink_status(target, error);
  if (status.type() == std::filesystem::file_type::not_found) return absl::OkStatus();
  if (status.type() == std::filesystem::file_type::directory && std::filesystem::is_empty(target, error) &&
      !error)
    return absl::OkStatus();
  return absl::FailedPreconditionError(
      absl::StrCat(target, " is not empty; a restore wants a new directory and overwrites nothing"));
}

absl::StatusOr<std::unique_ptr<Store>> OpenThere(const std::string& directory, uint32_t epoch = kFirstEpoch) {
  RocksStoreOptions options;
  options.least_epoch = epoch;
  options.directory = directory;
  options.create_if_missing = false;
  return OpenRocksStore(options);
}

// Opens what was put together, as a server would.
absl::Status Check(const std::string& directory, const BackupInfo& info) {
  const absl::StatusOr<std::unique_ptr<Store>> store = OpenThere(directory);
  if (!store.ok()) return store.status();
  if (absl::Status whole = (*store)->VerifyJournal(nullptr); !whole.ok()) return whole;
  const Head head = (*store)->head();
  if ((*store)->store_id() == info.store_id && head.revision == info.head.revision &&
      head.hash == info.head.hash)
    return absl::OkStatus();
  return absl::DataLossError(absl::StrCat("backup ", info.id, " says revision ", info.head.revision,
                                          " of store ", info.store_id, " but holds revision ", head.revision,
                                          " of store ", (*store)->store_id()));
}

// In an epoch of its own: revisions that came later were given out already, and clients may hold them.
absl::Status Finish(const std::string& directory, const BackupInfo& info, const RestoreOptions& options) {
  {
    const absl::StatusOr<std::unique_ptr<Store>> store = OpenThere(directory, info.epoch + 1);
    if (!store.ok()) return store.status();
    const absl::Status finished =
        options.finish == nullptr ? absl::OkStatus() : options.finish(store->get(), info);
    if (!finished.ok()) return finished;
  }
  return SyncDirectory(directory);
}

}  // namespace

absl::Status Backups::CopyOut(const Manifest& manifest, const std::string& directory,
                              const BackupProgress& progress) const {
  uint64_t total = 0;
  for (const BackupFile& file : manifest.files) total += file.bytes;
  Meter meter(progress, total);
  for (const BackupFile& file : manifest.files) {
    const absl::StatusOr<std::unique_ptr<OutFile>> out =
        OutFile::Create(absl::StrCat(directory, "/", file.name));
    if (!out.ok()) return out.status();
    const absl::Status read = ReadStored(
        FilePath(file.stored), file.stored, file.bytes, key(),
        [&](absl::string_view bytes) { return (*out)->Append(bytes); }, &meter);
    if (!read.ok()) return read;
    if (absl::Status done = (*out)->Finish(); !done.ok()) return done;
  }
  return SyncDirectory(directory);
}

absl::StatusOr<uint32_t> Backups::NewestWhole() const {
  const absl::StatusOr<std::vector<BackupInfo>> infos = List();
  if (!infos.ok()) return infos.status();
  for (auto info = infos->rbegin(); info != infos->rend(); ++info) {
    if (info->state.ok()) return info->id;
  }
  return absl::NotFoundError(absl::StrCat("no backup in ", options_.directory, " is whole"));
}

absl::StatusOr<BackupInfo> Backups::Restore(const RestoreOptions& options) const {
  std::string target = std::filesystem::path(options.target).lexically_normal();
  while (target.size() > 1 && target.back() == '/') target.pop_back();
  if (absl::Status free = RequireFree(target); !free.ok()) return free;
  uint32_t id = options.id;
  if (id == 0) {
    const absl::StatusOr<uint32_t> newest = NewestWhole();
    if (!newest.ok()) return newest.status();
    id = *newest;
  }
  const absl::StatusOr<Manifest> manifest = ReadSealed(id);
  if (!manifest.ok()) return manifest.status();
  const BackupInfo info = InfoOf(*manifest);
  if (!info.state.ok()) return info.state;
  const absl::StatusOr<std::unique_ptr<Unfinished>> unfinished =
      Unfinished::Make(absl::StrCat(target, ".restoring"));
  if (!unfinished.ok()) return unfinished.status();
  std::string directory = **unfinished / "store";
  if (absl::Status made = MakeDirectory(directory); !made.ok()) return made;
  if (absl::Status copied = CopyOut(*manifest, directory, options.progress); !copied.ok()) return copied;
  if (absl::Status checked = Check(directory, info); !checked.ok()) return checked;
  if (options.rework != nullptr) {
    const std::string other = **unfinished / "reworked";
    if (absl::Status made = MakeDirectory(other); !made.ok()) return made;
    if (absl::Status reworked = options.rework(directory, other); !reworked.ok()) return reworked;
    directory = other;
  }
  if (absl::Status finished = Finish(directory, info, options); !finished.ok()) return finished;
  if (absl::Status free = RequireFree(target); !free.ok()) return free;
  if (absl::Status moved = Rename(directory, target); !moved.ok()) return moved;
  return info;
}

}  // namespace attain::storage
