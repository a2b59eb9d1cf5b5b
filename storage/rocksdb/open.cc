#include "storage/rocksdb/open.h"

#include <utility>

#include "rocksdb/env.h"
#include "storage/rocksdb/families.h"
#include "storage/rocksdb/files/status.h"
#include "storage/rocksdb/history_check.h"
#include "storage/rocksdb/rocks_store.h"
#include "storage/rocksdb/schema.h"

namespace attain::storage {
namespace {

// Where cores are few, writing out buffers and compacting must not hold up those who wait for a commit. An
// environment that cannot do it serves all the same.
void LowerBackgroundJobs(rocksdb::Env* env) {
  for (const rocksdb::Env::Priority jobs : {rocksdb::Env::HIGH, rocksdb::Env::LOW}) {
    env->LowerThreadPoolCPUPriority(jobs, rocksdb::CpuPriority::kLow).PermitUncheckedError();
  }
}

absl::Status OpenDatabase(const RocksStoreOptions& options, OpenedStore* store) {
  store->failure = std::make_shared<Failure>();
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  const rocksdb::DBOptions db_options = DatabaseOptions(options, store->failure);
  LowerBackgroundJobs(db_options.env);
  const rocksdb::Status status =
      rocksdb::DB::Open(db_options, options.directory, FamilyOptions(options), &handles, &opened);
  if (!status.ok()) return FromFailedOpen(options.directory, status);
  store->database = std::make_unique<Database>(std::unique_ptr<rocksdb::DB>(opened), std::move(handles));
  return absl::OkStatus();
}

absl::StatusOr<History> OpenHistory(const Database& database, const RocksStoreOptions& options,
                                    const std::string& known_id) {
  absl::StatusOr<std::string> store_id = OpenSchema(database.db(), database.families(), options, known_id);
  if (!store_id.ok()) return store_id.status();
  absl::StatusOr<Epochs> epochs = ReadEpochs(database.db(), database.families());
  if (!epochs.ok()) return epochs.status();
  absl::StatusOr<Head> head = ReadHead(database.db(), database.families());
  if (!head.ok()) return head.status();
  return History{*std::move(store_id), *std::move(epochs), *std::move(head)};
}

absl::Status BeginEpoch(const Database& database, uint32_t least, History* history) {
  if (history->epoch() >= least) return absl::OkStatus();
  history->epochs.Begin(least, history->head.revision + 1);
  return WriteEpochs(database.db(), database.families(), history->epochs);
}

// Nobody else has it open, and nobody else reads it.
absl::Status TakeDirectory(const RocksStoreOptions& options, OpenReport* report, OpenedStore* store) {
  if (absl::Status fit = CheckDirectory(options); !fit.ok()) return fit;
  if (options.env != nullptr) return absl::OkStatus();
  absl::StatusOr<std::unique_ptr<DirectoryLock>> lock =
      DirectoryLock::Take(options.directory, options.create_if_missing, &report->warnings);
  if (!lock.ok()) return lock.status();
  store->lock = *std::move(lock);
  CloseToOthers(options.directory, &report->warnings);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenRocksStore(const RocksStoreOptions& options, OpenReport* report) {
  if (options.directory.empty()) return absl::InvalidArgumentError("a data directory is needed");
  OpenReport unread;
  if (report == nullptr) report = &unread;
  OpenedStore store;
  if (absl::Status taken = TakeDirectory(options, report, &store); !taken.ok()) return taken;
  HistoryCheck check(options, report);
  check.Read();
  if (absl::Status files = check.CheckFiles(); !files.ok()) return files;
  if (absl::Status opened = OpenDatabase(options, &store); !opened.ok()) return opened;
  absl::StatusOr<History> history = OpenHistory(*store.database, options, check.KnownStoreId());
  if (!history.ok()) return history.status();
  if (absl::Status same = check.CheckOpened(*store.database, &*history); !same.ok()) return same;
  if (absl::Status began = BeginEpoch(*store.database, options.least_epoch, &*history); !began.ok())
    return began;
  absl::StatusOr<std::unique_ptr<MarkKeeper>> marks = check.Keep(*store.database, *history);
  if (!marks.ok()) return marks.status();
  store.marks = *std::move(marks);
  store.store_id = std::move(history->store_id);
  store.epochs = std::move(history->epochs);
  store.head = std::move(history->head);
  return std::unique_ptr<Store>(std::make_unique<RocksStore>(std::move(store)));
}

}  // namespace attain::storage
