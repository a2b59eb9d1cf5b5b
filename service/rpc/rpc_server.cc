#include "service/rpc/rpc_server.h"

#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>

#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "service/rpc/health.h"
#include "service/rpc/services.h"

namespace attain::rpc {
namespace {

constexpr size_t kMaxWaitingQueries = 1000;

class RpcServerImpl : public RpcServer {
 public:
  explicit RpcServerImpl(const RpcServerOptions& options)
      : workers_(options.workers, kMaxWaitingQueries),
        dispatch_(options.engine, &workers_),
        services_(MakeServices(&dispatch_)),
        health_(options.engine) {}

  absl::Status Listen(const RpcServerOptions& options) {
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort(options.listen, Credentials(options), &port);
    for (const std::unique_ptr<grpc::Service>& service : services_) builder.RegisterService(service.get());
    builder.RegisterService(&health_);
    builder.SetMaxReceiveMessageSize(options.max_receive_bytes);
    // A client may ping every 10 seconds, also without calls, and a dead one is noticed within 40.
    builder.AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10'000);
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 30'000);
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 10'000);
    builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
    // Two servers on one port would split the calls between them without a word.
    builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
    server_ = builder.BuildAndStart();
    const bool is_unix = absl::StartsWith(options.listen, "unix:");
    if (server_ == nullptr || (port == 0 && !is_unix)) {
      return absl::UnavailableError(absl::StrCat("cannot listen on ", options.listen, ": the address is in use or not this machine's"));
    }
    address_ = is_unix ? options.listen : absl::StrCat(options.listen.substr(0, options.listen.rfind(':')), ":", port);
    return absl::OkStatus();
  }

  std::string address() const override { return address_; }

  void Stop(absl::Duration grace) override {
    health_.GoDown();
    server_->Shutdown(absl::ToChronoTime(absl::Now() + grace));
    server_->Wait();
  }

 private:
  static std::shared_ptr<grpc::ServerCredentials> Credentials(const RpcServerOptions& options) {
    if (options.tls_certificate.empty()) return grpc::InsecureServerCredentials();
    grpc::SslServerCredentialsOptions ssl;
    ssl.pem_key_cert_pairs.push_back({options.tls_key, options.tls_certificate});
    return grpc::SslServerCredentials(ssl);
  }

  WorkerPool workers_;
  Dispatch dispatch_;
  std::vector<std::unique_ptr<grpc::Service>> services_;
  Health health_;
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<RpcServer>> RpcServer::Start(const RpcServerOptions& options) {
  if (options.tls_certificate.empty() != options.tls_key.empty()) {
    return absl::InvalidArgumentError("TLS needs a certificate and a key together");
  }
  grpc::EnableDefaultHealthCheckService(false);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  auto server = std::make_unique<RpcServerImpl>(options);
  if (absl::Status listening = server->Listen(options); !listening.ok()) return listening;
  return std::unique_ptr<RpcServer>(std::move(server));
}

}  // namespace attain::rpc
