// The verification of a store: that nothing was changed behind the program's back, and nothing decayed.
//
// Nothing is written, also no second store. A store that is open goes on working: verified is what was
// committed when it began. Two threads are used; memory is 64 MiB for tables at work and 3 MiB beside, more
// only where values differ.
#ifndef ATTAIN_SERVICE_VERIFY_VERIFICATION_H_
#define ATTAIN_SERVICE_VERIFY_VERIFICATION_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <set>

#include "absl/status/statusor.h"
#include "service/verify/finding.h"
#include "service/verify/report.h"
#include "storage/inspection.h"
#include "storage/store.h"

namespace attain::engine {

struct VerifyOptions {
  // Default: all.
  std::set<VerifyPart> parts = {VerifyPart::kJournal, VerifyPart::kState, VerifyPart::kHeads,
                                VerifyPart::kFiles};
  // Both may be null. `done` and `total` count revisions, of files bytes; a part that begins again counts
  // from the start. Heads make no progress.
  OnVerifyProgress on_progress;
  OnVerifyFinding on_finding;
  // Findings beyond that are counted and not told. Default: 100.
  uint64_t most_told = 100;
  // Set by any thread to end the verification soon; null: it cannot be cancelled. Not owned.
  const std::atomic<bool>* cancelled = nullptr;
};

struct VerifyResult {
  storage::Head head;                             // what was verified reaches up to here
  std::array<uint64_t, kVerifyParts> findings{};  // by part, with those that were not told
  uint64_t total() const {
    uint64_t sum = 0;
    for (const uint64_t count : findings) sum += count;
    return sum;
  }
  bool sound() const { return total() == 0; }
};

// What is wrong with the store is a finding, also where it cannot be read. CANCELLED; nothing else fails.
// Thread-safe.
absl::StatusOr<VerifyResult> VerifyStore(const storage::Inspection& store, const VerifyOptions& options);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_VERIFY_VERIFICATION_H_
