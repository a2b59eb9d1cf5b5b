#include "storage/rocksdb/schema.h"

#include <openssl/rand.h>

#include <algorithm>
#include <memory>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "storage/entry_codec.h"
#include "storage/rocksdb/families.h"
#include "storage/rocksdb/files/status.h"

namespace attain::storage {
namespace {

using Handles = std::vector<rocksdb::ColumnFamilyHandle*>;

rocksdb::WriteOptions Synced() {
  rocksdb::WriteOptions options;
  options.sync = true;
  return options;
}

absl::StatusOr<std::string> NewStoreId() {
  unsigned char bytes[16];
  if (RAND_bytes(bytes, sizeof(bytes)) != 1)
    return absl::UnavailableError("no random numbers for the store id");
  return absl::BytesToHexString(absl::string_view(reinterpret_cast<const char*>(bytes), sizeof(bytes)));
}

// A database without our version record is ours only when a crash cut its making short: then it is empty.
absl::Status RequireEmpty(rocksdb::DB* db, const Handles& families) {
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  for (rocksdb::ColumnFamilyHandle* family : families) {
    std::unique_ptr<rocksdb::Iterator> it(db->NewIterator(options, family));
    it->SeekToFirst();
    if (!it->status().ok()) return FromRocks("look into the store", it->status());
    if (it->Valid()) return absl::DataLossError("the database holds data but no schema version of Attain");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> Create(rocksdb::DB* db, const Handles& families, const RocksStoreOptions& options,
                                   const std::string& known_id) {
  absl::StatusOr<std::string> id = known_id.empty() ? options.store_id : known_id;
  if (id->empty()) id = NewStoreId();
  if (!id.ok()) return id;
  rocksdb::WriteBatch batch;
  rocksdb::Status status = batch.Put(families[kMeta], kSchemaKey, absl::StrCat(options.schema_version));
  if (status.ok()) status = batch.Put(families[kMeta], kStoreIdKey, *id);
  if (status.ok()) status = db->Write(Synced(), &batch);
  if (!status.ok()) return FromRocks("create the store", status);
  return id;
}

absl::Status Upgrade(rocksdb::DB* db, const Handles& families, uint64_t version,
                     const RocksStoreOptions& options) {
  for (; version < options.schema_version; ++version) {
    const auto step = std::find_if(options.upgrades.begin(), options.upgrades.end(),
                                   [&](const UpgradeStep& candidate) { return candidate.from == version; });
    if (step == options.upgrades.end()) {
      return absl::FailedPreconditionError(absl::StrCat("the data has schema version ", version,
                                                        ", which this program cannot upgrade to ",
                                                        options.schema_version, "; use an attaind that can"));
    }
    if (absl::Status run = step->run(db, families); !run.ok()) return run;
    const rocksdb::Status status = db->Put(Synced(), families[kMeta], kSchemaKey, absl::StrCat(version + 1));
    if (!status.ok()) return FromRocks("record the upgrade", status);
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> OpenSchema(rocksdb::DB* db, const Handles& families,
                                       const RocksStoreOptions& options, const std::string& known_id) {
  std::string text;
  rocksdb::Status status = db->Get(rocksdb::ReadOptions(), families[kMeta], kSchemaKey, &text);
  if (status.IsNotFound()) {
    if (absl::Status empty = RequireEmpty(db, families); !empty.ok()) return empty;
    return Create(db, families, options, known_id);
  }
  if (!status.ok()) return FromRocks("read the schema version", status);
  uint64_t version = 0;
  if (!absl::SimpleAtoi(text, &version)) return absl::DataLossError("the schema version is not a number");
  if (version > options.schema_version) {
    return absl::FailedPreconditionError(absl::StrCat(
        "the data has schema version ", version, ", written by a newer Attain; this program reads up to ",
        options.schema_version, "; start the newer attaind"));
  }
  if (absl::Status upgraded = Upgrade(db, families, version, options); !upgraded.ok()) return upgraded;
  absl::StatusOr<std::string> id = ReadStoreId(db, families);
  if (absl::IsNotFound(id.status())) return absl::DataLossError("the store has lost its id");
  return id;
}

absl::StatusOr<std::string> ReadStoreId(rocksdb::DB* db, const Handles& families) {
  std::string id;
  const rocksdb::Status status = db->Get(rocksdb::ReadOptions(), families[kMeta], kStoreIdKey, &id);
  if (!status.ok()) return FromRocks("read the store id", status);
  return id;
}

absl::StatusOr<Epochs> ReadEpochs(rocksdb::DB* db, const Handles& families) {
  std::string text;
  const rocksdb::Status status = db->Get(rocksdb::ReadOptions(), families[kMeta], kEpochKey, &text);
  if (!status.ok() && !status.IsNotFound()) return FromRocks("read the epochs", status);
  std::optional<Epochs> epochs = Epochs::Parse(text);
  if (!epochs.has_value()) return absl::DataLossError("the record of the epochs is malformed");
  return *std::move(epochs);
}

absl::Status WriteEpochs(rocksdb::DB* db, const Handles& families, const Epochs& epochs) {
  rocksdb::WriteBatch batch;
  rocksdb::Status status = batch.Put(families[kMeta], kEpochKey, epochs.Text());
  // A tile may hold leaves of revisions that were lost; the journal makes them anew. Keys have 9 bytes.
  if (status.ok()) status = batch.DeleteRange(families[kTree], std::string(1, '\0'), std::string(10, '\xff'));
  if (status.ok()) status = db->Write(Synced(), &batch);
  return FromRocks("record the epochs", status);
}

absl::StatusOr<bool> ReadMarked(rocksdb::DB* db, const Handles& families) {
  std::string text;
  const rocksdb::Status status = db->Get(rocksdb::ReadOptions(), families[kMeta], kMarkedKey, &text);
  if (status.ok() || status.IsNotFound()) return status.ok();
  return FromRocks("read whether marks were made", status);
}

absl::Status WriteMarked(rocksdb::DB* db, const Handles& families) {
  return FromRocks("record that marks are made", db->Put(Synced(), families[kMeta], kMarkedKey, "made"));
}

absl::StatusOr<Head> ReadHead(rocksdb::DB* db, const Handles& families) {
  Head head;
  head.hash.assign(kHashBytes, '\0');
  std::string bytes;
  const rocksdb::Status status = db->Get(rocksdb::ReadOptions(), families[kMeta], kHeadKey, &bytes);
  if (status.ok()) {
    if (!DecodeHead(bytes, &head)) return absl::DataLossError("the record of the head is malformed");
    return head;
  }
  if (!status.IsNotFound()) return FromRocks("read the head", status);
  std::unique_ptr<rocksdb::Iterator> it(db->NewIterator(rocksdb::ReadOptions(), families[kJournal]));
  it->SeekToFirst();
  if (!it->status().ok()) return FromRocks("read the head", it->status());
  if (it->Valid()) return absl::DataLossError("the journal has entries but the record of its head is gone");
  return head;
}

}  // namespace attain::storage
