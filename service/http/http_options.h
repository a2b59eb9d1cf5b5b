// Where and how HTTP is served, and what one client may cost.
#ifndef ATTAIN_SERVICE_HTTP_HTTP_OPTIONS_H_
#define ATTAIN_SERVICE_HTTP_HTTP_OPTIONS_H_

#include <cstddef>
#include <string>

#include "absl/time/time.h"
#include "service/api/clock.h"
#include "service/calls/call_log.h"

namespace attain::http {

// What one client may cost. What is above is refused with the code of RFC 9110 and a problem document
// (problem.h), except where a time is over: then the connection is closed.
struct HttpLimits {
  // Open connections, or a quarter of the files that the process may open. When more come, the one that has
  // waited longest for a request goes; when all are busy the new one is told so (503). Default: 1,024.
  size_t most_connections = 1024;
  // Bytes of a request's target (414) and of its whole head (431). Defaults: 8 KiB, 16 KiB.
  size_t most_target = 8 << 10, most_head = 16 << 10;
  // Requests of one connection; the last answer says that it is the last. Default: 1,000.
  size_t most_requests = 1000;
  // How long a connection may be silent between requests, and before the first. Default: 60 seconds.
  absl::Duration idle = absl::Seconds(60);
  // From the first byte of a request to the end of its head, however slowly they come; also for the TLS
  // handshake. Default: 10 seconds.
  absl::Duration head = absl::Seconds(10);
  // For each of these alone: the body comes; the handler answers (503); the client takes the answer. Default:
  // 30 seconds.
  absl::Duration request = absl::Seconds(30);
};

struct HttpServerOptions {
  // HOST:PORT, [IPV6]:PORT or unix:PATH. Port 0 means any free port.
  std::string listen = "127.0.0.1:8080";
  // PEM texts; both or none. None: no encryption, for this machine only. Otherwise TLS 1.2 and 1.3.
  std::string tls_certificate, tls_key;
  HttpLimits limits;
  // Threads that serve all connections. Default: 2.
  int threads = 2;
  // Threads for routes that run on a worker, and requests that may wait for one; above it they are refused
  // with OVERLOADED. Defaults: 2 and 256.
  int workers = 2;
  size_t max_waiting = 256;
  // Is told every answer that is an error, by the route's method and pattern, or "HTTP" where there is none;
  // not owned. Null: nobody is told.
  const calls::CallLog* log = nullptr;
  engine::Clock* clock = engine::SystemClock();  // of the Date header; not owned
};

}  // namespace attain::http

#endif  // ATTAIN_SERVICE_HTTP_HTTP_OPTIONS_H_
