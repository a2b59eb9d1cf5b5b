// grpc.health.v1.Health with a descriptor, so that reflection clients can list and call it.
#ifndef ATTAIN_SERVICE_RPC_HEALTH_H_
#define ATTAIN_SERVICE_RPC_HEALTH_H_

#include <memory>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "grpc/health/v1/health.grpc.pb.h"
#include "service/engine/engine.h"

namespace attain::rpc {

class HealthState;

// SERVING while the engine accepts writes and the server is not going down. Known are "" and the names given.
// Thread-safe.
class Health : public grpc::health::v1::Health::CallbackService {
 public:
  // `engine` is not owned and must outlive this.
  Health(const engine::Engine* engine, absl::flat_hash_set<std::string> services);
  ~Health() override;

  // NOT_FOUND for a service that is not known.
  grpc::ServerUnaryReactor* Check(grpc::CallbackServerContext* context,
                                  const grpc::health::v1::HealthCheckRequest* request,
                                  grpc::health::v1::HealthCheckResponse* response) override;
  // Writes the status at once and each change within a second; SERVICE_UNKNOWN for a service that is not
  // known. Ends with UNAVAILABLE after NOT_SERVING when the server goes down.
  grpc::ServerWriteReactor<grpc::health::v1::HealthCheckResponse>* Watch(
      grpc::CallbackServerContext* context, const grpc::health::v1::HealthCheckRequest* request) override;

  // NOT_SERVING from now on; tells and ends every watch.
  void GoDown();

 private:
  const std::shared_ptr<HealthState> state_;
};

}  // namespace attain::rpc

#endif  // ATTAIN_SERVICE_RPC_HEALTH_H_
