// What the applier writes to when a journal is replayed against a store that has its values already: nothing
// is written, each write goes to who compares it.
#ifndef ATTAIN_SERVICE_VERIFY_CHECKING_GROUP_H_
#define ATTAIN_SERVICE_VERIFY_CHECKING_GROUP_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/flat_hash_map.h"
#include "service/verify/record_sums.h"
#include "storage/inspection.h"
#include "storage/store.h"

namespace attain::engine {

// Hears what each finished entry wrote. Thread-compatible.
class WritesListener {
 public:
  virtual ~WritesListener() = default;
  // In key order; the views are valid during the call.
  virtual void Wrote(const storage::StoredVersion& version) = 0;
  virtual void WroteOnce(absl::string_view key, absl::string_view value) = 0;
};

// The one group that a replay feeds, entry by entry. Reads find what the entry wrote before; of keys that are
// doubted what the replay itself wrote, and of all others what the store had at the revision before: the
// store is believed until it is found to differ (state_check.h says why that is enough). Thread-compatible.
class CheckingGroup : public storage::Group {
 public:
  // None is owned; all must outlive the group, and `doubts` stays as it is.
  CheckingGroup(storage::PastReads* reads, const Doubts* doubts, WritesListener* listener)
      : reads_(reads), doubts_(doubts), listener_(listener) {}

  // The next entry's revision, if it is not the one behind the entry before. Between entries.
  void SkipTo(storage::Revision revision) { revision_ = revision - 1; }

  storage::Revision StartEntry() override { return ++revision_; }
  absl::StatusOr<std::optional<storage::Versioned>> Get(absl::string_view key) override;
  absl::Status Scan(absl::string_view begin, absl::string_view end,
                    const storage::ScanVisitor& visitor) override;
  void Put(absl::string_view key, absl::string_view value) override { Write(key, true, value); }
  void Erase(absl::string_view key) override { Write(key, false, ""); }
  void PutOnce(absl::string_view key, absl::string_view value) override {
    once_.emplace_back(std::string(key), std::string(value));
  }
  // UNIMPLEMENTED: no entry's effect depends on a request id.
  absl::StatusOr<std::optional<std::string>> GetOnce(absl::string_view key) override;
  void ExpectOnce(const std::vector<std::string>&) override {}
  // Hands the writes to the listener.
  absl::Time FinishEntry(absl::string_view payload, absl::Time time, storage::EntryForm form) override;
  void CancelEntry() override;
  size_t size() const override { return entries_; }
  void Seal() override {}
  // Nothing to do.
  absl::Status Commit() override { return absl::OkStatus(); }

  // Bytes of doubted keys that are kept.
  size_t kept_bytes() const { return kept_bytes_; }

 private:
  struct Value {
    storage::Revision revision = 0;
    bool live = true;
    std::string bytes;
  };
  using Values = absl::btree_map<std::string, Value>;

  void Write(absl::string_view key, bool live, absl::string_view value);
  void Keep(const std::string& key, const Value& value);
  static std::optional<storage::Versioned> Found(const Value& value);

  storage::PastReads* const reads_;
  const Doubts* const doubts_;
  WritesListener* const listener_;
  storage::Revision revision_ = 0;
  size_t entries_ = 0;
  Values open_;                                            // of the open entry
  std::vector<std::pair<std::string, std::string>> once_;  // of the open entry
  Values kept_;                                            // newest of keys that are doubted
  size_t kept_bytes_ = 0;
  // What the store was asked for before, up to the newest entry: tables are looked for in every entry.
  absl::flat_hash_map<std::string, std::optional<storage::Versioned>> read_;
  size_t read_bytes_ = 0;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_VERIFY_CHECKING_GROUP_H_
