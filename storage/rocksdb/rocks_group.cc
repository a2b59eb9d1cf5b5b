#include <algorithm>
#include <cassert>
#include <map>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "rocksdb/perf_level.h"
#include "rocksdb/write_batch.h"
#include "storage/entry_codec.h"
#include "storage/key_codec.h"
#include "storage/rocksdb/files/record_keys.h"
#include "storage/rocksdb/files/status.h"
#include "storage/rocksdb/rocks_store.h"
#include "storage/rocksdb/state_view.h"

namespace attain::storage {
namespace {

class RocksGroup : public Group {
 public:
  RocksGroup(RocksStore* store, const Head& committed, std::shared_ptr<const GroupWrites> before)
      : store_(store),
        before_(std::move(before)),
        own_(std::make_shared<GroupWrites>()),
        base_(&store->database(), &store->newest_revisions(), committed.revision,
              before_ == nullptr ? committed.revision : before_->head.revision) {
    own_->head = before_ == nullptr ? committed : before_->head;
  }
  ~RocksGroup() override {
    if (!sealed_) {
      store_->GroupClosed(nullptr);
    } else if (size() > 0 && !committed_) {
      store_->Failed("a group that was sealed was never committed");
    }
  }

  Revision StartEntry() override;
  absl::StatusOr<std::optional<Versioned>> Get(absl::string_view key) override;
  absl::Status Scan(absl::string_view begin, absl::string_view end, const ScanVisitor& visitor) override;
  void Put(absl::string_view key, absl::string_view value) override { Write(key, true, value); }
  void Erase(absl::string_view key) override { Write(key, false, ""); }
  void PutOnce(absl::string_view key, absl::string_view value) override;
  absl::StatusOr<std::optional<std::string>> GetOnce(absl::string_view key) override;
  void ExpectOnce(const std::vector<std::string>& keys) override;
  absl::Time FinishEntry(absl::string_view payload, absl::Time time, EntryForm form) override;
  void CancelEntry() override;
  size_t size() const override { return own_->entries; }
  void Seal() override;
  absl::Status Commit() override;

 private:
  struct Row {
    Revision revision = 0;
    bool live = true;
    absl::string_view value;
  };

  void Write(absl::string_view key, bool live, absl::string_view value);
  // A record of the batch ends with its value.
  Written JustWritten(bool live, absl::string_view value) const {
    return {own_->head.revision + 1, live, own_->batch.GetDataSize() - value.size(), value.size()};
  }
  // What this group and the one before wrote in [begin, end); the views last until the next write.
  std::map<absl::string_view, Row> Uncommitted(absl::string_view begin, absl::string_view end) const;
  // The batch fails only when it outgrows its limit, and there is none: kept all the same, and told by
  // Commit.
  void Note(const rocksdb::Status& status) {
    if (batch_status_.ok() && !status.ok()) batch_status_ = status;
  }

