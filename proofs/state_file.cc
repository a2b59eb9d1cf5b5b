#include "proofs/state_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "proofs/sha256.h"

namespace attain::proofs {
namespace {

// A checkpoint has three lines.
constexpr size_t kMostBytes = 4096;

absl::Status Failed(absl::string_view what, const std::string& path) {
  return absl::ErrnoToStatus(errno, absl::StrCat(what, " ", path));
}

absl::Status WriteSynced(const std::string& path, absl::string_view bytes) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return Failed("cannot write", path);
  absl::Cleanup close_file = [file] { close(file); };
  while (!bytes.empty()) {
    const ssize_t wrote = write(file, bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return Failed("cannot write", path);
    bytes.remove_prefix(static_cast<size_t>(wrote));
  }
  return fsync(file) == 0 ? absl::OkStatus() : Failed("cannot sync", path);
}

}  // namespace

absl::StatusOr<std::unique_ptr<StateFiles>> StateFiles::Open(const std::string& directory) {
  if (mkdir(directory.c_str(), 0700) != 0 && errno != EEXIST) return Failed("cannot make", directory);
  const int lock = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (lock < 0) return Failed("cannot open", directory);
  if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
    close(lock);
    return absl::FailedPreconditionError(
        absl::StrCat(directory, " is in use by another process: two of them could sign two histories"));
  }
  return std::unique_ptr<StateFiles>(new StateFiles(directory, lock));
}

StateFiles::~StateFiles() {
  close(lock_);
}

std::string StateFiles::PathOf(absl::string_view origin) const {
  Sha256 sha;
  sha.Add(origin);
  return absl::StrCat(directory_, "/", absl::BytesToHexString(View(sha.Finish())));
}

absl::StatusOr<std::string> StateFiles::Read(absl::string_view origin) const {
  const std::string path = PathOf(origin);
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0 && errno == ENOENT) return std::string();
  if (file < 0) return Failed("cannot read", path);
  absl::Cleanup close_file = [file] { close(file); };
  std::string bytes(kMostBytes, '\0');
  const ssize_t size = read(file, &bytes[0], bytes.size());
  if (size < 0) return Failed("cannot read", path);
  bytes.resize(static_cast<size_t>(size));
  const std::string first = absl::StrCat(origin, "\n");
  if (bytes.size() == kMostBytes || bytes.compare(0, first.size(), first) != 0)
    return absl::DataLossError(absl::StrCat(path, " does not hold a checkpoint of ", origin));
  return bytes.substr(first.size());
}

absl::StatusOr<std::string> StateFiles::Latest(absl::string_view origin) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return Read(origin);
}

absl::StatusOr<bool> StateFiles::Replace(absl::string_view origin, absl::string_view seen,
                                         absl::string_view next) {
  const std::lock_guard<std::mutex> lock(mutex_);
  const absl::StatusOr<std::string> now = Read(origin);
  if (!now.ok()) return now.status();
  if (*now != seen) return false;
  const std::string path = PathOf(origin), fresh = absl::StrCat(path, ".new");
  if (absl::Status wrote = WriteSynced(fresh, absl::StrCat(origin, "\n", next)); !wrote.ok()) return wrote;
  if (std::rename(fresh.c_str(), path.c_str()) != 0) return Failed("cannot replace", path);
  if (fsync(lock_) != 0) return Failed("cannot sync", directory_);
  return true;
}

}  // namespace attain::proofs
