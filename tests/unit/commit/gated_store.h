// A store whose commits wait for the test, to look at what happens meanwhile.
#ifndef ATTAIN_TESTS_UNIT_COMMIT_GATED_STORE_H_
#define ATTAIN_TESTS_UNIT_COMMIT_GATED_STORE_H_

#include <memory>
#include <string>
#include <utility>

#include "storage/inspection.h"
#include "storage/mutex.h"
#include "storage/store.h"

namespace attain::engine {

// What the test holds. Thread-safe; open at first.
class Gate {
 public:
  void Close() { Set(true, false); }
  void Open() { Set(false, false); }
  // The commit that waits, and every later one, fails.
  void Fail() { Set(false, true); }
  // The commit that waits goes on; the one behind it waits at the closed gate.
  void LetOneThrough() ATTAIN_EXCLUDES(mutex_) {
    storage::MutexLock lock(&mutex_);
    ++let_through_;
    changed_.NotifyAll();
  }

  // Returns when so many have come since the gate was closed.
  void AwaitCommits(int count) ATTAIN_EXCLUDES(mutex_) { Await(&commits_, count); }
  void AwaitEntries(int count) ATTAIN_EXCLUDES(mutex_) { Await(&entries_, count); }
  void AwaitLookups(int count) ATTAIN_EXCLUDES(mutex_) { Await(&lookups_, count); }

  // For the store. False: the commit is to fail.
  bool PassCommit() ATTAIN_EXCLUDES(mutex_) {
    storage::MutexLock lock(&mutex_);
    ++commits_;
    changed_.NotifyAll();
    while (closed_ && let_through_ == 0) changed_.Wait(&mutex_);
    if (closed_) --let_through_;
    return !failing_;
  }
  void FinishedEntry() { Count(&entries_); }
  void LookedUp() { Count(&lookups_); }

 private:
  void Set(bool closed, bool failing) ATTAIN_EXCLUDES(mutex_) {
    storage::MutexLock lock(&mutex_);
    if (closed) commits_ = entries_ = lookups_ = 0;
    let_through_ = 0;
    closed_ = closed;
    failing_ = failing;
    changed_.NotifyAll();
  }
  void Count(int* counter) ATTAIN_EXCLUDES(mutex_) {
    storage::MutexLock lock(&mutex_);
    ++*counter;
    changed_.NotifyAll();
  }
  void Await(const int* counter, int count) ATTAIN_EXCLUDES(mutex_) {
    storage::MutexLock lock(&mutex_);
    while (*counter < count) changed_.Wait(&mutex_);
  }

  storage::Mutex mutex_;
  storage::CondVar changed_;
  bool closed_ ATTAIN_GUARDED_BY(mutex_) = false;
  bool failing_ ATTAIN_GUARDED_BY(mutex_) = false;
  int let_through_ ATTAIN_GUARDED_BY(mutex_) = 0;  // commits that need not wait
  int commits_ = 0, entries_ = 0, lookups_ = 0;    // guarded by mutex_
};

// Passes everything on to a group of the real store.
class GatedGroup : public storage::Group {
 public:
  GatedGroup(std::unique_ptr<storage::Group> group, Gate* gate) : group_(std::move(group)), gate_(gate) {}

  storage::Revision StartEntry() override { return group_->StartEntry(); }
  absl::StatusOr<std::optional<storage::Versioned>> Get(absl::string_view key) override {
    return group_->Get(key);
  }
  absl::Status Scan(absl::string_view begin, absl::string_view end,
                    const storage::ScanVisitor& visitor) override {
    return group_->Scan(begin, end, visitor);
  }
  void Put(absl::string_view key, absl::string_view value) override { group_->Put(key, value); }
  void Erase(absl::string_view key) override { group_->Erase(key); }
  void PutOnce(absl::string_view key, absl::string_view value) override { group_->PutOnce(key, value); }
  absl::StatusOr<std::optional<std::string>> GetOnce(absl::string_view key) override {
    gate_->LookedUp();
    return group_->GetOnce(key);
  }
  void ExpectOnce(const std::vector<std::string>& keys) override { group_->ExpectOnce(keys); }
  absl::Time FinishEntry(absl::string_view payload, absl::Time time, storage::EntryForm form) override {
    const absl::Time written = group_->FinishEntry(payload, time, form);
    gate_->FinishedEntry();
    return written;
  }
  void CancelEntry() override { group_->CancelEntry(); }
  size_t size() const override { return group_->size(); }
  void Seal() override { group_->Seal(); }
  absl::Status Commit() override {
    group_->Seal();
    if (gate_->PassCommit()) return group_->Commit();
    group_.reset();  // sealed and never committed: the store is not healthy any more
    return absl::UnavailableError("the gate failed it");
  }

 private:
  std::unique_ptr<storage::Group> group_;
  Gate* const gate_;
};

class GatedStore : public storage::Store {
 public:
  GatedStore(std::unique_ptr<storage::Store> store, Gate* gate) : store_(std::move(store)), gate_(gate) {}

  storage::Head head() const override { return store_->head(); }
  bool healthy() const override { return store_->healthy(); }
  std::string store_id() const override { return store_->store_id(); }
  const storage::Epochs& epochs() const override { return store_->epochs(); }
  bool AwaitEntriesUpTo(absl::Time time, absl::Duration limit) const override {
    return store_->AwaitEntriesUpTo(time, limit);
  }
  absl::StatusOr<std::unique_ptr<storage::Group>> Begin() override {
    absl::StatusOr<std::unique_ptr<storage::Group>> group = store_->Begin();
    if (!group.ok()) return group;
    return std::make_unique<GatedGroup>(*std::move(group), gate_);
  }
  absl::StatusOr<std::unique_ptr<storage::Reader>> ReadAt(storage::Revision revision) const override {
    return store_->ReadAt(revision);
  }
  absl::StatusOr<storage::Revision> RevisionAt(absl::Time time) const override {
    return store_->RevisionAt(time);
  }
  absl::StatusOr<std::optional<std::string>> GetOnce(absl::string_view key) const override {
    return store_->GetOnce(key);
  }
  absl::Status ReadJournal(storage::Revision from, const storage::JournalVisitor& visitor) const override {
    return store_->ReadJournal(from, visitor);
  }
  absl::Status VerifyJournal(
      const std::function<void(storage::Revision, storage::Revision)>& progress) const override {
    return store_->VerifyJournal(progress);
  }
  absl::Status PutTiles(const std::vector<proofs::TileContent>& tiles) override {
    return store_->PutTiles(tiles);
  }
  absl::StatusOr<std::optional<std::string>> GetTile(int level, uint64_t number) const override {
    return store_->GetTile(level, number);
  }
  absl::StatusOr<uint64_t> CountTiles() const override { return store_->CountTiles(); }
  absl::StatusOr<std::unique_ptr<storage::Inspection>> Inspect() const override { return store_->Inspect(); }
  absl::Status Checkpoint(absl::string_view directory) override { return store_->Checkpoint(directory); }
  absl::StatusOr<std::string> ContentDigest() const override { return store_->ContentDigest(); }

 private:
  const std::unique_ptr<storage::Store> store_;
  Gate* const gate_;
};

}  // namespace attain::engine

#endif  // ATTAIN_TESTS_UNIT_COMMIT_GATED_STORE_H_
