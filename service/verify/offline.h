// The verification of a store that no server has open, for a command line.
#ifndef ATTAIN_SERVICE_VERIFY_OFFLINE_H_
#define ATTAIN_SERVICE_VERIFY_OFFLINE_H_

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "absl/status/statusor.h"
#include "service/verify/verification.h"
#include "storage/inspection.h"

namespace attain::engine {

// Exit codes.
inline constexpr int kStoreIsSound = 0, kStoreHasFindings = 1, kStoreCannotBeRead = 2;

struct OfflineOptions {
  std::string locale = "en";  // or "zh-CN"
  // A progress line that is written over, for a terminal. Default: none.
  bool progress = false;
  const std::atomic<bool>* cancelled = nullptr;
};

// Verifies what storage::OpenInspection gave, and writes a line for each finding and one about the whole. A
// store that cannot be opened because it is damaged has one finding; one that is not there, is in use, is not
// permitted or is newer cannot be read, and so one whose verification was cancelled.
int VerifyOffline(const absl::StatusOr<std::unique_ptr<storage::Inspection>>& opened,
                  const OfflineOptions& options, std::ostream& out);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_VERIFY_OFFLINE_H_