  RocksStore* const store_;
  const std::shared_ptr<const GroupWrites> before_;  // null when that was committed already
  const std::shared_ptr<GroupWrites> own_;
  const StateView base_;
  absl::flat_hash_map<std::string, std::optional<std::string>> expected_;  // committed before this group
  rocksdb::Status batch_status_;
  Sha256 sha_;
  std::string entry_;
  bool entry_open_ = false, sealed_ = false, committed_ = false;
};

Revision RocksGroup::StartEntry() {
  assert(!entry_open_ && !sealed_);
  entry_open_ = true;
  own_->batch.SetSavePoint();
  return own_->head.revision + 1;
}

absl::StatusOr<std::optional<Versioned>> RocksGroup::Get(absl::string_view key) {
  for (const GroupWrites* writes : {static_cast<const GroupWrites*>(own_.get()), before_.get()}) {
    const Written* const found = writes == nullptr ? nullptr : writes->versioned.Find(key);
    if (found == nullptr) continue;
    if (!found->live) return std::optional<Versioned>();
    return std::optional<Versioned>({found->revision, std::string(writes->ValueOf(*found))});
  }
  return base_.Get(key);
}

std::map<absl::string_view, RocksGroup::Row> RocksGroup::Uncommitted(absl::string_view begin,
                                                                     absl::string_view end) const {
  std::map<absl::string_view, Row> rows;
  if (!end.empty() && end <= begin) return rows;
  for (const GroupWrites* writes : {before_.get(), static_cast<const GroupWrites*>(own_.get())}) {
    if (writes == nullptr) continue;
    const Overlay& overlay = writes->versioned;
    const auto stop = end.empty() ? overlay.map().end() : overlay.LowerBound(end);
    for (auto it = overlay.LowerBound(begin); it != stop; ++it) {
      rows[it->first] = {it->second.revision, it->second.live, writes->ValueOf(it->second)};
    }
  }
  return rows;
}

// Merges the committed keys with those that are not yet, both in key order.
absl::Status RocksGroup::Scan(absl::string_view begin, absl::string_view end, const ScanVisitor& visitor) {
  const std::map<absl::string_view, Row> rows = Uncommitted(begin, end);
  auto own = rows.begin();
  bool go_on = end.empty() || begin < end;
  const auto visit_own = [&] {
    if (own->second.live) go_on = visitor(own->first, own->second.revision, own->second.value);
    ++own;
  };
  if (!go_on) return absl::OkStatus();
  absl::Status status =
      base_.Scan(begin, end, [&](absl::string_view key, Revision revision, absl::string_view value) {
        while (go_on && own != rows.end() && own->first < key) visit_own();
        if (!go_on) return false;
        if (own != rows.end() && own->first == key) {
          visit_own();
        } else {
          go_on = visitor(key, revision, value);
        }
        return go_on;
      });
  if (!status.ok()) return status;
  while (go_on && own != rows.end()) visit_own();
  return absl::OkStatus();
}

void RocksGroup::Write(absl::string_view key, bool live, absl::string_view value) {
  assert(entry_open_);
  const std::string versioned = VersionedKey(key, own_->head.revision + 1);
  const rocksdb::Slice key_part(versioned);
  const rocksdb::Slice value_parts[] = {{live ? &kLive : &kErased, 1}, ToSlice(value)};
  Note(own_->batch.Put(store_->database().family(kState), rocksdb::SliceParts(&key_part, 1),
                       rocksdb::SliceParts(value_parts, 2)));
  own_->versioned.Set(key, JustWritten(live, value));
}

void RocksGroup::PutOnce(absl::string_view key, absl::string_view value) {
  assert(entry_open_);
  Note(own_->batch.Put(store_->database().family(kOnce), ToSlice(key), ToSlice(value)));
  own_->once.Set(key, JustWritten(true, value));
}

absl::StatusOr<std::optional<std::string>> RocksGroup::GetOnce(absl::string_view key) {
  for (const GroupWrites* writes : {static_cast<const GroupWrites*>(own_.get()), before_.get()}) {
    const Written* const found = writes == nullptr ? nullptr : writes->once.Find(key);
    if (found != nullptr) return std::optional<std::string>(writes->ValueOf(*found));
  }
  const auto expected = expected_.find(key);
  return expected == expected_.end() ? store_->GetOnce(key) : expected->second;
}

// What is committed now stays as it is: later groups that write such a key are `before_` or this one.
void RocksGroup::ExpectOnce(const std::vector<std::string>& keys) {
  if (keys.size() < 2) return;
  const std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
  std::vector<rocksdb::PinnableSlice> values(keys.size());
  std::vector<rocksdb::Status> statuses(keys.size());
  store_->database().db()->MultiGet(rocksdb::ReadOptions(), store_->database().family(kOnce), keys.size(),
                                    slices.data(), values.data(), statuses.data());
  for (size_t i = 0; i < keys.size(); ++i) {
    if (statuses[i].ok()) {
      expected_[keys[i]] = values[i].ToString();
    } else if (statuses[i].IsNotFound()) {
      expected_[keys[i]] = std::nullopt;
    }  // anything else is found again, and told, by the read itself
  }
}

absl::Time RocksGroup::FinishEntry(absl::string_view payload, absl::Time time, EntryForm form) {
  assert(entry_open_);
  entry_open_ = false;
  Head& head = own_->head;
  time = absl::FromUnixMicros(absl::ToUnixMicros(std::max(time, head.time)));
  const Revision revision = head.revision + 1;
  const std::optional<Hash> hash = EncodeEntry({form, revision, time, head.hash, payload}, &sha_, &entry_);
  if (!hash.has_value()) Note(rocksdb::Status::Corruption("an entry whose parts do not parse"));
  Note(own_->batch.Put(store_->database().family(kJournal), JournalKey(revision), entry_));
  Note(own_->batch.PopSavePoint());
  own_->versioned.Keep();
  own_->once.Keep();
  head = {revision, std::string(View(hash.value_or(Hash()))), time};
  ++own_->entries;
  return time;
}

void RocksGroup::CancelEntry() {
  assert(entry_open_);
  entry_open_ = false;
  Note(own_->batch.RollbackToSavePoint());
  own_->versioned.Undo();
  own_->once.Undo();
}

void RocksGroup::Seal() {
  if (sealed_) return;
  if (entry_open_) CancelEntry();
  if (size() > 0) Note(own_->batch.Put(store_->database().family(kMeta), kHeadKey, EncodeHead(own_->head)));
  sealed_ = true;
  store_->GroupClosed(size() > 0 ? own_ : nullptr);
}

absl::Status RocksGroup::Commit() {
  if (committed_) return absl::FailedPreconditionError("the group is committed already");
  Seal();
  if (absl::Status may = store_->MayCommit(size() > 0 ? own_.get() : nullptr); !may.ok()) return may;
  committed_ = true;
  if (size() == 0) return absl::OkStatus();
  rocksdb::WriteOptions options;
  options.sync = true;
  rocksdb::Status status = batch_status_;
  // Nobody asks for RocksDB's counters of this thread, and counting costs a seventh of the time of a commit.
  rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable);
  store_->newest_revisions().Announce(own_->head.revision);
  if (status.ok()) status = store_->database().db()->Write(options, &own_->batch);
  if (!status.ok()) {
    store_->Failed(status.ToString());
    return FromRocks("commit", status);
  }
  for (const auto& [key, written] : own_->versioned.map()) {
    store_->newest_revisions().Wrote(key, written.revision);
  }
  store_->Published(own_->head);
  return absl::OkStatus();
}

}  // namespace

std::unique_ptr<Group> MakeGroup(RocksStore* store, const Head& committed,
                                 std::shared_ptr<const GroupWrites> before) {
  return std::make_unique<RocksGroup>(store, committed, std::move(before));
}

}  // namespace attain::storage
