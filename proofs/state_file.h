// The newest checkpoint that a notary or a witness signed of each log, in files that outlive a power cut.
#ifndef ATTAIN_PROOFS_STATE_FILE_H_
#define ATTAIN_PROOFS_STATE_FILE_H_

#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "proofs/witness.h"

namespace attain::proofs {

// One file a log: its name is the SHA-256 of the origin in hex, its first line the origin, the rest the text
// of the checkpoint. Written beside it, synced and renamed, so that there is always one that is whole. One
// process at a time: the directory is locked. Thread-safe.
class StateFiles : public WitnessState {
 public:
  // Makes the directory, for its owner alone, when it is not there. FAILED_PRECONDITION when another process
  // has it; UNAVAILABLE and PERMISSION_DENIED as the file system says.
  static absl::StatusOr<std::unique_ptr<StateFiles>> Open(const std::string& directory);
  ~StateFiles() override;
  StateFiles(const StateFiles&) = delete;
  StateFiles& operator=(const StateFiles&) = delete;

  absl::StatusOr<std::string> Latest(absl::string_view origin) override;
  absl::StatusOr<bool> Replace(absl::string_view origin, absl::string_view seen,
                               absl::string_view next) override;

 private:
  StateFiles(std::string directory, int lock) : directory_(std::move(directory)), lock_(lock) {}
  std::string PathOf(absl::string_view origin) const;
  absl::StatusOr<std::string> Read(absl::string_view origin) const;

  const std::string directory_;
  const int lock_;  // descriptor of the directory
  std::mutex mutex_;
};

}  // namespace attain::proofs

#endif  // ATTAIN_PROOFS_STATE_FILE_H_
