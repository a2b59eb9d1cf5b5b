#include "storage/rocksdb/status.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace attain::storage {

absl::Status FromRocks(absl::string_view doing, const rocksdb::Status& status) {
  if (status.ok()) return absl::OkStatus();
  const std::string text = absl::StrCat(doing, ": ", status.ToString());
  if (status.IsNoSpace()) return absl::UnavailableError(absl::StrCat("no space left on the disk: ", text));
  if (status.IsNotFound()) return absl::NotFoundError(text);
  if (status.IsCorruption()) return absl::DataLossError(text);
  if (status.IsInvalidArgument()) return absl::FailedPreconditionError(text);
  if (status.IsIOError() && absl::StrContains(status.ToString(), "No space left")) {
    return absl::UnavailableError(absl::StrCat("no space left on the disk: ", text));
  }
  return absl::UnavailableError(text);
}

}  // namespace attain::storage
