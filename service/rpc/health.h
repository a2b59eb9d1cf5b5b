// grpc.health.v1.Health with a descriptor, so that reflection clients can list and call it. Thread-safe.
#ifndef ATTAIN_SERVICE_RPC_HEALTH_H_
#define ATTAIN_SERVICE_RPC_HEALTH_H_

#include <memory>
#include <vector>

#include "grpc/health/v1/health.grpc.pb.h"
#include "service/engine/engine.h"
#include "storage/mutex.h"

namespace attain::rpc {

class HealthWatch;

// SERVING while the engine accepts writes and the server is not going down. The empty service name and those of attain.v1 are known.
class Health : public grpc::health::v1::Health::CallbackService {
 public:
  explicit Health(const engine::Engine* engine) : engine_(engine) {}

  grpc::ServerUnaryReactor* Check(grpc::CallbackServerContext* context, const grpc::health::v1::HealthCheckRequest* request,
                                  grpc::health::v1::HealthCheckResponse* response) override;
  grpc::ServerWriteReactor<grpc::health::v1::HealthCheckResponse>* Watch(
      grpc::CallbackServerContext* context, const grpc::health::v1::HealthCheckRequest* request) override;

  // NOT_SERVING from now on; tells and ends every watch.
  void GoDown() ATTAIN_EXCLUDES(mutex_);

 private:
  friend class HealthWatch;
  grpc::health::v1::HealthCheckResponse::ServingStatus StatusOf(const std::string& service) ATTAIN_EXCLUDES(mutex_);
  void Remove(HealthWatch* watch) ATTAIN_EXCLUDES(mutex_);

  const engine::Engine* engine_;
  storage::Mutex mutex_;
  bool down_ ATTAIN_GUARDED_BY(mutex_) = false;
  std::vector<HealthWatch*> watches_ ATTAIN_GUARDED_BY(mutex_);
};

}  // namespace attain::rpc

#endif  // ATTAIN_SERVICE_RPC_HEALTH_H_
