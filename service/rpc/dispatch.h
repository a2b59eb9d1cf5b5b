// From any unary method to the engine: the whole of what an RPC adapter does.
#ifndef ATTAIN_SERVICE_RPC_DISPATCH_H_
#define ATTAIN_SERVICE_RPC_DISPATCH_H_

#include <grpcpp/grpcpp.h>

#include "service/engine/engine.h"
#include "service/rpc/worker_pool.h"

namespace attain::rpc {

// Shared by all services. Outlives the server. Thread-safe.
class Dispatch {
 public:
  Dispatch(engine::Engine* engine, WorkerPool* workers) : engine_(engine), workers_(workers) {}

  // Starts the call and returns at once; the reactor is finished when the answer is there.
  grpc::ServerUnaryReactor* Unary(grpc::CallbackServerContext* context, const google::protobuf::Message& request,
                                  google::protobuf::Message* response) const;
  engine::Engine* engine() const { return engine_; }

 private:
  engine::Engine* const engine_;
  WorkerPool* const workers_;
};

}  // namespace attain::rpc

#endif  // ATTAIN_SERVICE_RPC_DISPATCH_H_
