#include "storage/rocksdb/rocks_inspection.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "rocksdb/snapshot.h"
#include "storage/entry_codec.h"
#include "storage/key_codec.h"
#include "storage/rocksdb/database_files.h"
#include "storage/rocksdb/files/record_keys.h"
#include "storage/rocksdb/files/status.h"
#include "storage/rocksdb/state_rows.h"

namespace attain::storage {
namespace {

constexpr size_t kJournalKeyBytes = 8;
// An iterator holds on to the files of its beginning; after so many reads the next one is made.
constexpr int kReadsOfAnIterator = 20'000;
constexpr size_t kReadahead = size_t{1} << 20;

bool IsJournalKey(absl::string_view key) {
  return key.size() == kJournalKeyBytes && DecodeBigEndian(key) > 0;
}

bool IsKnownOfMeta(absl::string_view key) {
  for (const char* known : {kSchemaKey, kStoreIdKey, kHeadKey, kEpochKey, kMarkedKey}) {
    if (key == known) return true;
  }
  return false;
}

Flaw BelongsToNothing(Family family, const rocksdb::Iterator& it) {
  return {kFamilyNames[family],
          absl::StrCat("a record under the key ", absl::BytesToHexString(ToView(it.key())),
                       " (hexadecimal) belongs to nothing")};
}

class RocksPastReads : public PastReads {
 public:
  RocksPastReads(const Database* database, const rocksdb::Snapshot* snapshot)
      : database_(database), snapshot_(snapshot) {}

  absl::StatusOr<std::optional<Versioned>> Get(absl::string_view key, Revision at) override;
  absl::Status Scan(absl::string_view begin, absl::string_view end, Revision at,
                    const ScanVisitor& visitor) override;

 private:
  const Database* const database_;
  const rocksdb::Snapshot* const snapshot_;
  std::unique_ptr<rocksdb::Iterator> it_;
  int reads_ = 0;
};

absl::StatusOr<std::optional<Versioned>> RocksPastReads::Get(absl::string_view key, Revision at) {
  if (it_ == nullptr || ++reads_ % kReadsOfAnIterator == 0) {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_;
    options.prefix_same_as_start = true;  // as StateView
    it_.reset(database_->db()->NewIterator(options, database_->family(kState)));
  }
  it_->Seek(VersionedKey(key, at));
  std::optional<Versioned> found;
  if (!it_->Valid()) {
    const rocksdb::Status status = it_->status();
    if (!status.ok()) return FromRocks("read", status);
    return found;
  }
  Row row;
  if (!ReadRow(*it_, &row)) return MalformedValue();
  if (row.key == key && row.live) found = Versioned{row.revision, std::string(row.value)};
  return found;
}

absl::Status RocksPastReads::Scan(absl::string_view begin, absl::string_view end, Revision at,
                                  const ScanVisitor& visitor) {
  rocksdb::ReadOptions options;
  options.snapshot = snapshot_;
  options.total_order_seek = true;
  const rocksdb::Slice upper = ToSlice(end);
  if (!end.empty()) options.iterate_upper_bound = &upper;
  std::unique_ptr<rocksdb::Iterator> it(database_->db()->NewIterator(options, database_->family(kState)));
  it->Seek(ToSlice(begin));
  KeyWalk walk(it.get(), at);
  for (Row row; walk.Next(&row);) {
    if (row.live && !visitor(row.key, row.revision, row.value)) return absl::OkStatus();
  }
  return walk.status();
}

class RocksInspection : public Inspection {
 public:
  RocksInspection(const Database* database, InspectedStore owned, std::string store_id)
      : owned_(std::move(owned)),
        database_(database),
        managed_(database->db()),
        snapshot_(managed_.snapshot()),
        store_id_(std::move(store_id)) {}

  std::string store_id() const override { return store_id_; }
  absl::StatusOr<Head> ReadHead() const override;
  absl::Status ForEachEntry(Revision from, EntryVisitor visitor, FlawVisitor stray) const override;
  absl::Status ForEachVersion(VersionVisitor visitor, FlawVisitor stray) const override;
  absl::Status ForEachOnce(OnceVisitor visitor) const override;
  absl::Status ForEachTile(TileVisitor visitor, FlawVisitor stray) const override;
  absl::Status ForEachStray(FlawVisitor visitor) const override;
  absl::StatusOr<std::optional<StoredVersion>> GetVersion(absl::string_view key, Revision revision,
                                                          std::string* value) const override;
  absl::StatusOr<std::optional<std::string>> GetOnce(absl::string_view key) const override;
  absl::StatusOr<std::optional<std::string>> GetTile(int level, uint64_t number) const override;
  std::unique_ptr<PastReads> NewPastReads() const override {
    return std::make_unique<RocksPastReads>(database_, snapshot_);
  }
  absl::Status CheckFiles(FileProgress progress, FlawVisitor visitor) const override {
    return CheckDatabaseFiles(*database_, /*closed=*/owned_.database != nullptr, progress, visitor);
  }

 private:
  rocksdb::ReadOptions Options() const {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_;
    return options;
  }
  // From the first key at or behind `from` until the visitor says false.
  absl::Status Walk(Family family, const std::string& from,
                    absl::FunctionRef<bool(const rocksdb::Iterator&)> visitor) const;

