// The HTTP port: HTTP/1.1 with or without TLS, its start and graceful end.
#ifndef ATTAIN_SERVICE_HTTP_HTTP_SERVER_H_
#define ATTAIN_SERVICE_HTTP_HTTP_SERVER_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/http/http_options.h"
#include "service/http/route.h"

namespace attain::http {

// Thread-safe.
class HttpServer {
 public:
  // UNAVAILABLE when the address cannot be had; INVALID_ARGUMENT for an address of another form, for a
  // certificate and key that are not a pair and for routes that contradict each other.
  static absl::StatusOr<std::unique_ptr<HttpServer>> Start(const HttpServerOptions& options,
                                                           std::vector<Route> routes);
  // As Stop without grace.
  virtual ~HttpServer() = default;

  // The address with the real port.
  virtual std::string address() const = 0;
  // Open connections, those that are saying goodbye included.
  virtual size_t connections() = 0;
  // Takes no further connection, closes those without a request under way, lets the others finish theirs and
  // closes them after `grace`. Returns when no handler will be called any more; a handler that still works
  // may answer later, to nobody. Idempotent.
  virtual void Stop(absl::Duration grace) = 0;
};

}  // namespace attain::http

#endif  // ATTAIN_SERVICE_HTTP_HTTP_SERVER_H_
