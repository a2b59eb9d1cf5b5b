// The gRPC server: ports, limits, credentials, start and graceful end.
#ifndef ATTAIN_SERVICE_RPC_RPC_SERVER_H_
#define ATTAIN_SERVICE_RPC_RPC_SERVER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/engine/engine.h"

namespace attain::rpc {

struct RpcServerOptions {
  engine::Engine* engine = nullptr;  // not owned
  // HOST:PORT or unix:PATH. Port 0 means any free port.
  std::string listen = "127.0.0.1:50051";
  // PEM texts; both or none. None: no encryption, for this machine only.
  std::string tls_certificate, tls_key;
  // Largest request. Default: 32 MiB.
  int max_receive_bytes = 32 << 20;
  // Threads for long queries.
  int workers = 2;
};

// Thread-safe.
class RpcServer {
 public:
  // UNAVAILABLE when the address cannot be bound; INVALID_ARGUMENT for half a key pair.
  static absl::StatusOr<std::unique_ptr<RpcServer>> Start(const RpcServerOptions& options);
  virtual ~RpcServer() = default;

  // The address with the real port.
  virtual std::string address() const = 0;
  // Health flips first, then no new calls are taken; returns when those under way have ended or `grace` has passed.
  virtual void Stop(absl::Duration grace) = 0;
};

}  // namespace attain::rpc

#endif  // ATTAIN_SERVICE_RPC_RPC_SERVER_H_
