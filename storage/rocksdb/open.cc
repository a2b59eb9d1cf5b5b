#include "storage/rocksdb/open.h"

#include <fcntl.h>
#include <unistd.h>

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "rocksdb/env.h"
#include "storage/rocksdb/families.h"
#include "storage/rocksdb/rocks_store.h"
#include "storage/rocksdb/schema.h"
#include "storage/rocksdb/status.h"

namespace attain::storage {
namespace {

// What may lie in a directory whose store was not finished, and on a disk that was just formatted.
bool MayStandBesideAStore(absl::string_view name) {
  for (const absl::string_view prefix :
       {".", "LOG", "LOCK", "IDENTITY", "MANIFEST-", "OPTIONS-", "lost+found"}) {
    if (absl::StartsWith(name, prefix)) return true;
  }
  for (const absl::string_view suffix : {".log", ".sst", ".dbtmp"}) {
    if (absl::EndsWith(name, suffix)) return true;
  }
  return false;
}

// Where cores are few, writing out buffers and compacting must not hold up those who wait for a commit. An
// environment that cannot do it serves all the same.
void LowerBackgroundJobs(rocksdb::Env* env) {
  for (const rocksdb::Env::Priority jobs : {rocksdb::Env::HIGH, rocksdb::Env::LOW}) {
    env->LowerThreadPoolCPUPriority(jobs, rocksdb::CpuPriority::kLow).PermitUncheckedError();
  }
}

// RocksDB would happily make a database among somebody's documents.
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

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenRocksStore(const RocksStoreOptions& options) {
  if (options.directory.empty()) return absl::InvalidArgumentError("a data directory is needed");
  if (absl::Status fit = CheckDirectory(options); !fit.ok()) return fit;
  auto failure = std::make_shared<Failure>();
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  const rocksdb::DBOptions db_options = DatabaseOptions(options, failure);
  LowerBackgroundJobs(db_options.env);
  const rocksdb::Status status =
      rocksdb::DB::Open(db_options, options.directory, FamilyOptions(options), &handles, &opened);
  if (!status.ok()) return FromFailedOpen(options.directory, status);
  auto database = std::make_unique<Database>(std::unique_ptr<rocksdb::DB>(opened), std::move(handles));
  absl::StatusOr<std::string> store_id = OpenSchema(database->db(), database->families(), options);
  if (!store_id.ok()) return store_id.status();
  absl::StatusOr<Head> head = ReadHead(database->db(), database->families());
  if (!head.ok()) return head.status();
  return std::unique_ptr<Store>(std::make_unique<RocksStore>(std::move(database), std::move(failure),
                                                             *std::move(store_id), *std::move(head)));
}

}  // namespace attain::storage
