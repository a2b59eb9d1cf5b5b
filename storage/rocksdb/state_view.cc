#include "storage/rocksdb/state_view.h"

#include <string>
#include <utility>

#include "storage/key_codec.h"
#include "storage/rocksdb/files/status.h"
#include "storage/rocksdb/state_rows.h"

namespace attain::storage {
std::unique_ptr<rocksdb::Iterator> StateView::TakeIterator() const {
  std::unique_ptr<rocksdb::Iterator> it(spare_.exchange(nullptr));
  if (it == nullptr) {
    rocksdb::ReadOptions options;
    options.prefix_same_as_start =
        true;  // the prefix of a versioned key is the key: one bloom check per file
    it.reset(database_->db()->NewIterator(options, database_->family(kState)));
  }
  return it;
}

void StateView::GiveBack(std::unique_ptr<rocksdb::Iterator> it) const {
  delete spare_.exchange(it.release());
}

std::optional<Revision> StateView::KnownRevision(absl::string_view key) const {
  const Revision known = newest_->Find(key);
  if (known == 0 || known > revision_) return std::nullopt;
  return known;
}

bool StateView::GetKnown(absl::string_view key, absl::StatusOr<std::optional<Versioned>>* found) const {
  const std::optional<Revision> newest = KnownRevision(key);
  if (!newest.has_value()) return false;
  const Revision known = *newest;
  rocksdb::PinnableSlice stored;
  const rocksdb::Status status = database_->db()->Get(rocksdb::ReadOptions(), database_->family(kState),
                                                      VersionedKey(key, known), &stored);
  if (status.IsNotFound()) return false;
  if (!status.ok()) {
    *found = FromRocks("read", status);
  } else if (stored.empty()) {
    *found = MalformedValue();
  } else if (stored[0] == kLive) {
    *found = Versioned{known, std::string(stored.data() + 1, stored.size() - 1)};
  } else {
    *found = std::optional<Versioned>();
  }
  return true;
}

absl::StatusOr<std::optional<Versioned>> StateView::Get(absl::string_view key) const {
  if (absl::StatusOr<std::optional<Versioned>> known = std::optional<Versioned>(); GetKnown(key, &known))
    return known;
  std::unique_ptr<rocksdb::Iterator> it = TakeIterator();
  it->Seek(VersionedKey(key, revision_));
  std::optional<Versioned> found;
  if (it->Valid()) {
    Row row;
    if (!ReadRow(*it, &row)) return MalformedValue();
    if (row.key == key) {
      newest_->Learn(key, row.revision, unchanged_until_);
      if (row.live) found = Versioned{row.revision, std::string(row.value)};
    }
  } else if (!it->status().ok()) {
    return FromRocks("read", it->status());
  }
  GiveBack(std::move(it));
  return found;
}

absl::Status StateView::Scan(absl::string_view begin, absl::string_view end,
                             const ScanVisitor& visitor) const {
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  const rocksdb::Slice upper = ToSlice(end);
  if (!end.empty()) options.iterate_upper_bound = &upper;
  std::unique_ptr<rocksdb::Iterator> it(database_->db()->NewIterator(options, database_->family(kState)));
  it->Seek(ToSlice(begin));
  KeyWalk walk(it.get(), revision_);
  for (Row row; walk.Next(&row);) {
    if (row.live && !visitor(row.key, row.revision, row.value)) return absl::OkStatus();
  }
  return walk.status();
}

absl::Status StateView::History(absl::string_view key, const ScanVisitor& visitor) const {
  std::unique_ptr<rocksdb::Iterator> it = TakeIterator();
  for (it->Seek(VersionedKey(key, revision_)); it->Valid(); it->Next()) {
    Row row;
    if (!ReadRow(*it, &row)) return MalformedValue();
    if (row.key != key) break;
    if (row.live && !visitor(key, row.revision, row.value)) break;
  }
  return FromRocks("history", it->status());
}

}  // namespace attain::storage
