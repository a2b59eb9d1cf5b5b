#include <algorithm>
#include <cassert>
#include <map>
#include <utility>
#include <vector>

#include "rocksdb/write_batch.h"
#include "storage/entry_codec.h"
#include "storage/key_codec.h"
#include "storage/rocksdb/rocks_store.h"
#include "storage/rocksdb/state_view.h"
#include "storage/rocksdb/status.h"

namespace attain::storage {
namespace {

// Where the group wrote a value: bytes of its batch.
struct Written {
  Revision revision = 0;
  bool live = true;
  size_t offset = 0, size = 0;
};

// What the group itself wrote, beside the batch that will write it: reads look here first. A plain ordered
// map of our own is faster than rocksdb::WriteBatchWithIndex, whose reads go through a merging iterator.
class Overlay {
 public:
  using Map = std::map<std::string, Written, std::less<>>;

  const Map& map() const { return map_; }
  Map::const_iterator Find(absl::string_view key) const {
    return map_.find(std::string_view(key.data(), key.size()));
  }
  Map::const_iterator LowerBound(absl::string_view key) const {
    return map_.lower_bound(std::string_view(key.data(), key.size()));
  }

  void Set(absl::string_view key, Written value) {
    const auto [it, fresh] = map_.try_emplace(std::string(key));
    undo_.emplace_back(it, fresh ? std::nullopt : std::optional<Written>(it->second));
    it->second = value;
  }
  // Keeps what was set since the last Keep or Undo.
  void Keep() { undo_.clear(); }
  void Undo() {
    for (auto it = undo_.rbegin(); it != undo_.rend(); ++it) {
      if (it->second.has_value()) {
        it->first->second = *it->second;
      } else {
        map_.erase(it->first);
      }
    }
    undo_.clear();
  }

 private:
  Map map_;
  std::vector<std::pair<Map::iterator, std::optional<Written>>> undo_;
};

class RocksGroup : public Group {
 public:
  explicit RocksGroup(RocksStore* store)
      : store_(store),
        head_(store->head()),
        base_(&store->database(), &store->newest_revisions(), head_.revision) {}
  ~RocksGroup() override { store_->GroupEnded(); }

  Revision StartEntry() override;
  absl::StatusOr<std::optional<Versioned>> Get(absl::string_view key) override;
  absl::Status Scan(absl::string_view begin, absl::string_view end, const ScanVisitor& visitor) override;
  void Put(absl::string_view key, absl::string_view value) override { Write(key, true, value); }
  void Erase(absl::string_view key) override { Write(key, false, ""); }
  void PutOnce(absl::string_view key, absl::string_view value) override;
  absl::StatusOr<std::optional<std::string>> GetOnce(absl::string_view key) override;
  absl::Time FinishEntry(absl::string_view payload, absl::Time time) override;
  void CancelEntry() override;
  size_t size() const override { return entries_; }
  absl::Status Commit() override;

 private:
  void Write(absl::string_view key, bool live, absl::string_view value);
  // A record of the batch ends with its value.
  Written JustWritten(bool live, absl::string_view value) const {
    return {head_.revision + 1, live, batch_.GetDataSize() - value.size(), value.size()};
  }
  absl::string_view ValueOf(const Written& written) const {
    return absl::string_view(batch_.Data()).substr(written.offset, written.size);
  }
  // The batch fails only when it outgrows its limit, and there is none: kept all the same, and told by
  // Commit.
  void Note(const rocksdb::Status& status) {
    if (batch_status_.ok() && !status.ok()) batch_status_ = status;
  }

