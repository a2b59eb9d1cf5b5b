#include "storage/backup/backups.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "storage/backup/stored_file.h"
#include "storage/rocksdb/open_read_only.h"
#include "storage/rocksdb/rocks_options.h"

namespace attain::storage {
namespace {

constexpr absl::string_view kLists = "/backups", kFiles = "/files";
constexpr absl::string_view kListEnd = ".backup", kUnfinishedEnd = ".tmp";
constexpr size_t kLongestList = size_t{64} << 20;

// A checkpoint of the store, removed at the end.
class Checkpoint {
 public:
  static absl::StatusOr<std::unique_ptr<Checkpoint>> Make(Store* store, const std::string& path) {
    std::unique_ptr<Checkpoint> checkpoint(new Checkpoint(path));
    if (absl::Status cleared = checkpoint->Clear(); !cleared.ok()) return cleared;
    if (absl::Status made = store->Checkpoint(path); !made.ok()) return made;
    return checkpoint;
  }
  ~Checkpoint() { Clear().IgnoreError(); }  // the next backup clears it, too

 private:
  explicit Checkpoint(std::string path) : path_(std::move(path)) {}
  absl::Status Clear() const {
    for (const std::string& one : {path_, absl::StrCat(path_, ".tmp")}) {  // RocksDB makes the second first
      std::error_code error;
      std::filesystem::remove_all(one, error);
      if (error) return FileError("remove", one, error.value());
    }
    return absl::OkStatus();
  }
  const std::string path_;
};

// A new backup directory must not be made among somebody's documents.
absl::Status RequireOurs(const std::string& directory) {
  std::error_code error;
  if (std::filesystem::is_directory(absl::StrCat(directory, kLists), error)) return absl::OkStatus();
  for (std::filesystem::directory_iterator it(directory, error);
       !error && it != std::filesystem::directory_iterator(); it.increment(error)) {
    const std::string name = it->path().filename();
    if (name == "lost+found" || name[0] == '.') continue;
    return absl::FailedPreconditionError(
        absl::StrCat(directory, " holds no backups but other files (", name, "); choose an empty directory"));
  }
  return error ? FileError("list", directory, error.value()) : absl::OkStatus();
}

}  // namespace

Backups::Backups(BackupsOptions options) : options_(std::move(options)) {}

std::string Backups::ListPath(uint32_t id) const {
  return absl::StrCat(options_.directory, kLists, "/", id, kListEnd);
}

std::string Backups::FilePath(const std::string& stored) const {
  return absl::StrCat(options_.directory, kFiles, "/", stored);
}

absl::StatusOr<std::vector<uint32_t>> Backups::Ids() const {
  const absl::StatusOr<std::vector<std::string>> names = FilesIn(absl::StrCat(options_.directory, kLists));
  if (!names.ok()) return names.status();
  std::vector<uint32_t> ids;
  for (absl::string_view name : *names) {
    uint32_t id = 0;
    if (absl::ConsumeSuffix(&name, kListEnd) && absl::SimpleAtoi(name, &id)) ids.push_back(id);
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

absl::StatusOr<Backups::Listed> Backups::Read(uint32_t id) const {
  absl::StatusOr<std::string> text = ReadSmallFile(ListPath(id), kLongestList);
  if (absl::IsNotFound(text.status()))
    return absl::NotFoundError(absl::StrCat("there is no backup ", id, " in ", options_.directory));
  if (!text.ok()) return text.status();
  absl::StatusOr<Manifest> manifest = DecodeManifest(*text);
  if (!manifest.ok())
    return absl::DataLossError(absl::StrCat(ListPath(id), ": ", manifest.status().message()));
  if (manifest->id != id) {
    return absl::DataLossError(
        absl::StrCat(ListPath(id), " is the list of backup ", manifest->id, " under another name"));
  }
  return Listed{*std::move(text), *std::move(manifest)};
}

absl::StatusOr<Manifest> Backups::ReadSealed(uint32_t id) const {
  absl::StatusOr<Listed> listed = Read(id);
  if (!listed.ok()) return listed.status();
  if (absl::Status sealed = CheckSeal(listed->text, listed->manifest, key()); !sealed.ok()) return sealed;
  return std::move(listed->manifest);
}

BackupInfo Backups::InfoOf(const Manifest& manifest) const {
  BackupInfo info;
  info.id = manifest.id;
  info.store_id = manifest.store_id;
  info.epoch = manifest.epoch;
  info.head = manifest.head;
  info.made = manifest.made;
  info.schema_version = manifest.schema_version;
  info.encrypted = !manifest.key_id.empty();
  for (const BackupFile& file : manifest.files) {
    info.bytes += file.bytes;
    const absl::StatusOr<uint64_t> size = SizeOf(FilePath(file.stored));
    if (!info.state.ok() || (size.ok() && *size == StoredBytes(file.bytes, info.encrypted))) continue;
    info.state = absl::DataLossError(
        absl::StrCat(FilePath(file.stored), size.ok() ? " has another size" : " is gone"));
  }
  return info;
}

absl::StatusOr<std::vector<BackupInfo>> Backups::List() const {
  const absl::StatusOr<std::vector<uint32_t>> ids = Ids();
  if (absl::IsNotFound(ids.status()))
    return absl::NotFoundError(absl::StrCat("there are no backups in ", options_.directory));
  if (!ids.ok()) return ids.status();
  std::vector<BackupInfo> infos;
  for (const uint32_t id : *ids) {
    const absl::StatusOr<Listed> listed = Read(id);
    if (listed.ok()) {
      infos.push_back(InfoOf(listed->manifest));
    } else if (!absl::IsNotFound(listed.status())) {  // pruned meanwhile
      infos.emplace_back();
      infos.back().id = id;
      infos.back().state = listed.status();
    }
  }
  return infos;
}

absl::Status Backups::CheckFiles(const Manifest& manifest, const BackupProgress& progress) const {
  uint64_t total = 0;
  for (const BackupFile& file : manifest.files) total += file.bytes;
  Meter meter(progress, total);
  for (const BackupFile& file : manifest.files) {
    const absl::Status read =
        ReadStored(FilePath(file.stored), file.stored, file.bytes, key(), nullptr, &meter);
    if (!read.ok()) return read;
  }
  return absl::OkStatus();
}

absl::StatusOr<BackupInfo> Backups::Verify(uint32_t id, const BackupProgress& progress) const {
  const absl::StatusOr<Manifest> manifest = ReadSealed(id);
  if (!manifest.ok()) return manifest.status();
  const absl::Status checked = CheckFiles(*manifest, progress);
  if (absl::IsDataLoss(checked) && absl::IsNotFound(SizeOf(ListPath(id)).status()))
    return absl::NotFoundError(absl::StrCat("backup ", id, " was removed meanwhile"));
  if (!checked.ok()) return checked;
  return InfoOf(*manifest);
}

// The directory is ours, of this store, and has what it needs.
absl::Status Backups::Prepare(const Store& store) const {
  if (absl::Status ours = RequireOurs(options_.directory); !ours.ok()) return ours;
  for (const absl::string_view part : {kLists, kFiles}) {
    const std::string directory = absl::StrCat(options_.directory, part);
    if (absl::Status made = MakeDirectory(directory); !made.ok()) return made;
    const absl::StatusOr<std::vector<std::string>> names = FilesIn(directory);
    if (!names.ok()) return names.status();
    for (const std::string& name : *names) {
      if (!absl::EndsWith(name, kUnfinishedEnd)) continue;
      if (absl::Status gone = Remove(absl::StrCat(directory, "/", name)); !gone.ok()) return gone;
    }
  }
  const absl::StatusOr<std::vector<uint32_t>> ids = Ids();
  if (!ids.ok()) return ids.status();
  for (const uint32_t id : *ids) {
    const absl::StatusOr<Listed> listed = Read(id);
    if (listed.ok() && listed->manifest.store_id != store.store_id()) {
      return absl::FailedPreconditionError(
          absl::StrCat(options_.directory, " holds backups of another store (", listed->manifest.store_id,
                       "; this one is ", store.store_id(), "); choose a directory for each store"));
    }
  }
  return absl::OkStatus();
}

absl::Status Backups::CopyFile(const std::string& source, const BackupFile& file, Meter* meter,
                               std::vector<std::string>* written, BackupInfo* info) const {
  const std::string target = FilePath(file.stored);
  const absl::Status there = ReadStored(target, file.stored, file.bytes, key(), nullptr, meter);
  if (!absl::IsDataLoss(there)) return there;
  // It is not there, or damaged: then the older backups that need it are whole again, too.
  const std::string unfinished = absl::StrCat(target, kUnfinishedEnd);
  if (absl::Status copied = WriteStored(source, unfinished, file.stored, key()); !copied.ok()) return copied;
  if (!SizeOf(target).ok()) written->push_back(target);
  info->written += StoredBytes(file.bytes, key() != nullptr);
  if (absl::Status named = Rename(unfinished, target); !named.ok()) return named;
  // What is read back now comes from the system's memory, but went through all checks of a reader.
  return ReadStored(target, file.stored, file.bytes, key(), nullptr, meter);
}

absl::Status Backups::CopyFiles(const std::string& checkpoint, const BackupProgress& progress,
                                Manifest* manifest, std::vector<std::string>* written,
                                BackupInfo* info) const {
  const absl::StatusOr<std::vector<std::string>> names = FilesIn(checkpoint);
  if (!names.ok()) return names.status();
  uint64_t total = 0;
  for (const std::string& name : *names) {
    const absl::StatusOr<uint64_t> size = SizeOf(absl::StrCat(checkpoint, "/", name));
    if (!size.ok()) return size.status();
    manifest->files.push_back({name, *size, ""});
    total += *size;
  }
  // Every byte is read twice: in the store, and in the backup.
  const BackupProgress halves = progress == nullptr ? progress : [&](uint64_t done, uint64_t) {
    return progress(std::min(done / 2, total), total);
  };
  Meter meter(halves, 2 * total);
  for (BackupFile& file : manifest->files) {
    const std::string source = absl::StrCat(checkpoint, "/", file.name);
    absl::StatusOr<std::string> stored = NameOf(source, key(), &meter);
    if (!stored.ok()) return stored.status();
    file.stored = *std::move(stored);
    if (absl::Status copied = CopyFile(source, file, &meter, written, info); !copied.ok()) return copied;
  }
  return SyncDirectory(absl::StrCat(options_.directory, kFiles));
}

absl::StatusOr<BackupInfo> Backups::Create(Store* store, const CreateOptions& options) {
  if (options_.directory.empty() || options.staging.empty())
    return absl::InvalidArgumentError("a backup needs a directory and a place for the checkpoint");
  if (absl::Status made = MakeDirectory(options_.directory); !made.ok()) return made;
  const absl::StatusOr<std::unique_ptr<BackupLock>> lock = BackupLock::Take(options_.directory);
  if (!lock.ok()) return lock.status();
  if (absl::Status ready = Prepare(*store); !ready.ok()) return ready;
  const absl::StatusOr<std::unique_ptr<Checkpoint>> checkpoint = Checkpoint::Make(store, options.staging);
  if (!checkpoint.ok()) return checkpoint.status();
  const absl::StatusOr<std::vector<uint32_t>> ids = Ids();
  if (!ids.ok()) return ids.status();
  Manifest manifest;
  manifest.id = ids->empty() ? 1 : ids->back() + 1;
  {
    // The head of the copy, which commits may have left behind: what was asked of the store would be another.
    const absl::StatusOr<std::unique_ptr<Store>> copy = OpenRocksStoreReadOnly(options.staging);
    if (!copy.ok()) return copy.status();
    if (absl::Status whole = (*copy)->VerifyJournal(nullptr); !whole.ok()) return whole;
    manifest.store_id = (*copy)->store_id();
    manifest.head = (*copy)->head();
  }
  manifest.epoch = options.epoch;
  manifest.made = options.now;
  manifest.schema_version = kSchemaVersion;
  if (key() != nullptr) manifest.key_id = key()->id();
  std::vector<std::string> written;
  BackupInfo info;
  absl::Status copied = CopyFiles(options.staging, options.progress, &manifest, &written, &info);
  if (copied.ok()) copied = WriteWhole(ListPath(manifest.id), EncodeManifest(manifest, key()));
  if (!copied.ok()) {
    for (const std::string& file : written) Remove(file).IgnoreError();  // the error is that of the copy
    return copied;
  }
  const uint64_t bytes_written = info.written;
  info = InfoOf(manifest);
  info.written = bytes_written;
  return info;
}

// Files of no list. Nothing is removed while a list cannot be read: what it needs is not known.
absl::Status Backups::RemoveUnneeded() const {
  const absl::StatusOr<std::vector<uint32_t>> ids = Ids();
  if (!ids.ok()) return ids.status();
  std::set<std::string> needed;
  for (const uint32_t id : *ids) {
    const absl::StatusOr<Listed> listed = Read(id);
    if (absl::IsDataLoss(listed.status())) return absl::OkStatus();
    if (!listed.ok()) return listed.status();
    for (const BackupFile& file : listed->manifest.files) needed.insert(file.stored);
  }
  const absl::StatusOr<std::vector<std::string>> names = FilesIn(absl::StrCat(options_.directory, kFiles));
  if (!names.ok()) return names.status();
  for (const std::string& name : *names) {
    if (needed.count(name) > 0) continue;
    if (absl::Status gone = Remove(FilePath(name)); !gone.ok()) return gone;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<uint32_t>> Backups::Prune(const PruneOptions& options) {
  const absl::StatusOr<std::unique_ptr<BackupLock>> lock = BackupLock::Take(options_.directory);
  if (!lock.ok()) return lock.status();
  const absl::StatusOr<std::vector<uint32_t>> ids = Ids();
  if (!ids.ok()) return ids.status();
  std::vector<uint32_t> old, removed;
  bool any_old = false;
  // Newest first. One whose list cannot be read is as old as those before it.
  for (auto id = ids->rbegin(); id != ids->rend(); ++id) {
    const absl::StatusOr<Listed> listed = Read(*id);
    any_old = any_old || (listed.ok() && listed->manifest.made < options.made_before);
    if (any_old && (!listed.ok() || listed->manifest.made < options.made_before)) old.push_back(*id);
  }
  size_t whole = 0;
  for (auto id = ids->rbegin(); !old.empty() && id != ids->rend(); ++id) {
    if (whole < std::max<size_t>(options.keep, 1)) {
      const absl::Status checked = Verify(*id, options.progress).status();
      if (checked.ok()) {
        ++whole;
        continue;
      }
      if (!absl::IsDataLoss(checked) && !absl::IsFailedPrecondition(checked)) return checked;
    }
    if (std::count(old.begin(), old.end(), *id) > 0) removed.push_back(*id);
  }
  if (!removed.empty() && whole == 0) {
    return absl::FailedPreconditionError(
        absl::StrCat("none of the backups in ", options_.directory, " is whole",
                     key() == nullptr ? "" : " or made with this key", "; nothing is removed"));
  }
  for (const uint32_t id : removed) {
    if (absl::Status gone = Remove(ListPath(id)); !gone.ok()) return gone;
  }
  // A power cut must not bring back a list whose files are gone.
  if (absl::Status synced = SyncDirectory(absl::StrCat(options_.directory, kLists)); !synced.ok())
    return synced;
  if (absl::Status gone = RemoveUnneeded(); !gone.ok()) return gone;
  std::reverse(removed.begin(), removed.end());
  return removed;
}

}  // namespace attain::storage
