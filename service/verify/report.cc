#include "service/verify/report.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace attain::engine {

void VerifyReport::Tell(const VerifyFinding& finding) {
  Count(finding.part, 1);
  storage::MutexLock lock(&mutex_);
  if (told_ == most_told_ || finding_ == nullptr) return;
  ++told_;
  finding_(finding);
}

void VerifyReport::Tell(VerifyPart part, const storage::Flaw& flaw) {
  Tell({part, 0, flaw.where, {flaw.what, flaw.what}});
}

void VerifyReport::TellUnread(VerifyPart part, absl::string_view key, uint64_t revision,
                              const absl::Status& status) {
  const std::string why(status.message());
  Tell({part,
        revision,
        std::string(key),
        {absl::StrCat("无法读取，其后的内容未核对：", why),
         absl::StrCat("cannot be read, and what is behind it was not verified: ", why)}});
}

void VerifyReport::Advance(VerifyPart part, uint64_t done, uint64_t total) {
  if (progress_ == nullptr) return;
  storage::MutexLock lock(&mutex_);
  progress_(part, done, total);
}

uint64_t VerifyReport::total() const {
  uint64_t sum = 0;
  for (const std::atomic<uint64_t>& count : counts_) sum += count;
  return sum;
}

}  // namespace attain::engine
