#include "storage/rocksdb/data_directory.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "rocksdb/env.h"
#include "storage/rocksdb/files/status.h"

namespace attain::storage {
namespace {

// What may lie in a directory whose store was not finished, and on a disk that was just formatted.
bool MayStandBesideAStore(absl::string_view name) {
  for (const absl::string_view prefix :
       {".", "LOG", "LOCK", "IDENTITY", "MANIFEST-", "OPTIONS-", "lost+found", "head-mark"}) {
    if (absl::StartsWith(name, prefix)) return true;
  }
  for (const absl::string_view suffix : {".log", ".sst", ".dbtmp"}) {
    if (absl::EndsWith(name, suffix)) return true;
  }
  return false;
}

}  // namespace

absl::Status CheckDirectory(const RocksStoreOptions& options) {
  rocksdb::Env* env = options.env != nullptr ? options.env : rocksdb::Env::Default();
  if (env->FileExists(options.directory).IsNotFound()) return absl::OkStatus();
  bool is_directory = false;
  if (env->IsDirectory(options.directory, &is_directory).ok() && !is_directory) {
    return absl::FailedPreconditionError(absl::StrCat(options.directory, " is not a directory"));
  }
  if (env->FileExists(absl::StrCat(options.directory, "/CURRENT")).ok()) return absl::OkStatus();
  std::vector<std::string> names;
  // RocksDB tells a directory that may not be read as one that is not there.
  if (options.env == nullptr &&
      faccessat(AT_FDCWD, options.directory.c_str(), R_OK | W_OK | X_OK, AT_EACCESS) != 0) {
    return absl::PermissionDeniedError(
        absl::StrCat("permission denied: ", options.directory,
                     " must be readable and writable for the user that runs attaind"));
  }
  const rocksdb::Status listed = env->GetChildren(options.directory, &names);
  if (!listed.ok()) return FromRocks(absl::StrCat("list ", options.directory), listed);
  for (const std::string& name : names) {
    if (!MayStandBesideAStore(name)) {
      return absl::FailedPreconditionError(absl::StrCat(
          options.directory, " holds no store but other files (", name, "); choose an empty directory"));
    }
  }
  return absl::OkStatus();
}

DirectoryLock::~DirectoryLock() {
  close(fd_);
}

absl::StatusOr<std::unique_ptr<DirectoryLock>> DirectoryLock::Take(const std::string& directory, bool make,
                                                                   std::vector<std::string>* warnings) {
  // What cannot be made or opened is told by the opening of the database, in words of its own.
  if (make) static_cast<void>(mkdir(directory.c_str(), S_IRWXU));
  const int fd = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return std::unique_ptr<DirectoryLock>();
  std::unique_ptr<DirectoryLock> lock(new DirectoryLock(fd));
  if (flock(fd, LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno == EWOULDBLOCK) return InUse(directory);
  warnings->push_back(absl::StrCat("the directory ", directory, " cannot be locked (", std::strerror(errno),
                                   "): never start a second attaind on it, and keep its file LOCK"));
  return std::unique_ptr<DirectoryLock>();
}

void CloseToOthers(const std::string& directory, std::vector<std::string>* warnings) {
  constexpr auto kOthers = std::filesystem::perms::group_all | std::filesystem::perms::others_all;
  std::string failed;
  const auto close_one = [&](const std::filesystem::path& path, const std::filesystem::file_status& status) {
    if ((status.permissions() & kOthers) == std::filesystem::perms::none) return;
    std::error_code error;
    std::filesystem::permissions(path, kOthers, std::filesystem::perm_options::remove, error);
    if (error && failed.empty()) failed = absl::StrCat(path.string(), ": ", error.message());
  };
  std::error_code ignored;
  close_one(directory, std::filesystem::status(directory, ignored));
  for (auto it = std::filesystem::directory_iterator(directory, ignored);
       !ignored && it != std::filesystem::directory_iterator(); it.increment(ignored)) {
    const std::filesystem::file_status status = it->symlink_status(ignored);
    if (status.type() == std::filesystem::file_type::regular) close_one(it->path(), status);
  }
  if (failed.empty()) return;
  warnings->push_back(absl::StrCat("the data can be read by other users of this machine (", failed,
                                   "): chmod -R go= ", directory, " as its owner"));
}

}  // namespace attain::storage
