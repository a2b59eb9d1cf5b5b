#include "service/http/health_routes.h"

#include <memory>
#include <utility>

#include "service/api/errors.h"
#include "service/http/problem.h"

namespace attain::http {
namespace {

Response Text(const char* text) {
  Response response;
  response.body = text;
  return response;
}

class Live final : public Handler {
 public:
  void Handle(const Request&, Responder responder) override { responder.Send(Text("ok\n")); }
};

class Ready final : public Handler {
 public:
  explicit Ready(std::function<Readiness()> readiness) : readiness_(std::move(readiness)) {}

  void Handle(const Request& request, Responder responder) override {
    const Readiness now = readiness_();
    if (now == Readiness::kReady) return responder.Send(Text("ready\n"));
    const absl::Status error =
        now == Readiness::kStopping ? engine::ShuttingDown() : engine::StoreUnavailable();
    responder.Send(ProblemResponse(ProblemOf(error), request.locale));
  }

 private:
  const std::function<Readiness()> readiness_;
};

}  // namespace

std::vector<Route> HealthRoutes(std::function<Readiness()> readiness) {
  return {{"GET", "/healthz", std::make_shared<Live>()},
          {"GET", "/readyz", std::make_shared<Ready>(std::move(readiness))}};
}

}  // namespace attain::http
