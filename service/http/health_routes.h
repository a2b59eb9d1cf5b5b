// /healthz and /readyz, for whoever starts, watches and routes to the process.
#ifndef ATTAIN_SERVICE_HTTP_HEALTH_ROUTES_H_
#define ATTAIN_SERVICE_HTTP_HEALTH_ROUTES_H_

#include <functional>
#include <vector>

#include "service/http/route.h"

namespace attain::http {

enum class Readiness {
  kReady,     // takes writes, the store is well
  kFailed,    // a commit has failed: no write is taken until a restart; reads go on
  kStopping,  // asked to stop
};

// GET /healthz: 200 "ok" as long as the process answers at all; a restart would not help where it fails for
// other reasons, so nothing else is asked. GET /readyz: 200 "ready", else 503 with a problem document
// (STORE_UNAVAILABLE, SHUTTING_DOWN) that the log is not told: it is asked every few seconds.
// `readiness` is asked at each request, on threads of the port; it does not block.
std::vector<Route> HealthRoutes(std::function<Readiness()> readiness);

}  // namespace attain::http

#endif  // ATTAIN_SERVICE_HTTP_HEALTH_ROUTES_H_
