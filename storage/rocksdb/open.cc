#include "storage/rocksdb/open.h"

#include <openssl/rand.h>

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "rocksdb/cache.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/listener.h"
#include "rocksdb/slice_transform.h"
#include "rocksdb/table.h"
#include "storage/entry_codec.h"
#include "storage/key_codec.h"
#include "storage/rocksdb/rocks_store.h"
#include "storage/rocksdb/status.h"

namespace attain::storage {
namespace {

constexpr char kSchemaKey[] = "schema_version", kStoreIdKey[] = "store_id";

// The prefix of a versioned key is the key without its revision, so all versions of one key share a bloom entry.
class KeyWithoutRevision : public rocksdb::SliceTransform {
 public:
  const char* Name() const override { return "attain.KeyWithoutRevision"; }
  rocksdb::Slice Transform(const rocksdb::Slice& key) const override { return {key.data(), key.size() - 8}; }
  bool InDomain(const rocksdb::Slice& key) const override { return key.size() >= 8; }
};

// A failed flush or compaction: what is acknowledged is safe in the log, but nothing more may be taken.
class ErrorListener : public rocksdb::EventListener {
 public:
  explicit ErrorListener(std::shared_ptr<std::atomic<bool>> flag) : flag_(std::move(flag)) {}
  void OnBackgroundError(rocksdb::BackgroundErrorReason, rocksdb::Status*) override { *flag_ = true; }

