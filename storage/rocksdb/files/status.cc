#include "storage/rocksdb/files/status.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace attain::storage {
namespace {

bool IsLockedBy(absl::string_view text) {
  // Another process; this process on a real disk; this process on an in-memory file system.
  return (absl::StrContains(text, "LOCK") && absl::StrContains(text, "Resource temporarily unavailable")) ||
         absl::StrContains(text, "lock hold by current process") ||
         absl::StrContains(text, "lock is already held");
}

// One of the store's own files is gone.
bool LostFile(const rocksdb::Status& status, absl::string_view text) {
  return status.IsPathNotFound() && (absl::StrContains(text, "MANIFEST-") || absl::StrContains(text, ".sst"));
}

}  // namespace

absl::Status FromRocks(absl::string_view doing, const rocksdb::Status& status) {
  if (status.ok()) return absl::OkStatus();
  const std::string text = absl::StrCat(doing, ": ", status.ToString());
  if (status.IsNoSpace() || absl::StrContains(text, "No space left") ||
      absl::StrContains(text, "Disk quota")) {
    return absl::UnavailableError(absl::StrCat("no space left on the disk: ", text));
  }
  if (status.IsNotFound()) return absl::NotFoundError(text);
  if (status.IsCorruption() || LostFile(status, text)) return absl::DataLossError(text);
  if (status.IsInvalidArgument()) return absl::FailedPreconditionError(text);
  if (absl::StrContains(text, "Permission denied")) return absl::PermissionDeniedError(text);
  return absl::UnavailableError(text);
}

absl::Status InUse(const std::string& directory) {
  return absl::FailedPreconditionError(
      absl::StrCat("the data directory ", directory,
                   " is in use by another attaind; stop it or choose another directory"));
}

absl::Status FromFailedOpen(const std::string& directory, const rocksdb::Status& status) {
  const std::string text = status.ToString();
  if (IsLockedBy(text)) {
    return InUse(directory);
  }
  if (status.IsInvalidArgument() && absl::StrContains(text, "create_if_missing is false")) {
    return absl::NotFoundError(absl::StrCat("there is no store in ", directory));
  }
  if (status.IsInvalidArgument() || status.IsCorruption() || status.IsNotSupported() ||
      LostFile(status, text)) {
    return absl::DataLossError(
        absl::StrCat("what is in ", directory, " is not a store of Attain or is damaged: ", text));
  }
  return FromRocks(absl::StrCat("open ", directory), status);
}

}  // namespace attain::storage
