#include "absl/strings/str_cat.h"
#include "storage/key_codec.h"
#include "storage/rocksdb/rocks_store.h"
#include "storage/rocksdb/status.h"

namespace attain::storage {
namespace {

class RocksReader : public Reader {
 public:
  RocksReader(const RocksStore* store, Revision revision) : store_(store), revision_(revision) {}
  Revision revision() const override { return revision_; }
  absl::StatusOr<std::optional<Versioned>> Get(absl::string_view key) const override {
    return GetVersion(*store_, key, revision_);
  }
  absl::Status Scan(absl::string_view begin, absl::string_view end, const ScanVisitor& visitor) const override {
    return ScanVersions(*store_, begin, end, revision_, visitor);
  }
  absl::Status History(absl::string_view key, const ScanVisitor& visitor) const override {
    return ScanHistory(*store_, key, revision_, visitor);
  }

 private:
  const RocksStore* store_;
  const Revision revision_;
};

absl::Status Damaged() { return absl::DataLossError("a stored value does not have its form"); }

}  // namespace

std::unique_ptr<Reader> MakeReader(const RocksStore* store, Revision revision) {
  return std::make_unique<RocksReader>(store, revision);
}

absl::StatusOr<std::optional<Versioned>> GetVersion(const RocksStore& store, absl::string_view key, Revision at) {
  rocksdb::ReadOptions options;
  options.prefix_same_as_start = true;  // the prefix of a versioned key is the key: one bloom check per file
  std::unique_ptr<rocksdb::Iterator> it(store.db()->NewIterator(options, store.family(kState)));
  it->Seek(VersionedKey(key, at));
  if (!it->Valid()) {
    if (!it->status().ok()) return FromRocks("read", it->status());
    return std::optional<Versioned>();
  }
  absl::string_view found;
  Revision revision = 0;
  if (!ParseVersionedKey(ToView(it->key()), &found, &revision) || it->value().empty()) return Damaged();
  if (found != key || it->value()[0] == kErased) return std::optional<Versioned>();
  return std::optional<Versioned>({revision, it->value().ToString().substr(1)});
}

absl::Status ScanVersions(const RocksStore& store, absl::string_view begin, absl::string_view end, Revision at,
                          const ScanVisitor& visitor) {
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  const rocksdb::Slice upper = ToSlice(end);
  if (!end.empty()) options.iterate_upper_bound = &upper;
  std::unique_ptr<rocksdb::Iterator> it(store.db()->NewIterator(options, store.family(kState)));
  it->Seek(ToSlice(begin));
  std::string done;  // the key whose newest version ≤ at was met
  bool any = false;
  while (it->Valid()) {
    absl::string_view key;
    Revision revision = 0;
    if (!ParseVersionedKey(ToView(it->key()), &key, &revision) || it->value().empty()) return Damaged();
    if (any && key == done) {
      // Older versions of a key that is done: step a little, then jump over the rest.
      it->Next();
      if (it->Valid() && ParseVersionedKey(ToView(it->key()), &key, &revision) && key == done) it->Seek(VersionedKey(done, 0));
      if (it->Valid() && ParseVersionedKey(ToView(it->key()), &key, &revision) && key == done) it->Next();
      continue;
    }
    if (revision > at) {
      it->Seek(VersionedKey(key, at));
      continue;
    }
    done.assign(key.data(), key.size());
    any = true;
    if (it->value()[0] == kLive) {
      absl::string_view value = ToView(it->value());
      value.remove_prefix(1);
      if (!visitor(done, revision, value)) return absl::OkStatus();
    }
    it->Next();
  }
  return FromRocks("scan", it->status());
}

absl::Status ScanHistory(const RocksStore& store, absl::string_view key, Revision at, const ScanVisitor& visitor) {
  rocksdb::ReadOptions options;
  options.prefix_same_as_start = true;
  std::unique_ptr<rocksdb::Iterator> it(store.db()->NewIterator(options, store.family(kState)));
  for (it->Seek(VersionedKey(key, at)); it->Valid(); it->Next()) {
    absl::string_view found;
    Revision revision = 0;
    if (!ParseVersionedKey(ToView(it->key()), &found, &revision) || it->value().empty()) return Damaged();
    if (found != key) break;
    absl::string_view value = ToView(it->value());
    if (value[0] == kErased) continue;
    value.remove_prefix(1);
    if (!visitor(key, revision, value)) break;
  }
  return FromRocks("history", it->status());
}

}  // namespace attain::storage
