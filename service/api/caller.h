// Who calls and how to speak to them.
#ifndef ATTAIN_SERVICE_API_CALLER_H_
#define ATTAIN_SERVICE_API_CALLER_H_

#include <cstddef>
#include <string>

namespace attain::engine {

// A value; every port makes one for each of its calls.
struct Caller {
  std::string actor;          // recorded in the journal; may be empty
  std::string locale = "en";  // "zh-CN" or "en"
  std::string peer;           // the address they call from; filled for watches
};

// Longest name of a caller, bytes.
inline constexpr size_t kMaxActor = 128;

}  // namespace attain::engine

#endif  // ATTAIN_SERVICE_API_CALLER_H_
