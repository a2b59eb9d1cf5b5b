#include "service/calls/listen_address.h"

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace attain::calls {

// gRPC would take "50051" or ":50051" for a name to look up, and a port out of range modulo 65536.
absl::StatusOr<ListenAddress> ParseListenAddress(const std::string& listen) {
  static constexpr absl::string_view kUnix = "unix:";
  ListenAddress address;
  if (listen.size() > kUnix.size() && absl::StartsWith(listen, kUnix)) {
    address.path = listen.substr(kUnix.size());
    return address;
  }
  const size_t colon = listen.rfind(':');
  const bool fine = colon != std::string::npos && colon > 0 &&
                    absl::SimpleAtoi(listen.substr(colon + 1), &address.port) && address.port >= 0 &&
                    address.port <= 65535 &&
                    (absl::StrContains(listen.substr(0, colon), ':') ? listen[0] == '[' : true);
  if (!fine) {
    return absl::InvalidArgumentError(
        absl::StrCat("cannot listen on ", listen,
                     ": an address is HOST:PORT, [IPV6]:PORT or unix:PATH, with a port from 0 to 65535"));
  }
  address.host = listen.substr(0, colon);
  if (address.host.front() == '[' && address.host.back() == ']')
    address.host = address.host.substr(1, address.host.size() - 2);
  return address;
}

}  // namespace attain::calls
