#include "storage/rocksdb/rocks_store.h"

#include <chrono>
#include <utility>

#include "absl/strings/str_cat.h"
#include "rocksdb/utilities/checkpoint.h"
#include "storage/entry_codec.h"
#include "storage/key_codec.h"
#include "storage/rocksdb/files/record_keys.h"
#include "storage/rocksdb/files/status.h"
#include "storage/rocksdb/rocks_inspection.h"
#include "storage/rocksdb/state_view.h"

namespace attain::storage {
namespace {

class RocksReader : public Reader {
 public:
  RocksReader(const Database* database, NewestRevisions* newest, Revision revision)
      : view_(database, newest, revision, revision) {}
  Revision revision() const override { return view_.revision(); }
  absl::StatusOr<std::optional<Versioned>> Get(absl::string_view key) const override {
    return view_.Get(key);
  }
  std::optional<Revision> KnownRevision(absl::string_view key) const override {
    return view_.KnownRevision(key);
  }
  absl::Status Scan(absl::string_view begin, absl::string_view end,
                    const ScanVisitor& visitor) const override {
    return view_.Scan(begin, end, visitor);
  }
  absl::Status History(absl::string_view key, const ScanVisitor& visitor) const override {
    return view_.History(key, visitor);
  }

 private:
  const StateView view_;
};

}  // namespace

RocksStore::RocksStore(OpenedStore opened)
    : lock_(std::move(opened.lock)),
      database_(std::move(opened.database)),
      failure_(std::move(opened.failure)),
      store_id_(std::move(opened.store_id)),
      epochs_(std::move(opened.epochs)),
      marks_(std::move(opened.marks)),
      newest_revisions_(opened.head.revision),
      newest_(opened.head.revision),
      head_(std::move(opened.head)) {}

Head RocksStore::head() const {
  MutexLock lock(&mutex_);
  return head_;
}

void RocksStore::Published(const Head& head) {
  marks_->Note(head);
  MutexLock lock(&mutex_);
  sealed_.pop_front();
  head_ = head;
  newest_ = head.revision;
  group_ended_.NotifyAll();
}

bool RocksStore::AwaitEntriesUpTo(absl::Time time, absl::Duration limit) const {
  const auto deadline = std::chrono::steady_clock::now() + absl::ToChronoNanoseconds(limit);
  MutexLock lock(&mutex_);
  // What an unhealthy store has not written it never will.
  while (healthy() && head_.time <= time && (group_open_ || !sealed_.empty())) {
    if (std::chrono::steady_clock::now() >= deadline) return false;
    group_ended_.WaitUntil(&mutex_, deadline);
  }
  return true;
}

void RocksStore::Failed(absl::string_view words) {
  failure_->Set(words);
  MutexLock lock(&mutex_);
  group_ended_.NotifyAll();
}

absl::Status RocksStore::Unhealthy() const {
  return absl::UnavailableError(absl::StrCat("the store accepts no writes after an I/O error (",
                                             failure_->words(), "); reopen it once the disk is well"));
}

absl::StatusOr<std::unique_ptr<Group>> RocksStore::Begin() {
  if (!healthy()) return Unhealthy();
  MutexLock lock(&mutex_);
  if (group_open_) return absl::FailedPreconditionError("another group is open");
  if (sealed_.size() > 1) return absl::FailedPreconditionError("two groups wait for their commit");
  group_open_ = true;
  return MakeGroup(this, head_, sealed_.empty() ? nullptr : sealed_.front());
}

void RocksStore::GroupClosed(std::shared_ptr<const GroupWrites> sealed) {
  MutexLock lock(&mutex_);
  group_open_ = false;
  if (sealed != nullptr) sealed_.push_back(std::move(sealed));
  group_ended_.NotifyAll();
}

absl::Status RocksStore::MayCommit(const GroupWrites* writes) const {
  if (!healthy()) return Unhealthy();
  MutexLock lock(&mutex_);
  if (writes == nullptr || sealed_.front().get() == writes) return absl::OkStatus();
  return absl::FailedPreconditionError("the group before is not committed yet");
}

absl::StatusOr<std::unique_ptr<Reader>> RocksStore::ReadAt(Revision revision) const {
  if (const Revision newest = newest_; revision > newest) {
    return absl::OutOfRangeError(absl::StrCat("revision ", revision, " is above the head ", newest));
  }
  return std::make_unique<RocksReader>(database_.get(), &newest_revisions_, revision);
}

absl::StatusOr<Revision> RocksStore::RevisionAt(absl::Time time) const {
  // Recorded times never go backwards, so the journal itself is the index.
  Revision low = 0, high = newest_;
  while (low < high) {
    const Revision middle = low + (high - low + 1) / 2;
    rocksdb::PinnableSlice bytes;
    const rocksdb::Status status =
        database_->db()->Get(rocksdb::ReadOptions(), database_->family(kJournal), JournalKey(middle), &bytes);
    if (status.IsNotFound()) return EntryMissing(middle);
    if (!status.ok()) return FromRocks(absl::StrCat("read revision ", middle), status);
    EntryView entry;
    if (!DecodeEntry(ToView(bytes), &entry)) return EntryMalformed(middle);
    if (entry.time <= time) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

absl::StatusOr<std::optional<std::string>> RocksStore::GetOnce(absl::string_view key) const {
  std::string value;
  const rocksdb::Status status =
      database_->db()->Get(rocksdb::ReadOptions(), database_->family(kOnce), ToSlice(key), &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return FromRocks("read", status);
  return std::optional<std::string>(std::move(value));
}

absl::StatusOr<std::unique_ptr<Inspection>> RocksStore::Inspect() const {
  return InspectOpen(database_.get(), store_id_);
}

absl::Status RocksStore::Checkpoint(absl::string_view directory) {
  const std::string target(directory);
  if (database_->db()->GetEnv()->FileExists(target).ok()) {
    return absl::AlreadyExistsError(absl::StrCat(target, " exists already"));
  }
  rocksdb::Checkpoint* made = nullptr;
  rocksdb::Status status = rocksdb::Checkpoint::Create(database_->db(), &made);
  std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
  if (status.ok()) status = checkpoint->CreateCheckpoint(target);
  return FromRocks(absl::StrCat("checkpoint to ", target), status);
}

}  // namespace attain::storage
