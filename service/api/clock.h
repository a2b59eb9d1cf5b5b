// The one seam to the wall clock.
#ifndef ATTAIN_SERVICE_API_CLOCK_H_
#define ATTAIN_SERVICE_API_CLOCK_H_

#include "absl/time/time.h"

namespace attain::engine {

// Thread-safe. Tests bring clocks of their own.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
};

// That of the machine. Lives as long as the program.
Clock* SystemClock();

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_API_CLOCK_H_