 private:
  std::shared_ptr<std::atomic<bool>> flag_;
};

rocksdb::DBOptions DatabaseOptions(const RocksStoreOptions& options, std::shared_ptr<std::atomic<bool>> flag) {
  rocksdb::DBOptions db;
  db.create_if_missing = options.create_if_missing;
  db.create_missing_column_families = true;
  if (options.env != nullptr) db.env = options.env;
  // The start must not grow with history: a bounded log to replay, and no walk over all files.
  db.max_total_wal_size = uint64_t{128} << 20;
  db.skip_stats_update_on_db_open = true;
  db.skip_checking_sst_file_sizes_on_db_open = true;
  db.max_open_files = 512;
  db.max_background_jobs = 2;
  db.keep_log_file_num = 3;
  db.max_log_file_size = size_t{4} << 20;
  db.stats_dump_period_sec = 0;
  db.stats_persist_period_sec = 0;
  // The first failed write stops the store for good (architecture, invariant 7): no silent recovery behind its back.
  db.max_bgerror_resume_count = 0;
  db.listeners.push_back(std::make_shared<ErrorListener>(std::move(flag)));
  return db;
}

std::vector<rocksdb::ColumnFamilyDescriptor> Families(const RocksStoreOptions& options) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.format_version = 5;
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (int i = 0; i < kFamilies; ++i) {
    rocksdb::ColumnFamilyOptions family;
    family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
    family.write_buffer_size = i == kState || i == kJournal ? options.write_buffer_bytes : size_t{8} << 20;
    family.max_write_buffer_number = 2;
    family.level_compaction_dynamic_level_bytes = true;
    family.compression = rocksdb::kLZ4Compression;
    if (i == kState) {
      family.prefix_extractor = std::make_shared<KeyWithoutRevision>();
      family.memtable_prefix_bloom_size_ratio = 0.05;
    }
    families.emplace_back(kFamilyNames[i], family);
  }
  return families;
}

absl::Status OpenFailed(const std::string& directory, const rocksdb::Status& status) {
  const std::string text = status.ToString();
  if (absl::StrContains(text, "lock ") || absl::StrContains(text, "LOCK")) {
    if (absl::StrContains(text, "temporarily unavailable") || absl::StrContains(text, "already held")) {
      return absl::FailedPreconditionError(
          absl::StrCat("the data directory ", directory, " is in use by another attaind; stop it or choose another directory"));
    }
  }
  if (status.IsInvalidArgument() && absl::StrContains(text, "does not exist")) {
    return absl::NotFoundError(absl::StrCat("there is no store in ", directory));
  }
  if (status.IsInvalidArgument() || status.IsCorruption()) {
    return absl::DataLossError(absl::StrCat("what is in ", directory, " is not a store of Attain or is damaged: ", text));
  }
  return FromRocks(absl::StrCat("open ", directory), status);
}

std::string NewStoreId() {
  unsigned char bytes[16];
  RAND_bytes(bytes, sizeof(bytes));
  return absl::BytesToHexString(absl::string_view(reinterpret_cast<const char*>(bytes), sizeof(bytes)));
}

// Reads or makes the schema version and the store's identity, and runs upgrades one by one.
absl::Status OpenMeta(rocksdb::DB* db, rocksdb::ColumnFamilyHandle* meta, const RocksStoreOptions& options,
                      std::string* store_id) {
  rocksdb::WriteOptions sync;
  sync.sync = true;
  std::string text;
  rocksdb::Status status = db->Get(rocksdb::ReadOptions(), meta, kSchemaKey, &text);
  if (status.IsNotFound()) {
    *store_id = NewStoreId();
    rocksdb::WriteBatch batch;
    batch.Put(meta, kSchemaKey, absl::StrCat(options.schema_version));
    batch.Put(meta, kStoreIdKey, *store_id);
    return FromRocks("create the store", db->Write(sync, &batch));
  }
  if (!status.ok()) return FromRocks("read the schema version", status);
  uint64_t version = 0;
  if (!absl::SimpleAtoi(text, &version)) return absl::DataLossError("the schema version is not a number");
  if (version > options.schema_version) {
    return absl::FailedPreconditionError(absl::StrCat(
        "the data was written by a newer version of Attain (schema ", version, ", this program reads up to ",
        options.schema_version, "); start the newer attaind"));
  }
  while (version < options.schema_version) {
    const UpgradeStep* step = nullptr;
    for (const UpgradeStep& candidate : options.upgrades) {
      if (candidate.from == version) step = &candidate;
    }
    if (step == nullptr) return absl::FailedPreconditionError(absl::StrCat("there is no upgrade from schema ", version));
    if (absl::Status upgraded = step->run(db); !upgraded.ok()) return upgraded;
    status = db->Put(sync, meta, kSchemaKey, absl::StrCat(++version));
    if (!status.ok()) return FromRocks("record the upgrade", status);
  }
  return FromRocks("read the store id", db->Get(rocksdb::ReadOptions(), meta, kStoreIdKey, store_id));
}

absl::Status ReadHead(rocksdb::DB* db, rocksdb::ColumnFamilyHandle* journal, Head* head) {
  head->hash.assign(kHashBytes, '\0');
  std::unique_ptr<rocksdb::Iterator> it(db->NewIterator(rocksdb::ReadOptions(), journal));
  it->SeekToLast();
  if (!it->Valid()) return FromRocks("read the head", it->status());
  const absl::StatusOr<JournalRecord> record = DecodeEntry(ToView(it->value()));
  if (!record.ok()) return record.status();
  *head = {record->revision, record->hash, record->time};
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenRocksStore(const RocksStoreOptions& options) {
  if (options.directory.empty()) return absl::InvalidArgumentError("a data directory is needed");
  auto flag = std::make_shared<std::atomic<bool>>(false);
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  const rocksdb::Status status =
      rocksdb::DB::Open(DatabaseOptions(options, flag), options.directory, Families(options), &handles, &opened);
  if (!status.ok()) return OpenFailed(options.directory, status);
  std::unique_ptr<rocksdb::DB> db(opened);
  std::string store_id;
  Head head;
  absl::Status ready = OpenMeta(db.get(), handles[kMeta], options, &store_id);
  if (ready.ok()) ready = ReadHead(db.get(), handles[kJournal], &head);
  if (!ready.ok()) {
    for (rocksdb::ColumnFamilyHandle* handle : handles) db->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
    return ready;
  }
  return std::unique_ptr<Store>(
      std::make_unique<RocksStore>(std::move(db), std::move(handles), std::move(flag), std::move(store_id), std::move(head)));
}

}  // namespace attain::storage
