// Random salts of journal entries (storage/entry_parts.h).
#ifndef ATTAIN_SERVICE_COMMIT_SALTS_H_
#define ATTAIN_SERVICE_COMMIT_SALTS_H_

#include <string>

#include "absl/status/status.h"

namespace attain::engine {

// Fetches many at a time: asking for each one costs more than hashing an entry. Thread-compatible.
class Salts {
 public:
  // 32 bytes that nobody has seen. UNAVAILABLE when the system gives no random numbers: an entry without a
  // salt could be guessed from its hash, so none is written.
  absl::Status Next(std::string* salt);

 private:
  std::string pool_;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_COMMIT_SALTS_H_