  const InspectedStore owned_;  // empty when somebody else has the database open
  const Database* const database_;
  rocksdb::ManagedSnapshot managed_;
  const rocksdb::Snapshot* const snapshot_;
  const std::string store_id_;
};

absl::Status RocksInspection::Walk(Family family, const std::string& from,
                                   absl::FunctionRef<bool(const rocksdb::Iterator&)> visitor) const {
  if (database_->family(family) == nullptr) return absl::OkStatus();  // a store of an older version
  rocksdb::ReadOptions options = Options();
  options.total_order_seek = true;
  options.fill_cache = false;  // what is read once must not push everything else out of the cache
  options.readahead_size = kReadahead;
  std::unique_ptr<rocksdb::Iterator> it(database_->db()->NewIterator(options, database_->family(family)));
  for (it->Seek(from); it->Valid(); it->Next()) {
    if (!visitor(*it)) return absl::OkStatus();
  }
  return FromRocks(absl::StrCat("read ", kFamilyNames[family]), it->status());
}

absl::StatusOr<Head> RocksInspection::ReadHead() const {
  Head head;
  head.hash.assign(kHashBytes, '\0');
  std::string bytes;
  const rocksdb::Status status = database_->db()->Get(Options(), database_->family(kMeta), kHeadKey, &bytes);
  if (status.IsNotFound()) return head;
  if (!status.ok()) return FromRocks("read the head", status);
  if (!DecodeHead(bytes, &head)) return absl::DataLossError("the record of the head is malformed");
  return head;
}

absl::Status RocksInspection::ForEachEntry(Revision from, EntryVisitor visitor, FlawVisitor stray) const {
  std::string begin;
  if (from > 1) AppendBigEndian(from, &begin);
  return Walk(kJournal, begin, [&](const rocksdb::Iterator& it) {
    const absl::string_view key = ToView(it.key());
    if (IsJournalKey(key)) return visitor(DecodeBigEndian(key), ToView(it.value()));
    stray(BelongsToNothing(kJournal, it));
    return true;
  });
}

absl::Status RocksInspection::ForEachVersion(VersionVisitor visitor, FlawVisitor stray) const {
  return Walk(kState, "", [&](const rocksdb::Iterator& it) {
    Row row;
    if (ReadRow(it, &row)) return visitor({row.key, row.revision, row.live, row.value});
    stray(BelongsToNothing(kState, it));
    return true;
  });
}

absl::Status RocksInspection::ForEachOnce(OnceVisitor visitor) const {
  return Walk(kOnce, "",
              [&](const rocksdb::Iterator& it) { return visitor(ToView(it.key()), ToView(it.value())); });
}

absl::Status RocksInspection::ForEachTile(TileVisitor visitor, FlawVisitor stray) const {
  return Walk(kTree, "", [&](const rocksdb::Iterator& it) {
    int level = 0;
    uint64_t number = 0;
    if (ParseTileKey(ToView(it.key()), &level, &number)) return visitor(level, number);
    stray(BelongsToNothing(kTree, it));
    return true;
  });
}

absl::Status RocksInspection::ForEachStray(FlawVisitor visitor) const {
  for (const Family family : {kMeta, kDefault}) {
    absl::Status walked = Walk(family, "", [&](const rocksdb::Iterator& it) {
      const bool known = family == kMeta && IsKnownOfMeta(ToView(it.key()));
      if (!known) visitor(BelongsToNothing(family, it));
      return true;
    });
    if (!walked.ok()) return walked;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<StoredVersion>> RocksInspection::GetVersion(absl::string_view key,
                                                                         Revision revision,
                                                                         std::string* value) const {
  std::optional<StoredVersion> found;
  const rocksdb::Status status =
      database_->db()->Get(Options(), database_->family(kState), VersionedKey(key, revision), value);
  if (status.IsNotFound()) return found;
  if (!status.ok()) return FromRocks("read", status);
  if (value->empty()) return MalformedValue();
  found = StoredVersion{key, revision, (*value)[0] == kLive, absl::string_view(*value).substr(1)};
  return found;
}

absl::StatusOr<std::optional<std::string>> RocksInspection::GetOnce(absl::string_view key) const {
  std::string value;
  const rocksdb::Status status =
      database_->db()->Get(Options(), database_->family(kOnce), ToSlice(key), &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return FromRocks("read", status);
  return std::optional<std::string>(std::move(value));
}

absl::StatusOr<std::optional<std::string>> RocksInspection::GetTile(int level, uint64_t number) const {
  std::optional<std::string> found;
  if (database_->family(kTree) == nullptr) return found;
  found.emplace();
  const rocksdb::Status status =
      database_->db()->Get(Options(), database_->family(kTree), TileKey(level, number), &*found);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return FromRocks(absl::StrCat("tile ", number, " of level ", level), status);
  return found;
}

}  // namespace

std::unique_ptr<Inspection> InspectOpen(const Database* database, std::string store_id) {
  return std::make_unique<RocksInspection>(database, InspectedStore(), std::move(store_id));
}

std::unique_ptr<Inspection> InspectClosed(InspectedStore store, std::string store_id) {
  const Database* const database = store.database.get();
  return std::make_unique<RocksInspection>(database, std::move(store), std::move(store_id));
}

}  // namespace attain::storage
