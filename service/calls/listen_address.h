// Where a port listens, as options say it.
#ifndef ATTAIN_SERVICE_CALLS_LISTEN_ADDRESS_H_
#define ATTAIN_SERVICE_CALLS_LISTEN_ADDRESS_H_

#include <string>

#include "absl/status/statusor.h"

namespace attain::calls {

// Either `path` is set or the others are.
struct ListenAddress {
  std::string host;  // name or number; an IPv6 number without its brackets
  int port = 0;      // 0 to 65535; 0 means any free one
  std::string path;  // of a socket in the file system
};

// HOST:PORT, [IPV6]:PORT or unix:PATH. INVALID_ARGUMENT says so for anything else.
absl::StatusOr<ListenAddress> ParseListenAddress(const std::string& listen);

}  // namespace attain::calls

#endif  // ATTAIN_SERVICE_CALLS_LISTEN_ADDRESS_H_
