#include <algorithm>
#include <map>
#include <utility>

#include "absl/container/btree_map.h"
#include "rocksdb/write_batch.h"
#include "storage/entry_codec.h"
#include "storage/key_codec.h"
#include "storage/rocksdb/rocks_store.h"
#include "storage/rocksdb/status.h"

namespace attain::storage {
namespace {

// What the group itself wrote, beside the batch that will write it: reads look here first.
struct Written {
  Revision revision = 0;
  bool live = true;
  std::string value;
};
using Overlay = absl::btree_map<std::string, Written, std::less<>>;

class RocksGroup : public Group {
 public:
  explicit RocksGroup(RocksStore* store) : store_(store), base_(store->head()), head_(base_) {}
  ~RocksGroup() override { store_->GroupEnded(); }

  Revision StartEntry() override {
    batch_.SetSavePoint();
    undo_.clear();
    undo_once_.clear();
    return head_.revision + 1;
  }

  absl::StatusOr<std::optional<Versioned>> Get(absl::string_view key) override {
    const auto own = overlay_.find(key);
    if (own == overlay_.end()) return GetVersion(*store_, key, base_.revision);
    if (!own->second.live) return std::optional<Versioned>();
    return std::optional<Versioned>({own->second.revision, own->second.value});
  }

  absl::Status Scan(absl::string_view begin, absl::string_view end, const ScanVisitor& visitor) override;

  void Put(absl::string_view key, absl::string_view value) override { Write(key, true, value); }
  void Erase(absl::string_view key) override { Write(key, false, ""); }

  void PutOnce(absl::string_view key, absl::string_view value) override {
    batch_.Put(store_->family(kOnce), ToSlice(key), ToSlice(value));
    undo_once_.push_back(std::string(key));
    once_[std::string(key)] = std::string(value);
  }

  absl::StatusOr<std::optional<std::string>> GetOnce(absl::string_view key) override {
    const auto own = once_.find(key);
    if (own != once_.end()) return std::optional<std::string>(own->second);
    return store_->GetOnce(key);
  }

  absl::Time FinishEntry(absl::string_view payload, absl::Time time) override {
    time = absl::FromUnixMicros(absl::ToUnixMicros(std::max(time, head_.time)));
    std::string hash;
    const Revision revision = head_.revision + 1;
    const std::string entry = EncodeEntry(revision, time, head_.hash, payload, &hash);
    batch_.Put(store_->family(kJournal), JournalKey(revision), entry);
    batch_.PopSavePoint().PermitUncheckedError();  // there is one: StartEntry set it
    head_ = {revision, std::move(hash), time};
    ++entries_;
    return time;
  }

  void CancelEntry() override {
    batch_.RollbackToSavePoint().PermitUncheckedError();  // there is one: StartEntry set it
    for (auto it = undo_.rbegin(); it != undo_.rend(); ++it) {
      if (it->second.has_value()) {
        overlay_[it->first] = *std::move(it->second);
      } else {
        overlay_.erase(it->first);
      }
    }
    for (const std::string& key : undo_once_) once_.erase(key);
    undo_.clear();
    undo_once_.clear();
  }

  size_t size() const override { return entries_; }

  absl::Status Commit() override {
    if (entries_ == 0) return absl::OkStatus();
    rocksdb::WriteOptions options;
    options.sync = true;
    const rocksdb::Status status = store_->db()->Write(options, &batch_);
    if (!status.ok()) {
      store_->Failed();
      return FromRocks("commit", status);
    }
    store_->Published(head_);
    return absl::OkStatus();
  }

 private:
  void Write(absl::string_view key, bool live, absl::string_view value) {
    const Revision revision = head_.revision + 1;
    std::string stored;
    stored.reserve(value.size() + 1);
    stored.push_back(live ? kLive : kErased);
    stored.append(value.data(), value.size());
    batch_.Put(store_->family(kState), VersionedKey(key, revision), stored);
    auto [it, fresh] = overlay_.try_emplace(std::string(key));
    undo_.emplace_back(it->first, fresh ? std::nullopt : std::optional<Written>(std::move(it->second)));
    it->second = {revision, live, std::string(value)};
  }

  RocksStore* const store_;
  const Head base_;
  Head head_;  // with the finished entries of this group
  rocksdb::WriteBatch batch_;
  Overlay overlay_;
  absl::btree_map<std::string, std::string, std::less<>> once_;
  std::vector<std::pair<std::string, std::optional<Written>>> undo_;
  std::vector<std::string> undo_once_;
  size_t entries_ = 0;
};

// Merges the committed keys with the group's own, both in key order.
absl::Status RocksGroup::Scan(absl::string_view begin, absl::string_view end, const ScanVisitor& visitor) {
  auto own = overlay_.lower_bound(begin);
  const auto own_end = end.empty() ? overlay_.end() : overlay_.lower_bound(end);
  bool go_on = true;
  const auto take_own_before = [&](absl::string_view key) {
    for (; go_on && own != own_end && own->first < key; ++own) {
      if (own->second.live) go_on = visitor(own->first, own->second.revision, own->second.value);
    }
  };
  const absl::Status status = ScanVersions(
      *store_, begin, end, base_.revision, [&](absl::string_view key, Revision revision, absl::string_view value) {
        take_own_before(key);
        if (go_on && own != own_end && own->first == key) {
          if (own->second.live) go_on = visitor(key, own->second.revision, own->second.value);
          ++own;
        } else if (go_on) {
          go_on = visitor(key, revision, value);
        }
        return go_on;
      });
  if (!status.ok()) return status;
  for (; go_on && own != own_end; ++own) {
    if (own->second.live) go_on = visitor(own->first, own->second.revision, own->second.value);
  }
  return absl::OkStatus();
}

}  // namespace

std::unique_ptr<Group> MakeGroup(RocksStore* store) { return std::make_unique<RocksGroup>(store); }

}  // namespace attain::storage
