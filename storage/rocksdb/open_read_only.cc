#include "storage/rocksdb/open_read_only.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "rocksdb/env.h"
#include "storage/rocksdb/families.h"
#include "storage/rocksdb/files/status.h"
#include "storage/rocksdb/rocks_store.h"
#include "storage/rocksdb/schema.h"

namespace attain::storage {
namespace {

absl::StatusOr<std::string> ReadMeta(const Database& database, const char* key) {
  std::string value;
  const rocksdb::Status status =
      database.db()->Get(rocksdb::ReadOptions(), database.family(kMeta), key, &value);
  if (status.IsNotFound()) return absl::DataLossError(absl::StrCat("the store has lost its ", key));
  if (!status.ok()) return FromRocks(absl::StrCat("read the ", key), status);
  return value;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenRocksStoreReadOnly(const std::string& directory) {
  if (!rocksdb::Env::Default()->FileExists(absl::StrCat(directory, "/CURRENT")).ok())
    return absl::NotFoundError(absl::StrCat("there is no store in ", directory));
  RocksStoreOptions options;
  options.directory = directory;
  options.create_if_missing = false;
  OpenedStore store;
  store.failure = std::make_shared<Failure>();
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status = rocksdb::DB::OpenForReadOnly(
      DatabaseOptions(options, store.failure), directory, FamilyOptions(options), &handles, &opened);
  if (!status.ok()) return FromFailedOpen(directory, status);
  store.database = std::make_unique<Database>(std::unique_ptr<rocksdb::DB>(opened), std::move(handles));
  const Database* const database = store.database.get();
  const absl::StatusOr<std::string> version = ReadMeta(*database, kSchemaKey);
  if (!version.ok()) return version.status();
  if (*version != absl::StrCat(kSchemaVersion)) {
    return absl::FailedPreconditionError(absl::StrCat("the data in ", directory, " has schema version ",
                                                      *version, "; this program reads ", kSchemaVersion));
  }
  absl::StatusOr<std::string> store_id = ReadMeta(*database, kStoreIdKey);
  if (!store_id.ok()) return store_id.status();
  absl::StatusOr<Head> head = ReadHead(database->db(), database->families());
  if (!head.ok()) return head.status();
  absl::StatusOr<Epochs> epochs = ReadEpochs(database->db(), database->families());
  if (!epochs.ok()) return epochs.status();
  store.store_id = *std::move(store_id);
  store.head = *std::move(head);
  store.epochs = *std::move(epochs);
  return std::unique_ptr<Store>(std::make_unique<RocksStore>(std::move(store)));
}

}  // namespace attain::storage
