// The gRPC server: ports, limits, credentials, start and graceful end.
#ifndef ATTAIN_SERVICE_RPC_RPC_SERVER_H_
#define ATTAIN_SERVICE_RPC_RPC_SERVER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "service/calls/call_log.h"
#include "service/documents/uploads.h"
#include "service/engine/engine.h"
#include "service/rpc/file_calls.h"

namespace attain::rpc {

struct RpcServerOptions {
  engine::Engine* engine = nullptr;  // not owned
  // For FileService, not owned; null: its calls are answered with INTERNAL.
  engine::DocumentSource* documents = nullptr;
  documents::Uploads* uploads = nullptr;
  FileLimits files;
  // HOST:PORT, [IPV6]:PORT or unix:PATH. Port 0 means any free port.
  std::string listen = "127.0.0.1:50051";
  // PEM texts; both or none. None: no encryption, for this machine only.
  std::string tls_certificate, tls_key;
  // Largest request. Default: 32 MiB.
  int max_receive_bytes = 32 << 20;
  // Threads for long queries. Default: 2.
  int workers = 2;
  // Long queries that may wait for a thread; above it they are refused with RESOURCE_EXHAUSTED (OVERLOADED).
  // Default: 1,000.
  size_t max_waiting_queries = 1000;
  // How often a connection without traffic is asked whether its client is still there; one that does not
  // answer within 10 seconds is closed. Default: 30 seconds.
  absl::Duration keepalive = absl::Seconds(30);
  // Is told every answer that is no OK; not owned. Null: nobody is told.
  const calls::CallLog* log = nullptr;
  // Gets what gRPC says of its own, line by line, from any thread; null = nobody. Process-wide.
  void (*transport_log)(const char* text) = nullptr;
};

// Thread-safe.
class RpcServer {
 public:
  // UNAVAILABLE when the address cannot be bound; INVALID_ARGUMENT for an address of another form and for a
  // certificate and key that are not a pair.
  static absl::StatusOr<std::unique_ptr<RpcServer>> Start(const RpcServerOptions& options);
  virtual ~RpcServer() = default;

  // The address with the real port.
  virtual std::string address() const = 0;
  // Health flips first, streams are told to end, new calls are refused with UNAVAILABLE (SHUTTING_DOWN), then
  // not taken at all; returns when those under way have ended. Those that have not after `grace` are
  // cancelled.
  virtual void Stop(absl::Duration grace) = 0;
};

}  // namespace attain::rpc

#endif  // ATTAIN_SERVICE_RPC_RPC_SERVER_H_
