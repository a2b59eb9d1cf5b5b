// A store opened for reading alone.
#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "rocksdb/env.h"
#include "storage/rocksdb/families.h"
#include "storage/rocksdb/files/status.h"
#include "storage/rocksdb/history_check.h"
#include "storage/rocksdb/open.h"
#include "storage/rocksdb/rocks_inspection.h"
#include "storage/rocksdb/schema.h"

namespace attain::storage {
namespace {

absl::Status CheckThere(const RocksStoreOptions& options, rocksdb::Env* env) {
  if (options.directory.empty()) return absl::InvalidArgumentError("a data directory is needed");
  const rocksdb::Status there = env->FileExists(absl::StrCat(options.directory, "/CURRENT"));
  if (there.IsNotFound())
    return absl::NotFoundError(absl::StrCat("there is no store in ", options.directory));
  return FromRocks(absl::StrCat("open ", options.directory), there);
}

// The families that the store has, in the order of their numbers; those that it does not have are left out.
absl::StatusOr<std::vector<rocksdb::ColumnFamilyDescriptor>> FamiliesOf(const RocksStoreOptions& options,
                                                                        const rocksdb::DBOptions& db) {
  std::vector<std::string> names;
  const rocksdb::Status listed = rocksdb::DB::ListColumnFamilies(db, options.directory, &names);
  if (!listed.ok()) return FromFailedOpen(options.directory, listed);
  std::vector<rocksdb::ColumnFamilyDescriptor> families = FamilyOptions(options);
  for (const std::string& name : names) {
    const bool known = std::any_of(families.begin(), families.end(),
                                   [&](const auto& family) { return family.name == name; });
    if (!known) {
      return absl::DataLossError(
          absl::StrCat("what is in ", options.directory,
                       " has records of a kind that this program does not know: ", name));
    }
  }
  families.erase(std::remove_if(families.begin(), families.end(),
                                [&](const auto& family) {
                                  return std::find(names.begin(), names.end(), family.name) == names.end();
                                }),
                 families.end());
  return families;
}

// Handles by number of family, null for those that were not opened.
std::vector<rocksdb::ColumnFamilyHandle*> Numbered(const std::vector<rocksdb::ColumnFamilyHandle*>& opened) {
  std::vector<rocksdb::ColumnFamilyHandle*> handles(kFamilies, nullptr);
  for (rocksdb::ColumnFamilyHandle* handle : opened) {
    handles[std::find(kFamilyNames, kFamilyNames + kFamilies, handle->GetName()) - kFamilyNames] = handle;
  }
  return handles;
}

absl::Status CheckSchema(const Database& database, const RocksStoreOptions& options) {
  if (database.family(kMeta) == nullptr) return absl::DataLossError("the store has lost its version and id");
  std::string text;
  const rocksdb::Status status =
      database.db()->Get(rocksdb::ReadOptions(), database.family(kMeta), kSchemaKey, &text);
  if (status.IsNotFound()) return absl::DataLossError("the store has lost its schema version");
  if (!status.ok()) return FromRocks("read the schema version", status);
  uint64_t version = 0;
  if (!absl::SimpleAtoi(text, &version)) return absl::DataLossError("the schema version is not a number");
  if (version <= options.schema_version) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrCat("the data has schema version ", version,
                                                    ", written by a newer Attain; this program reads up to ",
                                                    options.schema_version, "; use the newer one"));
}

absl::StatusOr<std::string> RequireStoreId(const Database& database) {
  absl::StatusOr<std::string> id = ReadStoreId(database.db(), database.families());
  if (absl::IsNotFound(id.status())) return absl::DataLossError("the store has lost its id");
  return id;
}

// Whether the store goes as far as its head marks know. One whose head cannot be read is looked into all the
// same: the verification tells it.
absl::Status CheckHistory(const Database& database, const std::string& store_id, HistoryCheck* check) {
  absl::StatusOr<Epochs> epochs = ReadEpochs(database.db(), database.families());
  absl::StatusOr<Head> head = ReadHead(database.db(), database.families());
  if (!epochs.ok() || !head.ok()) return absl::OkStatus();
  History history{store_id, *std::move(epochs), *std::move(head)};
  return check->CheckOpened(database, &history);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Inspection>> OpenInspection(const RocksStoreOptions& given) {
  RocksStoreOptions options = given;
  options.accept_loss = false;  // which would write
  rocksdb::DBOptions db = DatabaseOptions(options, std::make_shared<Failure>());
  db.create_if_missing = false;
  db.create_missing_column_families = false;
  if (absl::Status there = CheckThere(options, db.env); !there.ok()) return there;
  InspectedStore store;
  OpenReport report;
  if (options.env == nullptr) {
    absl::StatusOr<std::unique_ptr<DirectoryLock>> lock =
        DirectoryLock::Take(options.directory, /*make=*/false, &report.warnings);
    if (!lock.ok()) return lock.status();
    store.lock = *std::move(lock);
  }
  HistoryCheck check(options, &report);
  check.Read();
  if (absl::Status files = check.CheckFiles(); !files.ok()) return files;
  absl::StatusOr<std::vector<rocksdb::ColumnFamilyDescriptor>> families = FamiliesOf(options, db);
  if (!families.ok()) return families.status();
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status =
      rocksdb::DB::OpenForReadOnly(db, options.directory, *families, &handles, &opened);
  if (!status.ok()) return FromFailedOpen(options.directory, status);
  store.database = std::make_unique<Database>(std::unique_ptr<rocksdb::DB>(opened), Numbered(handles));
  if (absl::Status fit = CheckSchema(*store.database, options); !fit.ok()) return fit;
  absl::StatusOr<std::string> id = RequireStoreId(*store.database);
  if (!id.ok()) return id.status();
  if (absl::Status whole = CheckHistory(*store.database, *id, &check); !whole.ok()) return whole;
  return InspectClosed(std::move(store), *std::move(id));
}

}  // namespace attain::storage
