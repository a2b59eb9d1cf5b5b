// The socket that connections come to.
#ifndef ATTAIN_SERVICE_HTTP_LISTENER_H_
#define ATTAIN_SERVICE_HTTP_LISTENER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace attain::http {

// Thread-compatible.
class Listener {
 public:
  // `listen` as in calls/listen_address.h. A socket in the file system that nobody listens on any more is
  // replaced. INVALID_ARGUMENT for an address of another form; UNAVAILABLE when it cannot be had: in use, not
  // this machine's, not allowed.
  static absl::StatusOr<std::unique_ptr<Listener>> Open(const std::string& listen);
  // Closes the socket and removes it from the file system.
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  // Never blocks when accepted from. Not to be closed by others.
  int fd() const { return fd_; }
  // As `listen` with the real port.
  const std::string& address() const { return address_; }

 private:
  Listener(int fd, std::string address, std::string path)
      : fd_(fd), address_(std::move(address)), path_(std::move(path)) {}

  const int fd_;
  const std::string address_;
  const std::string path_;  // in the file system; may be empty
};

// The address at the other end of a connected socket: "127.0.0.1:50123", "[::1]:50123" or "unix".
std::string PeerOf(int fd);

}  // namespace attain::http

#endif  // ATTAIN_SERVICE_HTTP_LISTENER_H_
