#include "clients/cpp/backoff.h"

#include <algorithm>

namespace attain::client {

absl::Duration Backoff::Next(absl::Duration least) {
  const absl::Duration wait = pause_ * absl::Uniform(generator_, 0.5, 1.5);
  pause_ = std::min(pause_ * 2, absl::Seconds(2));
  return std::max(wait, least);
}

void Backoff::Reset() {
  pause_ = absl::Milliseconds(100);
}

}  // namespace attain::client
