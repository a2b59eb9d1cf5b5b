// Which handler answers which method and path.
#ifndef ATTAIN_SERVICE_HTTP_ROUTE_H_
#define ATTAIN_SERVICE_HTTP_ROUTE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "service/http/message.h"
#include "service/http/responder.h"
#include "service/http/target.h"

namespace attain::http {

// Implementations are thread-safe: they are called from several threads at a time.
class Handler {
 public:
  virtual ~Handler() = default;
  // Answers through `responder`, now or later, from any thread. `request` lives until this returns.
  virtual void Handle(const Request& request, Responder responder) = 0;
};

// Where a handler runs.
enum class Runs {
  kHere,      // on a thread that serves connections: it takes microseconds and never blocks
  kOnWorker,  // it may take milliseconds; refused with OVERLOADED (503) when too many wait for a worker
};

struct Route {
  std::string method;  // "GET", which answers HEAD as well; "POST" …
  // "/healthz", "/units/*/tables", "/log/tile/**": a star stands for one segment, two stars at the end for
  // one or more. What they stand for is Request.captured, the segments of the two stars with slashes between
  // them.
  std::string pattern;
  std::shared_ptr<Handler> handler;
  Runs runs = Runs::kHere;
  // Largest request body, bytes. Default: none is taken.
  size_t most_body = 0;
};

// Thread-safe: it does not change.
class Router {
 public:
  // INVALID_ARGUMENT for a pattern of another form, a route without a handler and one that is there twice.
  static absl::StatusOr<Router> Make(std::vector<Route> routes);

  struct Match {
    const Route* route = nullptr;       // null: nothing answers this method and path
    std::vector<std::string> captured;  // of the route
    std::string allowed;  // without a route: the methods that this path takes, "GET, HEAD"; or ""
  };
  // Of several patterns the one that says more wins: a word before a star, a star before two, from the left.
  // `method` HEAD finds the route of GET.
  Match Find(absl::string_view method, const Target& target) const;

 private:
  struct Entry {
    Route route;
    std::vector<std::string> pattern;
  };
  explicit Router(std::vector<Entry> entries) : entries_(std::move(entries)) {}

  std::vector<Entry> entries_;
};

}  // namespace attain::http

#endif  // ATTAIN_SERVICE_HTTP_ROUTE_H_
