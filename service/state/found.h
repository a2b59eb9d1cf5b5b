// A stored value with the revision that set it.
#ifndef ATTAIN_SERVICE_STATE_FOUND_H_
#define ATTAIN_SERVICE_STATE_FOUND_H_

#include <cstdint>

namespace attain::engine {

template <typename State>
struct Found {
  State state;
  uint64_t revision = 0;
};

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_STATE_FOUND_H_
