// Who signs heads of the log.
#ifndef ATTAIN_SERVICE_HISTORY_NOTARY_H_
#define ATTAIN_SERVICE_HISTORY_NOTARY_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "proofs/witness.h"
#include "service/api/clock.h"

namespace attain::engine {

// Takes requests of the witness protocol (C2SP tlog-witness, add-checkpoint), with the checkpoint's text
// alone. Implementations are thread-safe.
class Notary {
 public:
  virtual ~Notary() = default;
  // The answer, whatever its code: proofs/witness.h lists them. UNAVAILABLE when there is none.
  virtual absl::StatusOr<proofs::WitnessAnswer> Ask(const std::string& request) = 0;
  // The key as readers know it (C2SP vkey); empty when this side does not know it.
  virtual std::string verifier_key() const = 0;
};

// A notary in this process, for trials: who has the server has the key. `key` is a C2SP skey whose name is
// the origin, `state_directory` holds the newest head (proofs/state_file.h). The clock is not owned.
// INVALID_ARGUMENT for a key that is none or of another origin; errors of StateFiles::Open.
absl::StatusOr<std::shared_ptr<Notary>> MakeLocalNotary(absl::string_view key, const std::string& origin,
                                                        const std::string& state_directory, Clock* clock);

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_HISTORY_NOTARY_H_
