// One replay of a store's journal, the values of which are compared with those that the store has.
#ifndef ATTAIN_SERVICE_VERIFY_REPLAY_H_
#define ATTAIN_SERVICE_VERIFY_REPLAY_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "service/state/workspace.h"
#include "service/verify/checking_group.h"
#include "service/verify/record_sums.h"
#include "service/verify/report.h"
#include "storage/inspection.h"

namespace attain::engine {

// Findings that are told once it is known that they are not the consequence of others.
struct HeldFindings {
  static constexpr size_t kMost = 1000;

  void Add(VerifyFinding finding) {
    ++count;
    if (findings.size() < kMost) findings.push_back(std::move(finding));
  }
  std::vector<VerifyFinding> findings;
  uint64_t count = 0;
};

// Thread-compatible.
class CheckedReplay : private WritesListener {
 public:
  // `end` is the newest revision. None is owned. Doubted values are compared with the store one by one, the
  // others by their sums alone.
  CheckedReplay(const storage::Inspection& store, storage::Revision end, const Doubts& doubts,
                const std::string& salt, VerifyReport* report);

  // To the end, or to the first entry that cannot be applied (see stopped). CANCELLED; RESOURCE_EXHAUSTED
  // when too much is doubted to be kept in memory; errors of the disk when the journal could not be read.
  absl::Status Run();

  // The newest entry that was applied.
  storage::Revision applied() const { return applied_; }
  // Why the entry behind it could not be; OK when all were.
  const absl::Status& stopped() const { return stopped_; }
  const StoreSums& sums() const { return sums_; }
  const HeldFindings& held() const { return held_; }
  // Whether an entry wrote this version of a doubted key, or this doubted key without versions.
  bool Explains(const storage::StoredVersion& version) const;
  bool ExplainsOnce(absl::string_view key) const { return once_.contains(key); }

 private:
  // False when nothing more can be applied.
  bool Take(storage::Revision revision, absl::string_view bytes);
  absl::Status Apply(const storage::JournalRecord& record);
  void Wrote(const storage::StoredVersion& version) override;
  void WroteOnce(absl::string_view key, absl::string_view value) override;
  void Compare(const storage::StoredVersion& expected);
  void Hold(storage::Revision revision, absl::string_view key, scoring::Text message);

  const storage::Inspection& store_;
  const storage::Revision end_;
  const Doubts& doubts_;
  VerifyReport* const report_;
  const std::unique_ptr<storage::PastReads> reads_;
  StoreSums sums_;
  Workspace workspace_;
  HeldFindings held_;
  absl::flat_hash_set<std::string> versions_;    // of doubted keys, with their revisions
  absl::flat_hash_set<std::string> once_;        // doubted
  storage::Revision applied_ = 0, current_ = 0;  // `current_`: of the open entry
  absl::Status stopped_, status_;
  // Last: it calls the others.
  CheckingGroup group_;
};

// What to say of a value that is not what follows from the journal.
scoring::Text DifferenceText(absl::string_view key, absl::string_view stored, absl::string_view expected);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_VERIFY_REPLAY_H_
