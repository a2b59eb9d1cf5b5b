#include "clients/cpp/request_id.h"

#include "absl/random/random.h"
#include "absl/strings/str_format.h"

namespace attain::client {

std::string NewRequestId() {
  thread_local absl::BitGen generator;
  return absl::StrFormat("%016x%016x", absl::Uniform<uint64_t>(generator),
                         absl::Uniform<uint64_t>(generator));
}

}  // namespace attain::client
