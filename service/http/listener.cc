#include "service/http/listener.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "service/calls/listen_address.h"

namespace attain::http {
namespace {

constexpr int kBacklog = 512;

absl::Status CannotListen(const std::string& listen, absl::string_view why) {
  return absl::UnavailableError(absl::StrCat("cannot listen on ", listen, ": ", why));
}

std::string Why(int error) {
  switch (error) {
    case EADDRINUSE:
      return "the address is in use: choose another port, or stop what listens there";
    case EADDRNOTAVAIL:
      return "the address is not this machine's";
    case EACCES:
      return "it is not allowed to this user";
    default:
      return std::strerror(error);
  }
}

// Whether it is a socket that its server left behind.
bool IsAbandoned(const sockaddr_un& address) {
  struct stat status = {};
  if (lstat(address.sun_path, &status) != 0 || !S_ISSOCK(status.st_mode)) return false;
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return false;
  const bool answered = connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  const int error = errno;
  close(fd);
  return !answered && error == ECONNREFUSED;
}

// A listening socket, or -1 and errno.
int Bind(int family, const sockaddr* address, socklen_t size) {
  const int fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  const int on = 1;
  // Connections of a server that has just ended do not hold the port.
  if (family != AF_UNIX) setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  if (bind(fd, address, size) == 0 && listen(fd, kBacklog) == 0) return fd;
  const int error = errno;
  close(fd);
  errno = error;
  return -1;
}

absl::StatusOr<int> BindPath(const std::string& listen, const std::string& path) {
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof(address.sun_path))
    return CannotListen(listen,
                        absl::StrCat("the path is longer than ", sizeof(address.sun_path) - 1, " bytes"));
  std::memcpy(address.sun_path, path.data(), path.size());
  if (IsAbandoned(address)) unlink(address.sun_path);
  const int fd = Bind(AF_UNIX, reinterpret_cast<const sockaddr*>(&address), sizeof(address));
  if (fd < 0) return CannotListen(listen, Why(errno));
  return fd;
}

absl::StatusOr<int> BindPort(const std::string& listen, const calls::ListenAddress& address) {
  addrinfo hints = {}, *found = nullptr;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  const int error = getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(), &hints, &found);
  if (error != 0) return CannotListen(listen, gai_strerror(error));
  int fd = -1, failed = 0;
  for (const addrinfo* each = found; each != nullptr && fd < 0; each = each->ai_next) {
    fd = Bind(each->ai_family, each->ai_addr, each->ai_addrlen);
    if (fd < 0 && failed == 0) failed = errno;
  }
  freeaddrinfo(found);
  if (fd < 0) return CannotListen(listen, Why(failed));
  return fd;
}

std::string NameOf(const sockaddr_storage& address) {
  char host[NI_MAXHOST], port[NI_MAXSERV];
  if (address.ss_family == AF_UNIX ||
      getnameinfo(reinterpret_cast<const sockaddr*>(&address), sizeof(address), host, sizeof(host), port,
                  sizeof(port), NI_NUMERICHOST | NI_NUMERICSERV) != 0) {
    return "unix";
  }
  return address.ss_family == AF_INET6 ? absl::StrCat("[", host, "]:", port) : absl::StrCat(host, ":", port);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Listener>> Listener::Open(const std::string& listen) {
  const absl::StatusOr<calls::ListenAddress> address = calls::ParseListenAddress(listen);
  if (!address.ok()) return address.status();
  const bool is_path = !address->path.empty();
  const absl::StatusOr<int> fd = is_path ? BindPath(listen, address->path) : BindPort(listen, *address);
  if (!fd.ok()) return fd.status();
  std::string real = listen;
  if (!is_path) {
    sockaddr_storage bound = {};
    socklen_t size = sizeof(bound);
    getsockname(*fd, reinterpret_cast<sockaddr*>(&bound), &size);
    const std::string name = NameOf(bound);
    real = absl::StrCat(listen.substr(0, listen.rfind(':')), name.substr(name.rfind(':')));
  }
  return std::unique_ptr<Listener>(new Listener(*fd, std::move(real), address->path));
}

Listener::~Listener() {
  close(fd_);
  if (!path_.empty()) unlink(path_.c_str());
}

std::string PeerOf(int fd) {
  sockaddr_storage address = {};
  socklen_t size = sizeof(address);
  if (getpeername(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) return "unix";
  return NameOf(address);
}

}  // namespace attain::http
