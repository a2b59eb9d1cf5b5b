#include "service/commit/rehearsal.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/api/errors.h"
#include "service/api/macros.h"
#include "service/commit/transaction.h"

namespace attain::engine {
namespace {

// Writes that are seen by their own command and go with it.
class Overlay final : public storage::Group {
 public:
  explicit Overlay(std::unique_ptr<storage::Reader> base)
      : base_(std::move(base)), revision_(base_->revision() + 1) {}

  storage::Revision StartEntry() override { return revision_; }

  absl::StatusOr<std::optional<storage::Versioned>> Get(absl::string_view key) override {
    const auto own = writes_.find(key);
    if (own == writes_.end()) return base_->Get(key);
    if (!own->second.has_value()) return std::optional<storage::Versioned>();
    return std::optional<storage::Versioned>({revision_, *own->second});
  }

  // Both in key order; a key's own write hides what was there before.
  absl::Status Scan(absl::string_view begin, absl::string_view end,
                    const storage::ScanVisitor& visitor) override {
    auto own = writes_.lower_bound(begin);
    const auto last = end.empty() ? writes_.end() : writes_.lower_bound(end);
    bool go_on = true;
    const auto visit_own = [&] {
      if (own->second.has_value()) go_on = visitor(own->first, revision_, *own->second);
      ++own;
    };
    RETURN_IF_ERROR(base_->Scan(
        begin, end, [&](absl::string_view key, storage::Revision revision, absl::string_view value) {
          while (go_on && own != last && own->first < key) visit_own();
          if (!go_on) return false;
          if (own != last && own->first == key) {
            visit_own();
          } else {
            go_on = visitor(key, revision, value);
          }
          return go_on;
        }));
    while (go_on && own != last) visit_own();
    return absl::OkStatus();
  }

  void Put(absl::string_view key, absl::string_view value) override {
    writes_[std::string(key)] = std::string(value);
  }
  void Erase(absl::string_view key) override { writes_[std::string(key)] = std::nullopt; }

  // Only the committer asks for and keeps request ids, and finishes entries.
  void PutOnce(absl::string_view, absl::string_view) override {}
  absl::StatusOr<std::optional<std::string>> GetOnce(absl::string_view) override {
    return std::optional<std::string>();
  }
  void ExpectOnce(const std::vector<std::string>&) override {}
  absl::Time FinishEntry(absl::string_view, absl::Time time, storage::EntryForm) override { return time; }
  void CancelEntry() override { writes_.clear(); }
  size_t size() const override { return 0; }
  void Seal() override {}
  absl::Status Commit() override { return absl::FailedPreconditionError("a rehearsal is never committed"); }

 private:
  const std::unique_ptr<storage::Reader> base_;
  const storage::Revision revision_;
  std::map<std::string, std::optional<std::string>, std::less<>> writes_;  // nothing: erased
};

absl::StatusOr<absl::Time> TimeOf(storage::Revision revision, const storage::Store& store) {
  std::optional<absl::Time> time;
  RETURN_IF_ERROR(store.ReadJournal(revision, [&](const storage::JournalRecord& record) {
    time = record.time;
    return false;
  }));
  if (time.has_value()) return *time;
  return absl::DataLossError(absl::StrCat("the journal has no revision ", revision));
}

absl::Status RunAgain(Command& command, const storage::Store& store, storage::Revision revision,
                      size_t cache_bytes) {
  ASSIGN_OR_RETURN(const absl::Time time, TimeOf(revision, store));
  ASSIGN_OR_RETURN(std::unique_ptr<storage::Reader> base, store.ReadAt(revision - 1));
  Overlay overlay(std::move(base));
  Workspace workspace(cache_bytes);
  Transaction txn(&overlay, &workspace, overlay.StartEntry(), absl::ToUnixMicros(time), command.caller,
                  *command.rule);
  const absl::Status status = CarryOut(command, txn);
  if (!status.ok()) {
    if (ReasonOf(status) == v1::ERROR_REASON_UNSPECIFIED) return status;
    command.restore("");
  }
  command.stamp(&txn);
  return absl::OkStatus();
}

absl::Status Run(Command& command, const storage::Store& store, const Clock& clock, size_t cache_bytes) {
  const storage::Head head = store.head();
  ASSIGN_OR_RETURN(std::unique_ptr<storage::Reader> base, store.ReadAt(head.revision));
  Overlay overlay(std::move(base));
  Workspace workspace(cache_bytes);
  const absl::Time now = std::max(clock.Now(), head.time);
  Transaction txn(&overlay, &workspace, overlay.StartEntry(), absl::ToUnixMicros(now), command.caller,
                  *command.rule);
  RETURN_IF_ERROR(CarryOut(command, txn));
  command.stamp(nullptr);
  return CheckSize(command, txn);
}

}  // namespace

absl::Status Repeat(Command& command, const storage::Store& store, storage::Revision revision,
                    size_t cache_bytes) {
  return FromStore(RunAgain(command, store, revision, cache_bytes));
}

absl::Status Rehearse(Command& command, const storage::Store& store, const Clock& clock, size_t cache_bytes) {
  return FromStore(Run(command, store, clock, cache_bytes));
}

}  // namespace attain::engine
