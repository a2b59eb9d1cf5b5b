#include "storage/backup/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"

namespace attain::storage {

absl::Status Meter::Add(uint64_t bytes) {
  done_ += bytes;
  if (progress_ == nullptr || progress_(done_, total_)) return absl::OkStatus();
  return absl::CancelledError("stopped before it was done");
}

absl::Status FileError(absl::string_view doing, const std::string& path, int error) {
  const std::string text = absl::StrCat(doing, " ", path, ": ", std::strerror(error));
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return absl::NotFoundError(text);
    case EEXIST:
    case ENOTEMPTY:
      return absl::AlreadyExistsError(text);
    case EACCES:
    case EPERM:
    case EROFS:
      return absl::PermissionDeniedError(text);
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return absl::UnavailableError(absl::StrCat("no space left on the disk: ", text));
    default:
      return absl::UnavailableError(text);
  }
}

absl::StatusOr<std::unique_ptr<OutFile>> OutFile::Create(const std::string& path) {
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) return FileError("write", path, errno);
  return std::unique_ptr<OutFile>(new OutFile(path, fd));
}

OutFile::~OutFile() {
  if (fd_ >= 0) close(fd_);
  if (!finished_) unlink(path_.c_str());
}

absl::Status OutFile::Append(absl::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(fd_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return FileError("write", path_, errno);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

absl::Status OutFile::Finish() {
  if (fsync(fd_) != 0) return FileError("sync", path_, errno);
  const int fd = fd_;
  fd_ = -1;
  if (close(fd) != 0) return FileError("close", path_, errno);
  finished_ = true;
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<InFile>> InFile::Open(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return FileError("read", path, errno);
  struct stat status;
  if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) {
    close(fd);
    return absl::NotFoundError(absl::StrCat("read ", path, ": no regular file"));
  }
  return std::unique_ptr<InFile>(new InFile(path, fd, static_cast<uint64_t>(status.st_size)));
}

InFile::~InFile() {
  close(fd_);
}

absl::StatusOr<absl::string_view> InFile::Read(size_t bytes) {
  buffer_.resize(bytes);
  size_t have = 0;
  while (have < bytes) {
    const ssize_t got = read(fd_, buffer_.data() + have, bytes - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FileError("read", path_, errno);
    if (got == 0) break;
    have += static_cast<size_t>(got);
  }
  return absl::string_view(buffer_.data(), have);
}

absl::StatusOr<std::string> ReadSmallFile(const std::string& path, size_t limit) {
  absl::StatusOr<std::unique_ptr<InFile>> file = InFile::Open(path);
  if (!file.ok()) return file.status();
  absl::StatusOr<absl::string_view> text = (*file)->Read(std::min<uint64_t>(limit, (*file)->size()) + 1);
  if (!text.ok()) return text.status();
  return std::string(*text);
}

absl::Status WriteWhole(const std::string& path, absl::string_view text) {
  const std::string other = absl::StrCat(path, ".tmp");
  {
    absl::StatusOr<std::unique_ptr<OutFile>> file = OutFile::Create(other);
    if (!file.ok()) return file.status();
    if (absl::Status written = (*file)->Append(text); !written.ok()) return written;
    if (absl::Status written = (*file)->Finish(); !written.ok()) return written;
  }
  return Rename(other, path);
}

absl::Status Rename(const std::string& from, const std::string& to) {
  if (rename(from.c_str(), to.c_str()) != 0)
    return FileError(absl::StrCat("rename ", from, " to"), to, errno);
  return SyncDirectory(std::filesystem::path(to).parent_path());
}

absl::Status SyncDirectory(const std::string& path) {
  const std::string name = path.empty() ? "." : path;
  const int fd = open(name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return FileError("sync", name, errno);
  const int error = fsync(fd) == 0 ? 0 : errno;
  close(fd);
  return error == 0 ? absl::OkStatus() : FileError("sync", name, error);
}

absl::Status MakeDirectory(const std::string& path) {
  if (mkdir(path.c_str(), 0700) == 0) return SyncDirectory(std::filesystem::path(path).parent_path());
  if (errno != EEXIST) return FileError("make", path, errno);
  if (!std::filesystem::is_directory(path))
    return absl::FailedPreconditionError(absl::StrCat(path, " is not a directory"));
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> FilesIn(const std::string& directory) {
  std::vector<std::string> names;
  std::error_code error;
  std::filesystem::directory_iterator it(directory, error);
  for (; !error && it != std::filesystem::directory_iterator(); it.increment(error)) {
    std::error_code ignored;
    if (it->symlink_status(ignored).type() == std::filesystem::file_type::regular)
      names.push_back(it->path().filename());
  }
  if (error) return FileError("list", directory, error.value());
  std::sort(names.begin(), names.end());
  return names;
}

absl::StatusOr<uint64_t> SizeOf(const std::string& path) {
  struct stat status;
  if (stat(path.c_str(), &status) != 0) return FileError("look at", path, errno);
  if (!S_ISREG(status.st_mode)) return absl::NotFoundError(absl::StrCat(path, " is no regular file"));
  return static_cast<uint64_t>(status.st_size);
}

absl::Status Remove(const std::string& path) {
  if (unlink(path.c_str()) == 0 || errno == ENOENT) return absl::OkStatus();
  return FileError("remove", path, errno);
}

absl::StatusOr<std::unique_ptr<BackupLock>> BackupLock::Take(const std::string& directory) {
  const int fd = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return FileError("open", directory, errno);
  if (flock(fd, LOCK_EX | LOCK_NB) == 0) return std::unique_ptr<BackupLock>(new BackupLock(fd));
  const int error = errno;
  close(fd);
  if (error != EWOULDBLOCK) return FileError("lock", directory, error);
  return absl::FailedPreconditionError(
      absl::StrCat("another backup, restore or prune is at work in ", directory, "; wait until it is done"));
}

BackupLock::~BackupLock() {
  close(fd_);
}

}  // namespace attain::storage
