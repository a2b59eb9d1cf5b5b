// Pauses between repetitions: doubling from 100 ms to 2 s, each times a random factor in [0.5, 1.5) so that
// many clients that lost one server do not come back in step.
#ifndef ATTAIN_CLIENTS_CPP_BACKOFF_H_
#define ATTAIN_CLIENTS_CPP_BACKOFF_H_

#include "absl/random/random.h"
#include "absl/time/time.h"

namespace attain::client {

// Thread-compatible.
class Backoff {
 public:
  // How long to wait before the next attempt; at least `least`.
  absl::Duration Next(absl::Duration least = absl::ZeroDuration());
  // The last attempt got somewhere: start again from the shortest pause.
  void Reset();

 private:
  absl::BitGen generator_;
  absl::Duration pause_ = absl::Milliseconds(100);
};

}  // namespace attain::client

#endif  // ATTAIN_CLIENTS_CPP_BACKOFF_H_
