// Files and directories of backups: whole or not at all, on disk before they count.
#ifndef ATTAIN_STORAGE_BACKUP_FILES_H_
#define ATTAIN_STORAGE_BACKUP_FILES_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace attain::storage {

// Told now and then, and at the end, how many bytes of how many are done; returns false to stop, and what
// runs then ends with CANCELLED. Null: nobody is told.
using BackupProgress = std::function<bool(uint64_t done, uint64_t total)>;

// Counts bytes for a BackupProgress. Thread-compatible.
class Meter {
 public:
  Meter(BackupProgress progress, uint64_t total) : progress_(std::move(progress)), total_(total) {}
  // CANCELLED when the callback says stop.
  absl::Status Add(uint64_t bytes);

 private:
  const BackupProgress progress_;
  const uint64_t total_;
  uint64_t done_ = 0;
};

// What `error` (an errno) of a system call on `path` means: NOT_FOUND, ALREADY_EXISTS, PERMISSION_DENIED, or
// UNAVAILABLE (the disk fails, or is full: the message then says "no space left").
absl::Status FileError(absl::string_view doing, const std::string& path, int error);

// A new file that is written from its beginning to its end. Thread-compatible.
class OutFile {
 public:
  // Replaces what was there. Only its owner may read it.
  static absl::StatusOr<std::unique_ptr<OutFile>> Create(const std::string& path);
  ~OutFile();  // closes it, and removes it unless Finish was called with success

  absl::Status Append(absl::string_view bytes);
  // Everything is on disk when it returns OK; the entry in the directory is after SyncDirectory.
  absl::Status Finish();

 private:
  OutFile(std::string path, int fd) : path_(std::move(path)), fd_(fd) {}
  const std::string path_;
  int fd_;
  bool finished_ = false;
};

// Reads a file from its beginning. Thread-compatible.
class InFile {
 public:
  static absl::StatusOr<std::unique_ptr<InFile>> Open(const std::string& path);
  ~InFile();

  // Up to `bytes`; fewer only at the end of the file. The view is valid until the next Read.
  absl::StatusOr<absl::string_view> Read(size_t bytes);
  uint64_t size() const { return size_; }  // when it was opened

 private:
  InFile(std::string path, int fd, uint64_t size) : path_(std::move(path)), fd_(fd), size_(size) {}
  const std::string path_;
  const int fd_;
  const uint64_t size_;
  std::string buffer_;
};

// Contents of a file; of one above `limit` bytes only so many and one more.
absl::StatusOr<std::string> ReadSmallFile(const std::string& path, size_t limit);
// Writes it under another name, syncs it and renames it: there is the old file or the whole new one.
absl::Status WriteWhole(const std::string& path, absl::string_view text);
absl::Status Rename(const std::string& from, const std::string& to);
absl::Status SyncDirectory(const std::string& path);
// Made if it is missing; its parent must be there.
absl::Status MakeDirectory(const std::string& path);
// Names of the regular files in a directory, sorted; links and directories are left out.
absl::StatusOr<std::vector<std::string>> FilesIn(const std::string& directory);
// Size in bytes; NOT_FOUND when there is no regular file.
absl::StatusOr<uint64_t> SizeOf(const std::string& path);
// NOT_FOUND is fine.
absl::Status Remove(const std::string& path);

// Held by one program at a time, or by one thread of it; given back when it is destroyed, or by the system
// when the program dies.
class BackupLock {
 public:
  // FAILED_PRECONDITION when somebody else has it.
  static absl::StatusOr<std::unique_ptr<BackupLock>> Take(const std::string& directory);
  ~BackupLock();

 private:
  explicit BackupLock(int fd) : fd_(fd) {}
  const int fd_;
};

}  // namespace attain::storage

#endif  // ATTAIN_STORAGE_BACKUP_FILES_H_