  RocksStore* const store_;
  Head head_;  // with the finished entries of this group
  const StateView base_;
  rocksdb::WriteBatch batch_;
  rocksdb::Status batch_status_;
  Overlay overlay_, once_;
  Sha256 sha_;
  std::string entry_;
  size_t entries_ = 0;
  bool entry_open_ = false, committed_ = false;
};

Revision RocksGroup::StartEntry() {
  assert(!entry_open_ && !committed_);
  entry_open_ = true;
  batch_.SetSavePoint();
  return head_.revision + 1;
}

absl::StatusOr<std::optional<Versioned>> RocksGroup::Get(absl::string_view key) {
  const auto own = overlay_.Find(key);
  if (own == overlay_.map().end()) return base_.Get(key);
  if (!own->second.live) return std::optional<Versioned>();
  return std::optional<Versioned>({own->second.revision, std::string(ValueOf(own->second))});
}

// Merges the committed keys with the group's own, both in key order.
absl::Status RocksGroup::Scan(absl::string_view begin, absl::string_view end, const ScanVisitor& visitor) {
  auto own = overlay_.LowerBound(begin);
  const auto own_end = end.empty() ? overlay_.map().end() : overlay_.LowerBound(end);
  bool go_on = end.empty() || begin < end;
  const auto visit_own = [&] {
    if (own->second.live) go_on = visitor(own->first, own->second.revision, ValueOf(own->second));
    ++own;
  };
  if (!go_on) return absl::OkStatus();
  absl::Status status =
      base_.Scan(begin, end, [&](absl::string_view key, Revision revision, absl::string_view value) {
        while (go_on && own != own_end && own->first < key) visit_own();
        if (!go_on) return false;
        if (own != own_end && own->first == key) {
          visit_own();
        } else {
          go_on = visitor(key, revision, value);
        }
        return go_on;
      });
  if (!status.ok()) return status;
  while (go_on && own != own_end) visit_own();
  return absl::OkStatus();
}

void RocksGroup::Write(absl::string_view key, bool live, absl::string_view value) {
  assert(entry_open_);
  const Revision revision = head_.revision + 1;
  const std::string versioned = VersionedKey(key, revision);
  const rocksdb::Slice key_part(versioned);
  const rocksdb::Slice value_parts[] = {{live ? &kLive : &kErased, 1}, ToSlice(value)};
  Note(batch_.Put(store_->database().family(kState), rocksdb::SliceParts(&key_part, 1),
                  rocksdb::SliceParts(value_parts, 2)));
  overlay_.Set(key, JustWritten(live, value));
}

void RocksGroup::PutOnce(absl::string_view key, absl::string_view value) {
  assert(entry_open_);
  Note(batch_.Put(store_->database().family(kOnce), ToSlice(key), ToSlice(value)));
  once_.Set(key, JustWritten(true, value));
}

absl::StatusOr<std::optional<std::string>> RocksGroup::GetOnce(absl::string_view key) {
  const auto own = once_.Find(key);
  if (own != once_.map().end()) return std::optional<std::string>(ValueOf(own->second));
  return store_->GetOnce(key);
}

absl::Time RocksGroup::FinishEntry(absl::string_view payload, absl::Time time) {
  assert(entry_open_);
  entry_open_ = false;
  time = absl::FromUnixMicros(absl::ToUnixMicros(std::max(time, head_.time)));
  const Revision revision = head_.revision + 1;
  const Hash hash = EncodeEntry(revision, time, head_.hash, payload, &sha_, &entry_);
  Note(batch_.Put(store_->database().family(kJournal), JournalKey(revision), entry_));
  Note(batch_.PopSavePoint());
  overlay_.Keep();
  once_.Keep();
  head_ = {revision, std::string(View(hash)), time};
  ++entries_;
  return time;
}

void RocksGroup::CancelEntry() {
  assert(entry_open_);
  entry_open_ = false;
  Note(batch_.RollbackToSavePoint());
  overlay_.Undo();
  once_.Undo();
}

absl::Status RocksGroup::Commit() {
  if (committed_) return absl::FailedPreconditionError("the group is committed already");
  if (entry_open_) CancelEntry();
  committed_ = true;
  if (entries_ == 0) return absl::OkStatus();
  Note(batch_.Put(store_->database().family(kMeta), kHeadKey, EncodeHead(head_)));
  rocksdb::WriteOptions options;
  options.sync = true;
  rocksdb::Status status = batch_status_;
  store_->newest_revisions().Announce(head_.revision);
  if (status.ok()) status = store_->database().db()->Write(options, &batch_);
  if (!status.ok()) {
    store_->Failed();
    return FromRocks("commit", status);
  }
  for (const auto& [key, written] : overlay_.map()) store_->newest_revisions().Wrote(key, written.revision);
  store_->Published(head_);
  return absl::OkStatus();
}

}  // namespace

std::unique_ptr<Group> MakeGroup(RocksStore* store) {
  return std::make_unique<RocksGroup>(store);
}

}  // namespace attain::storage
