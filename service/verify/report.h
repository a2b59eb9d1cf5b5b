// Where the parts of a verification tell what they find and how far they are.
#ifndef ATTAIN_SERVICE_VERIFY_REPORT_H_
#define ATTAIN_SERVICE_VERIFY_REPORT_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "service/verify/finding.h"
#include "storage/inspection.h"
#include "storage/mutex.h"

namespace attain::engine {

// Both are called by the verification's own threads, never two at a time; they should return soon.
using OnVerifyProgress = std::function<void(VerifyPart part, uint64_t done, uint64_t total)>;
using OnVerifyFinding = std::function<void(const VerifyFinding&)>;

// Thread-safe.
class VerifyReport {
 public:
  // Either function may be null. At most `most_told` findings are told, all are counted. `cancelled` may be
  // null; must outlive the report.
  VerifyReport(OnVerifyProgress progress, OnVerifyFinding finding, uint64_t most_told,
               const std::atomic<bool>* cancelled)
      : progress_(std::move(progress)),
        finding_(std::move(finding)),
        most_told_(most_told),
        cancelled_(cancelled) {}

  void Tell(const VerifyFinding& finding) ATTAIN_EXCLUDES(mutex_);
  // Something wrong with the disk: of `part`, in the words of who met it.
  void Tell(VerifyPart part, const storage::Flaw& flaw);
  // What could not be read; `key` says what was read then. What lies behind it is not verified.
  void TellUnread(VerifyPart part, absl::string_view key, uint64_t revision, const absl::Status& status);
  // Findings beside those that were told: known of, and not worth a sentence each.
  void Count(VerifyPart part, uint64_t more) { counts_[static_cast<int>(part)] += more; }

  void Advance(VerifyPart part, uint64_t done, uint64_t total) ATTAIN_EXCLUDES(mutex_);
  bool cancelled() const { return cancelled_ != nullptr && *cancelled_; }

  uint64_t count(VerifyPart part) const { return counts_[static_cast<int>(part)]; }
  uint64_t total() const;

 private:
  const OnVerifyProgress progress_;
  const OnVerifyFinding finding_;
  const uint64_t most_told_;
  const std::atomic<bool>* const cancelled_;
  std::array<std::atomic<uint64_t>, kVerifyParts> counts_{};
  // Held while a function is called: that is what it is for.
  storage::Mutex mutex_;
  uint64_t told_ ATTAIN_GUARDED_BY(mutex_) = 0;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_VERIFY_REPORT_H_
